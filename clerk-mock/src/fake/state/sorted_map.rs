//! A sorted map whose iterators skip many entries at once.

use std::ops::Bound;

/// The maximum number of entries in a block.
const MAX_BLOCK: usize = 512;

/// A map whose entries are sorted by key.
///
/// The entries are kept in blocks, so an iterator skips a block in one step. Listing entries far
/// behind the first one is therefore about as fast as listing the first entries. The standard
/// library's `BTreeMap` skips entries one by one.
#[derive(Debug, Clone)]
pub(crate) struct SortedMap<K, V> {
    /// The blocks, in the order of their keys. No block is empty.
    blocks: Vec<Vec<(K, V)>>,
    len: usize,
}

impl<K, V> Default for SortedMap<K, V> {
    fn default() -> Self {
        Self {
            blocks: Vec::new(),
            len: 0,
        }
    }
}

impl<K: Ord, V> SortedMap<K, V> {
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    pub(crate) fn get(&self, key: &K) -> Option<&V> {
        let block = self.blocks.get(self.block_of(key))?;
        let (_, value) = block.get(find(block, key).ok()?)?;
        Some(value)
    }

    pub(crate) fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        let at = self.block_of(key);
        let block = self.blocks.get_mut(at)?;
        let at = find(block, key).ok()?;
        let (_, value) = block.get_mut(at)?;
        Some(value)
    }

    /// Adds an entry, or replaces the value of the key.
    pub(crate) fn insert(&mut self, key: K, value: V) {
        let at = self.block_of(&key);
        let count = self.blocks.len();
        if at == count {
            // The key is greater than all others. A full block is not split, so that blocks stay
            // full if keys are added in order.
            match self.blocks.last_mut().filter(|last| last.len() < MAX_BLOCK) {
                Some(last) => last.push((key, value)),
                None => self.blocks.push(vec![(key, value)]),
            }
            self.len += 1;
            return;
        }
        let Some(block) = self.blocks.get_mut(at) else {
            return;
        };
        match find(block, &key) {
            Ok(known) => {
                if let Some(entry) = block.get_mut(known) {
                    entry.1 = value;
                }
            }
            Err(place) => {
                block.insert(place, (key, value));
                self.len += 1;
                if block.len() > MAX_BLOCK {
                    let upper = block.split_off(MAX_BLOCK / 2);
                    self.blocks.insert(at + 1, upper);
                }
            }
        }
    }

    pub(crate) fn remove(&mut self, key: &K) -> Option<V> {
        let at = self.block_of(key);
        let block = self.blocks.get_mut(at)?;
        let place = find(block, key).ok()?;
        let (_, value) = block.remove(place);
        if block.is_empty() {
            self.blocks.remove(at);
        }
        self.len -= 1;
        Some(value)
    }

    /// Returns the entries whose keys are in a range.
    pub(crate) fn range(
        &self,
        start: Bound<K>,
        end: Bound<K>,
    ) -> impl DoubleEndedIterator<Item = &(K, V)>
    where
        K: Copy,
    {
        let is_before = move |(key, _): &(K, V)| match &start {
            Bound::Included(start) => key < start,
            Bound::Excluded(start) => key <= start,
            Bound::Unbounded => false,
        };
        let is_not_after = move |(key, _): &(K, V)| match &end {
            Bound::Included(end) => key <= end,
            Bound::Excluded(end) => key < end,
            Bound::Unbounded => true,
        };
        let blocks = &self.blocks;
        let first = blocks.partition_point(|block| block.last().is_some_and(is_before));
        let last = blocks.partition_point(|block| block.first().is_some_and(is_not_after));
        let blocks = blocks.get(first..last).unwrap_or_default();
        // The closure runs once per block, so an iterator still skips a block in one step.
        blocks.iter().flat_map(move |block| {
            let first = match block.first().is_some_and(is_before) {
                true => block.partition_point(is_before),
                false => 0,
            };
            let last = match block.last().is_some_and(is_not_after) {
                true => block.len(),
                false => block.partition_point(is_not_after),
            };
            block.get(first..last).unwrap_or_default()
        })
    }

    /// Returns the entries in the order of their keys.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &(K, V)> {
        self.blocks.iter().flatten()
    }

    /// Returns the index of the first block whose last key is not less than this key.
    fn block_of(&self, key: &K) -> usize {
        self.blocks
            .partition_point(|block| block.last().is_some_and(|(last, _)| last < key))
    }
}

fn find<K: Ord, V>(block: &[(K, V)], key: &K) -> Result<usize, usize> {
    block.binary_search_by(|(known, _)| known.cmp(key))
}

impl<K: Ord, V> FromIterator<(K, V)> for SortedMap<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut entries: Vec<_> = entries.into_iter().collect();
        entries.sort_by(|(one, _), (other, _)| one.cmp(other));
        let mut map = Self::default();
        for (key, value) in entries {
            map.insert(key, value);
        }
        map
    }
}

//! Objects by id.

use std::collections::BTreeMap;

use crate::fake::state::journal::Journal;

/// Objects by id, in the order in which they were added.
#[derive(Debug, Clone)]
pub(crate) struct Table<T> {
    places: BTreeMap<Box<str>, u64>,
    rows: BTreeMap<u64, (Box<str>, T)>,
    /// The number of objects added so far.
    added: u64,
    pub(crate) journal: Journal<T>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self {
            places: BTreeMap::new(),
            rows: BTreeMap::new(),
            added: 0,
            journal: Journal::default(),
        }
    }
}

impl<T: Clone> Table<T> {
    pub(crate) fn get(&self, id: &str) -> Option<&T> {
        let (_, row) = self.rows.get(self.places.get(id)?)?;
        Some(row)
    }

    pub(crate) fn get_mut(&mut self, id: &str) -> Option<&mut T> {
        let (_, row) = self.rows.get_mut(self.places.get(id)?)?;
        self.journal.note(id, Some(row));
        Some(row)
    }

    /// Adds an object at the end, or replaces the object with the same id at its place.
    pub(crate) fn put(&mut self, id: &str, row: T) {
        let place = self.places.get(id).copied().unwrap_or_else(|| {
            self.added += 1;
            self.added
        });
        let known = self.rows.get(&place).map(|(_, row)| row);
        self.journal.note(id, known);
        self.places.insert(id.into(), place);
        self.rows.insert(place, (id.into(), row));
    }

    pub(crate) fn remove(&mut self, id: &str) -> Option<T> {
        let (_, row) = self.rows.remove(&self.places.remove(id)?)?;
        self.journal.note(id, Some(&row));
        Some(row)
    }

    /// Removes the objects that `keep` returns false for.
    pub(crate) fn retain(&mut self, keep: impl Fn(&T) -> bool) {
        let Self {
            places,
            rows,
            journal,
            ..
        } = self;
        rows.retain(|_, (id, row)| {
            let kept = keep(row);
            if !kept {
                journal.note(id, Some(row));
                places.remove(id);
            }
            kept
        });
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.rows.values().map(|(_, row)| row)
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        let Self { rows, journal, .. } = self;
        rows.values_mut().map(|(id, row)| {
            journal.note(id, Some(row));
            row
        })
    }
}

//! A record of the objects that a change touches.

use std::collections::BTreeMap;

/// The objects of one kind that a change touches, in their states before the change.
///
/// Before a collection returns a mutable reference to an object, the collection notes the object
/// here, so no change is missed. A journal that has not been started records nothing.
#[derive(Debug, Clone)]
pub(crate) struct Journal<T>(Option<BTreeMap<Box<str>, Entry<T>>>);

#[cfg_attr(
    not(feature = "webhooks"),
    allow(dead_code, reason = "only webhooks read it")
)]
#[derive(Debug, Clone)]
struct Entry<T> {
    /// The number of objects that were noted earlier.
    at: usize,
    before: Option<T>,
}

impl<T> Default for Journal<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Clone> Journal<T> {
    /// Notes the state of an object before it changes. `before` is `None` if the object does not
    /// exist yet. Later calls for the same object have no effect.
    pub(crate) fn note(&mut self, id: &str, before: Option<&T>) {
        if let Some(entries) = &mut self.0
            && !entries.contains_key(id)
        {
            let at = entries.len();
            let before = before.cloned();
            entries.insert(id.into(), Entry { at, before });
        }
    }

    /// Starts recording, with an empty record.
    #[cfg(feature = "webhooks")]
    pub(crate) fn start(&mut self) {
        self.0 = Some(BTreeMap::new());
    }

    /// Stops recording, and returns the ids and the earlier states of the objects, in the order in
    /// which they were noted.
    #[cfg(feature = "webhooks")]
    pub(crate) fn stop(&mut self) -> Vec<(Box<str>, Option<T>)> {
        let entries = self.0.take().unwrap_or_default();
        let mut entries: Vec<_> = entries.into_iter().collect();
        entries.sort_by_key(|(_, entry)| entry.at);
        let entries = entries.into_iter();
        entries.map(|(id, entry)| (id, entry.before)).collect()
    }
}

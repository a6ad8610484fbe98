//! The members of a JSON object, without repeated names.

use std::collections::BTreeSet;

use serde_core::de::{Error, MapAccess};

/// A reader of the members of an object. It refuses a name that occurs twice.
///
/// Otherwise, one reader could use the first value and another reader the second.
pub(crate) struct Members<A> {
    map: A,
    seen: BTreeSet<String>,
}

impl<'de, A: MapAccess<'de>> Members<A> {
    pub(crate) fn new(map: A) -> Self {
        let seen = BTreeSet::new();
        Self { map, seen }
    }

    /// Returns the next name. `None` at the end. Call [`value`](Self::value) before the next name.
    pub(crate) fn next_name(&mut self) -> Result<Option<String>, A::Error> {
        let Some(name) = self.map.next_key::<String>()? else {
            return Ok(None);
        };
        if !self.seen.insert(name.clone()) {
            return Err(A::Error::custom("a name occurs twice"));
        }
        Ok(Some(name))
    }

    /// Returns the value of the last name.
    pub(crate) fn value<V: serde_core::Deserialize<'de>>(&mut self) -> Result<V, A::Error> {
        self.map.next_value()
    }
}

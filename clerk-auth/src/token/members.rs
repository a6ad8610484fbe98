//! The members of a JSON object, each of which may occur once.

use std::collections::BTreeSet;

use serde_core::de::{Error, MapAccess};

/// Reads the members of an object one by one, and refuses a name that occurs twice.
///
/// Readers that disagree on which of two members counts disagree on what was signed.
pub(crate) struct Members<A> {
    map: A,
    seen: BTreeSet<String>,
}

impl<'de, A: MapAccess<'de>> Members<A> {
    pub(crate) fn new(map: A) -> Self {
        let seen = BTreeSet::new();
        Self { map, seen }
    }

    /// Returns the next name. The value follows.
    pub(crate) fn next_name(&mut self) -> Result<Option<String>, A::Error> {
        let Some(name) = self.map.next_key::<String>()? else {
            return Ok(None);
        };
        if !self.seen.insert(name.clone()) {
            return Err(A::Error::custom("a name occurs twice"));
        }
        Ok(Some(name))
    }

    /// Returns the value of the name that was read last.
    pub(crate) fn value<V: serde_core::Deserialize<'de>>(&mut self) -> Result<V, A::Error> {
        self.map.next_value()
    }
}

//! The fields of an object in a seed.

use std::collections::BTreeMap;

use serde_core::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::fake::seed::seed_error::{SeedError, TOP_LEVEL, invalid};

/// A reader that takes the fields out of a JSON object, one by one.
///
/// A field stays unparsed text until it is taken, because the parsed values of all fields would
/// need many times as much memory as the text.
pub(crate) struct ObjectReader<'p, 'a> {
    pub(crate) place: &'p str,
    pub(crate) rest: BTreeMap<String, &'a RawValue>,
}

impl<'p, 'a> ObjectReader<'p, 'a> {
    pub(crate) fn new(place: &'p str, text: &'a str) -> Result<Self, SeedError> {
        match serde_json::from_str(text) {
            Ok(rest) => Ok(Self { place, rest }),
            Err(_) => Err(invalid(place, "expected an object")),
        }
    }

    /// Takes a field out. Returns `None` if it is missing or null.
    pub(crate) fn take<T: Deserialize<'a>>(&mut self, name: &str) -> Result<Option<T>, SeedError> {
        let text = self.rest.remove(name).map(RawValue::get);
        let text = text.filter(|text| *text != "null");
        let read = text.map(serde_json::from_str).transpose();
        // serde's own message would repeat the value, which may be a secret.
        read.map_err(|_| match self.place {
            TOP_LEVEL => invalid(name, "wrong type"),
            place => invalid(&format!("{place}.{name}"), "wrong type"),
        })
    }

    /// Takes an array out. Returns an empty array if the field is missing or null.
    pub(crate) fn list<T: Deserialize<'a>>(&mut self, name: &str) -> Result<Vec<T>, SeedError> {
        Ok(self.take(name)?.unwrap_or_default())
    }

    /// Returns the fields that were not taken.
    pub(crate) fn left(mut self) -> Result<Map<String, Value>, SeedError> {
        let mut left = Map::new();
        while let Some(name) = self.rest.keys().next().cloned() {
            let value = self.take(&name)?.unwrap_or_default();
            left.insert(name, value);
        }
        Ok(left)
    }

    /// Returns an error if a field was not taken.
    pub(crate) fn end(self) -> Result<(), SeedError> {
        match self.rest.keys().next() {
            Some(name) => Err(invalid(self.place, format!("unknown field {name:?}"))),
            None => Ok(()),
        }
    }
}

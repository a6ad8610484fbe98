//! How a field of a response is read: into its place, and null is the default.

use std::fmt;

use serde_core::de::{DeserializeSeed, Error, SeqAccess, Visitor};
use serde_core::{Deserialize, Deserializer};

/// A type of a field, for which null and the default are the same thing.
///
/// A model that is read into its place is neither moved through the results of those who read it
/// nor dropped by each of them.
pub(crate) trait Nullable<'de>: Deserialize<'de> + Default {
    /// Reads a value, or null, in place of what was there.
    ///
    /// `key` is what the field is called on the wire: for errors of which the reader does not know
    /// the place.
    fn read<D: Deserializer<'de>>(
        &mut self,
        deserializer: D,
        _key: &'static str,
    ) -> Result<(), D::Error> {
        deserializer.deserialize_option(Slot(self))
    }

    /// Reads a value that is there into a place that has the default.
    fn fill<D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
        *self = Self::deserialize(deserializer)?;
        Ok(())
    }
}

/// Reads the field that is called so.
pub(crate) struct FieldSeed<'a, T>(&'a mut T, &'static str);

impl<'a, T> FieldSeed<'a, T> {
    pub(crate) fn new(key: &'static str, place: &'a mut T) -> Self {
        Self(place, key)
    }
}

impl<'de, T: Nullable<'de>> DeserializeSeed<'de> for FieldSeed<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.0.read(deserializer, self.1)
    }
}

/// For types that read themselves, and of which null is the default.
macro_rules! nullable {
    ($($type:ty),+) => {
        $(impl<'de> $crate::json::nullable::Nullable<'de> for $type {})+
    };
}

pub(crate) use nullable;

nullable!(bool, i64, f64, String, serde_json::Value);

impl<'de, T: Nullable<'de>> Nullable<'de> for Box<T> {
    fn fill<D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
        T::fill(self, deserializer)
    }
}

/// A place in which something that may be null is read.
struct Slot<'a, T>(&'a mut T);

impl<'de, T: Nullable<'de>> Visitor<'de> for Slot<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        *self.0 = T::default();
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        *self.0 = T::default();
        self.0.fill(deserializer)
    }
}

impl<'de, T: Nullable<'de>> Nullable<'de> for Option<T> {
    fn fill<D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
        self.insert(T::default()).fill(deserializer)
    }
}

impl<'de, T: Nullable<'de>> Nullable<'de> for Vec<T> {
    fn fill<D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(List(self))
    }
}

/// A list of which most have one item: serde's own sets four aside for the first, and a user is
/// three times as large.
struct List<'a, T>(&'a mut Vec<T>);

impl<'de, T: Nullable<'de>> Visitor<'de> for List<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sequence")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element_seed(Item(self.0))?.is_some() {}
        Ok(())
    }
}

/// The next item of a list.
struct Item<'a, T>(&'a mut Vec<T>);

impl<'de, T: Nullable<'de>> DeserializeSeed<'de> for Item<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let mut item = T::default();
        item.fill(deserializer)?;
        if self.0.is_empty() {
            self.0.reserve_exact(1);
        }
        self.0.push(item);
        Ok(())
    }
}

//! Deserialization of values directly into the fields of a model. Null becomes a default value.

use std::collections::BTreeMap;
use std::fmt;

use serde_core::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde_core::{Deserialize, Deserializer};

use crate::json::budget::{allocated, push};

/// A field type whose default value represents null.
///
/// Values are read directly into the field. If they were returned instead, each of serde's nested
/// calls would move them again.
pub(crate) trait Nullable<'de>: Deserialize<'de> + Default {
    /// Reads a value or null, and replaces the previous value.
    ///
    /// `_key` is the JSON key of the field. An implementation may check the value after reading it.
    /// If the check fails, the error's position is after the value, so the error names the key.
    fn read<D: Deserializer<'de>>(
        &mut self,
        deserializer: D,
        _key: &'static str,
    ) -> Result<(), D::Error> {
        deserializer.deserialize_option(Slot(self))
    }

    /// Reads a value, or null as `None`, and replaces the previous value of an optional field.
    /// `_key` is the JSON key of the field.
    fn read_optional<D: Deserializer<'de>>(
        field: &mut Option<Self>,
        deserializer: D,
        _key: &'static str,
    ) -> Result<(), D::Error> {
        deserializer.deserialize_option(Slot(field))
    }

    /// Reads a non-null value into `self`, which holds the default.
    fn fill<D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
        *self = Self::deserialize(deserializer)?;
        Ok(())
    }
}

/// Reads the value of an entry directly into a field.
#[inline]
pub(crate) fn read_field<'de, A: MapAccess<'de>, T: Nullable<'de>>(
    map: &mut A,
    key: &'static str,
    field: &mut T,
) -> Result<(), A::Error> {
    map.next_value_seed(FieldSeed(field, key))
}

/// Returns a value, or the error about a missing field.
#[inline]
pub(crate) fn required<T, E: Error>(value: Option<T>, key: &'static str) -> Result<T, E> {
    value.ok_or_else(|| E::missing_field(key))
}

/// A seed that reads a value directly into the field with this JSON key.
struct FieldSeed<'a, T>(&'a mut T, &'static str);

impl<'de, T: Nullable<'de>> DeserializeSeed<'de> for FieldSeed<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.0.read(deserializer, self.1)
    }
}

/// Implements [`Nullable`] with its provided methods, which use the type's `Deserialize`.
macro_rules! nullable {
    ($($type:ty),+) => {
        $(impl<'de> $crate::json::nullable::Nullable<'de> for $type {})+
    };
}

pub(crate) use nullable;

nullable!(bool, i64, f64, serde_json::Value);

/// Reads a string directly into the field, so that serde's nested calls do not move it.
impl<'de> Nullable<'de> for String {
    fn fill<D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
        // Some formats read only short strings with `deserialize_str`.
        deserializer.deserialize_string(Text(self))
    }
}

/// A visitor that reads a string directly into a field.
struct Text<'a>(&'a mut String);

impl Visitor<'_> for Text<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        *self.0 = text.to_owned();
        Ok(())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<(), E> {
        *self.0 = text;
        Ok(())
    }
}

/// Reads a map of strings. A null in the map becomes the empty string.
impl<'de> Nullable<'de> for BTreeMap<String, String> {
    fn fill<D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
        let texts = BTreeMap::<String, Option<String>>::deserialize(deserializer)?;
        let texts = texts.into_iter();
        *self = texts
            .map(|(key, text)| (key, text.unwrap_or_default()))
            .collect();
        Ok(())
    }
}

impl<'de, T: Nullable<'de>> Nullable<'de> for Box<T> {
    fn fill<D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
        allocated::<T, _, _>(deserializer, Allocated(&mut **self))
    }
}

/// The visitor that [`allocated`] gets for the content of a box or for an item of a list.
struct Allocated<'a, T>(&'a mut T);

impl<'de, T: Nullable<'de>> Visitor<'de> for Allocated<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.0.fill(deserializer)
    }
}

/// A visitor that reads a value or null directly into a field.
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
    fn read<D: Deserializer<'de>>(
        &mut self,
        deserializer: D,
        key: &'static str,
    ) -> Result<(), D::Error> {
        T::read_optional(self, deserializer, key)
    }

    fn fill<D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
        self.insert(T::default()).fill(deserializer)
    }
}

impl<'de, T: Nullable<'de>> Nullable<'de> for Vec<T> {
    fn fill<D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(List(self))
    }
}

/// A visitor that reads a list, and first reserves memory for one item. With serde's own visitor,
/// which reserves memory for four items, a decoded user takes three times as much memory.
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

/// A seed that reads the next item of a list.
struct Item<'a, T>(&'a mut Vec<T>);

impl<'de, T: Nullable<'de>> DeserializeSeed<'de> for Item<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let mut item = T::default();
        allocated::<T, _, _>(deserializer, Allocated(&mut item))?;
        push(self.0, item);
        Ok(())
    }
}

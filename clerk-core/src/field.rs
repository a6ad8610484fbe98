//! How a field of a response is read: null is the default.

use std::fmt;
use std::marker::PhantomData;

use serde_core::de::{DeserializeSeed, SeqAccess, Visitor};
use serde_core::{Deserialize, Deserializer};

/// A type of a field, for which null and the default are the same thing.
pub(crate) trait Field<'de>: Deserialize<'de> + Default {
    /// `key` is what the field is called on the wire: for errors of which the reader does not know
    /// the place.
    fn read<D: Deserializer<'de>>(deserializer: D, _key: &'static str) -> Result<Self, D::Error> {
        Option::<Self>::deserialize(deserializer).map(Option::unwrap_or_default)
    }
}

/// Reads the field that is called so.
pub(crate) struct FieldOf<T>(&'static str, PhantomData<T>);

impl<T> FieldOf<T> {
    pub(crate) fn key(key: &'static str) -> Self {
        Self(key, PhantomData)
    }
}

impl<'de, T: Field<'de>> DeserializeSeed<'de> for FieldOf<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::read(deserializer, self.0)
    }
}

/// For types that read themselves, and of which null is the default.
macro_rules! field {
    ($($type:ty),+) => {
        $(impl<'de> $crate::field::Field<'de> for $type {})+
    };
}

pub(crate) use field;

field!(bool, i64, f64, Box<str>, serde_json::Value);

impl<'de, T: Deserialize<'de>> Field<'de> for Box<T> where Box<T>: Default {}

/// It takes null by itself.
impl<'de, T: Deserialize<'de>> Field<'de> for Option<T> {
    fn read<D: Deserializer<'de>>(deserializer: D, _key: &'static str) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }
}

impl<'de, T: Deserialize<'de>> Field<'de> for Vec<T> {
    fn read<D: Deserializer<'de>>(deserializer: D, _key: &'static str) -> Result<Self, D::Error> {
        deserializer.deserialize_option(List(PhantomData))
    }
}

/// A list of which most have one item: serde's own sets four aside for the first, and a user is
/// three times as large.
struct List<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for List<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sequence")
    }

    fn visit_none<E>(self) -> Result<Vec<T>, E> {
        Ok(Vec::new())
    }

    fn visit_unit<E>(self) -> Result<Vec<T>, E> {
        Ok(Vec::new())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Vec<T>, D::Error> {
        deserializer.deserialize_seq(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<T>, A::Error> {
        let Some(first) = seq.next_element()? else {
            return Ok(Vec::new());
        };
        let mut list = Vec::with_capacity(1);
        list.push(first);
        while let Some(next) = seq.next_element()? {
            list.push(next);
        }
        Ok(list)
    }
}

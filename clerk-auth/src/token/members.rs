//! The members of JSON objects, without repeated names.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

use serde_core::de::{Error, MapAccess, SeqAccess, Visitor};
use serde_core::{Deserialize, Deserializer};

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
            return Err(A::Error::custom(REPEATED));
        }
        Ok(Some(name))
    }

    /// Returns the value of the last name.
    pub(crate) fn value<V: Deserialize<'de>>(&mut self) -> Result<V, A::Error> {
        self.map.next_value()
    }
}

const REPEATED: &str = "a name occurs twice";

/// Any JSON value in which no object, at any depth, has a name twice.
pub(crate) struct WithoutRepeatedNames;

impl<'de> Deserialize<'de> for WithoutRepeatedNames {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = WithoutRepeatedNames;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(WithoutRepeatedNames)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(WithoutRepeatedNames)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(WithoutRepeatedNames)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(WithoutRepeatedNames)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(WithoutRepeatedNames)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(WithoutRepeatedNames)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        while items.next_element::<WithoutRepeatedNames>()?.is_some() {}
        Ok(WithoutRepeatedNames)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut seen = BTreeSet::new();
        while let Some(Name(name)) = map.next_key()? {
            if !seen.insert(name) {
                return Err(A::Error::custom(REPEATED));
            }
            map.next_value::<WithoutRepeatedNames>()?;
        }
        Ok(WithoutRepeatedNames)
    }
}

/// A name, borrowed if it has no escapes.
struct Name<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameVisitor;

        impl<'de> Visitor<'de> for NameVisitor {
            type Value = Name<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }

            fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Borrowed(name)))
            }

            fn visit_str<E>(self, name: &str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Owned(name.to_owned())))
            }
        }

        deserializer.deserialize_str(NameVisitor)
    }
}

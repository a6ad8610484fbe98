//! Reading of bodies whose form is uncertain, such as error bodies.

use std::fmt;

use serde_core::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_core::{Deserialize, Deserializer};

use crate::json::budget::{Budget, allocated, push};
use crate::json::text::{from_body, without_lone_surrogates};

/// An object that is read field by field. Values of an unexpected form are skipped.
pub(crate) trait Fields: Default + PartialEq {
    type Key: for<'de> Deserialize<'de>;

    /// Reads or skips the value of a key.
    fn read<'de, A: MapAccess<'de>>(&mut self, key: Self::Key, map: &mut A)
    -> Result<(), A::Error>;
}

/// Reads a body up to the first JSON error, or until the decoded values take too much memory.
pub(crate) fn read<T: Fields>(body: &[u8], object: &mut T) {
    let Ok(text) = from_body(body) else {
        return;
    };
    let parse = |text: &str, object: &mut T| {
        let budget = Budget::new(body.len());
        let mut reader = serde_json::Deserializer::from_str(text);
        Object(object).deserialize(budget.limit(&mut reader))
    };
    let Err(error) = parse(&text, object) else {
        return;
    };
    let repaired = error.is_syntax().then(|| without_lone_surrogates(&text));
    if let Some(text) = repaired.flatten() {
        *object = T::default();
        // The values before an error are kept.
        let _ = parse(&text, object);
    }
}

/// Implements the methods of a visitor that skips unexpected values.
macro_rules! skip {
    (scalars) => {
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("any value")
        }

        fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
            Ok(Self::Value::default())
        }

        fn visit_i64<E: Error>(self, _: i64) -> Result<Self::Value, E> {
            Ok(Self::Value::default())
        }

        fn visit_u64<E: Error>(self, _: u64) -> Result<Self::Value, E> {
            Ok(Self::Value::default())
        }

        fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
            Ok(Self::Value::default())
        }

        fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
            Ok(Self::Value::default())
        }
    };
    (string) => {
        fn visit_str<E: Error>(self, _: &str) -> Result<Self::Value, E> {
            Ok(Self::Value::default())
        }
    };
    (array) => {
        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
            while seq.next_element::<IgnoredAny>()?.is_some() {}
            Ok(Self::Value::default())
        }
    };
    (object) => {
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            Ok(Self::Value::default())
        }
    };
}

/// A seed that reads an object in place, and returns whether the value is an object.
struct Object<'a, T>(&'a mut T);

impl<'de, T: Fields> DeserializeSeed<'de> for Object<'_, T> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, T: Fields> Visitor<'de> for Object<'_, T> {
    type Value = bool;

    skip!(scalars);
    skip!(string);
    skip!(array);

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<bool, A::Error> {
        while let Some(key) = map.next_key()? {
            self.0.read(key, &mut map)?;
        }
        Ok(true)
    }
}

/// A seed that reads a list of objects in place.
pub(crate) struct List<'a, T>(pub(crate) &'a mut Vec<T>);

impl<'de, T: Fields> DeserializeSeed<'de> for List<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.0.clear();
        deserializer.deserialize_any(self)
    }
}

impl<'de, T: Fields> Visitor<'de> for List<'_, T> {
    type Value = ();

    skip!(scalars);
    skip!(string);
    skip!(object);

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element_seed(Item(&mut *self.0))?.is_some() {}
        Ok(())
    }
}

/// A seed that reads the next object of a list.
struct Item<'a, T>(&'a mut Vec<T>);

impl<'de, T: Fields> DeserializeSeed<'de> for Item<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        allocated::<T, _, _>(deserializer, self)
    }
}

impl<'de, T: Fields> Visitor<'de> for Item<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let mut item = T::default();
        let result = Object(&mut item).deserialize(deserializer);
        // The fields that were read before an error are kept.
        if matches!(result, Ok(true)) || item != T::default() {
            push(self.0, item);
        }
        result.map(drop)
    }
}

/// A seed that reads a string in place. Any other value becomes `None`.
pub(crate) struct Text<'a>(pub(crate) &'a mut Option<String>);

impl<'de> DeserializeSeed<'de> for Text<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        *self.0 = None;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Text<'_> {
    type Value = ();

    skip!(scalars);
    skip!(array);
    skip!(object);

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        *self.0 = Some(text.to_owned());
        Ok(())
    }
}

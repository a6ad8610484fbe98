use std::fmt;
use std::marker::PhantomData;

use serde_core::de::Visitor;
use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

/// A field of an update: it is kept, removed, or set.
///
/// Your own structs can decode a `Patch` from JSON. Mark the field `#[serde(default)]`. Then, an
/// absent field keeps the value, null removes the value, and anything else sets it. Without the
/// attribute, an absent field is an error.
///
/// ```
/// use clerk_client::requests::Patch;
///
/// #[derive(serde::Deserialize)]
/// struct Form {
///     #[serde(default)]
///     first_name: Patch<String>,
///     #[serde(default)]
///     last_name: Patch<String>,
///     #[serde(default)]
///     username: Patch<String>,
/// }
///
/// let form: Form = serde_json::from_str(r#"{"first_name":"Ada","username":null}"#)?;
/// assert_eq!(form.first_name, Patch::Set("Ada".to_owned()));
/// assert_eq!(form.last_name, Patch::Keep);
/// assert_eq!(form.username, Patch::Null);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Patch<T> {
    /// The field keeps its value. The requests of this crate do not contain the field.
    #[default]
    Keep,
    /// The field is sent as null, which removes its value.
    Null,
    /// The field is sent with this value.
    Set(T),
}

impl<T> Patch<T> {
    /// Returns the value, if the field is set.
    #[inline]
    pub(crate) fn as_set(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Keep | Self::Null => None,
        }
    }
}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Set(value)
    }
}

/// `Some` becomes `Set`, and `None` becomes `Keep`: a missing value never removes anything.
impl<T> From<Option<T>> for Patch<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Keep, Self::Set)
    }
}

/// Both `Null` and `Keep` become null. The requests of this crate leave out a field that is `Keep`.
impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Keep | Self::Null => serializer.serialize_none(),
            Self::Set(value) => value.serialize(serializer),
        }
    }
}

/// A field without `#[serde(default)]` must be present. If an absent field were decoded as null, an
/// update would remove the value.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // With `deserialize_option`, serde's derived code would decode an absent field as null.
        // With this method, an absent field is an error.
        deserializer.deserialize_newtype_struct("Patch", PatchVisitor(PhantomData))
    }
}

struct PatchVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for PatchVisitor<T> {
    type Value = Patch<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, value: D) -> Result<Patch<T>, D::Error> {
        let value = Option::deserialize(value)?;
        Ok(value.map_or(Patch::Null, Patch::Set))
    }
}

#[cfg(feature = "_samples")]
impl<T: crate::samples::Sample> crate::samples::Sample for Patch<T> {
    fn sample(sampler: &crate::samples::Sampler, name: &str) -> Self {
        if !sampler.is_set(name) {
            Self::Keep
        } else if sampler.is_null() {
            Self::Null
        } else {
            Self::Set(T::sample(sampler, name))
        }
    }
}

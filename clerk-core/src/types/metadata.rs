use std::fmt;

use serde_core::de::{Error as _, Unexpected};
use serde_core::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::json::decode;
use crate::json::model::Optional;
use crate::json::parts::are_equal;
use crate::json::raw;

/// Public, private or unsafe metadata: an application-defined JSON object.
///
/// The JSON text is kept as received, and decoded when you call [`get`](Metadata::get). So unread
/// metadata is not decoded, and numbers stay exact. Metadata is never null: null and `{}` both
/// become the empty object.
///
/// Two values are equal if they are equal as JSON. Numbers are compared as exact decimals: 1, 1.0
/// and 1e0 are equal, but 0.1 and 0.10000000000000001 are not. If a key is repeated, its last value
/// counts. Values that are nested more than 128 levels deep are compared as text.
///
/// # Other formats
///
/// Metadata can be written to any self-describing format, such as MessagePack and CBOR, and read
/// back. The value is preserved, but its JSON text is not. In three cases, the metadata is written
/// as a string that contains the JSON text:
///
/// - The format cannot represent one of the numbers exactly.
/// - A text has a lone surrogate, such as `\ud83d`.
/// - Values are nested more than 128 levels deep.
///
/// Two limits remain. Formats that are not self-describing, such as bincode and postcard, are not
/// supported. When JSON is read through `#[serde(tag)]`, `untagged` or `flatten`, serde turns
/// numbers that are not 64-bit integers into floats.
///
/// ```
/// use clerk_client::Metadata;
/// use serde_json::json;
///
/// let metadata = Metadata::from(json!({ "plan": "pro", "seats": 5 }));
/// #[derive(serde::Deserialize)]
/// struct Plan { plan: String, seats: u32 }
/// let plan: Plan = metadata.get()?;
/// assert_eq!((plan.plan.as_str(), plan.seats), ("pro", 5));
/// # Ok::<(), clerk_client::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct Metadata(Option<Box<RawValue>>);

impl Metadata {
    /// Creates an empty object.
    #[must_use]
    pub fn new() -> Self {
        Self(None)
    }

    /// Returns the JSON text. It is `{}` for null, and for metadata that a response omits.
    #[must_use]
    pub fn as_json(&self) -> &str {
        self.0.as_ref().map_or("{}", |raw| raw.get())
    }

    /// Whether the object has no keys.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        // An object without keys has only white space between its braces.
        let inner = self
            .as_json()
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'));
        inner.is_some_and(|inner| inner.trim().is_empty())
    }

    pub(crate) fn from_raw(raw: Box<RawValue>) -> Self {
        Self((!matches!(raw.get(), "null" | "{}")).then_some(raw))
    }

    /// Reads any value. Returns `None` if it is neither an object nor null.
    pub(crate) fn any<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Self>, D::Error> {
        let metadata = Self::from_raw(raw::read(deserializer)?);
        Ok(metadata.check("").is_ok().then_some(metadata))
    }

    /// Rejects JSON that is not an object, because Clerk would respond with 422.
    pub(crate) fn check(&self, name: &str) -> Result<(), String> {
        if self.as_json().starts_with('{') {
            return Ok(());
        }
        let found = self.json_type();
        let article = if found == "array" { "an" } else { "a" };
        Err(format!(
            "invalid {name}: it is {article} {found}; it must be a JSON object"
        ))
    }

    /// Returns the type of JSON that is not an object, for error messages.
    fn json_type(&self) -> &'static str {
        match self.as_json().bytes().next() {
            Some(b'[') => "array",
            Some(b'"') => "string",
            Some(b't' | b'f') => "boolean",
            _ => "number",
        }
    }
}

/// Null becomes the empty object. The client refuses to send any other value that is not an object.
impl From<Value> for Metadata {
    fn from(value: Value) -> Self {
        // Serializing a `Value` cannot fail: its keys are strings and its numbers are finite.
        RawValue::from_string(value.to_string()).map_or(Self(None), Self::from_raw)
    }
}

impl From<&Metadata> for Metadata {
    fn from(metadata: &Metadata) -> Self {
        metadata.clone()
    }
}

impl PartialEq for Metadata {
    fn eq(&self, other: &Self) -> bool {
        are_equal(self.as_json(), other.as_json())
    }
}

impl fmt::Debug for Metadata {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_json())
    }
}

impl Serialize for Metadata {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Some(raw) => raw::write(raw, serializer),
            None => serializer.collect_map::<(), (), _>([]),
        }
    }
}

impl<'de> crate::json::nullable::Nullable<'de> for Metadata {
    fn read<D: Deserializer<'de>>(
        &mut self,
        deserializer: D,
        key: &'static str,
    ) -> Result<(), D::Error> {
        let mut metadata = None;
        Self::read_optional(&mut metadata, deserializer, key)?;
        *self = metadata.unwrap_or_default();
        Ok(())
    }

    fn read_optional<D: Deserializer<'de>>(
        field: &mut Option<Self>,
        deserializer: D,
        key: &'static str,
    ) -> Result<(), D::Error> {
        let raw = raw::read_written(deserializer)?;
        let is_null = raw.get() == "null";
        let metadata = Self::from_raw(raw);
        if metadata.check(key).is_err() {
            let found = metadata.json_type();
            let message = format!("invalid type: {found}, expected a JSON object");
            return Err(decode::error_below(key, &message));
        }
        *field = (!is_null).then_some(metadata);
        Ok(())
    }
}

impl<'de> Deserialize<'de> for Metadata {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let metadata = Self::from_raw(raw::read_written(deserializer)?);
        match metadata.check("metadata") {
            Ok(()) => Ok(metadata),
            Err(_) => Err(D::Error::invalid_type(
                Unexpected::Other(metadata.json_type()),
                &"a JSON object",
            )),
        }
    }
}

impl Optional for Metadata {
    fn is_given(&self) -> bool {
        !self.is_empty()
    }
}

#[cfg(feature = "_samples")]
impl crate::samples::Sample for Metadata {
    fn sample(_: &crate::samples::Sampler, name: &str) -> Self {
        Self::from(match name {
            "actor" => serde_json::json!({ "sub": "user_2" }),
            _ => serde_json::json!({ "plan": "pro", "gone": null, "n": [1, 2.5] }),
        })
    }
}

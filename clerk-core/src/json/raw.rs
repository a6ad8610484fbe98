//! JSON that is kept as text, and can be written to other formats.

use std::any::type_name;
use std::fmt;

use serde_core::de::value::MapAccessDeserializer;
use serde_core::de::{Error, MapAccess, Visitor};
use serde_core::ser::{SerializeMap, SerializeSeq};
use serde_core::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::json::parts::{Number, Parts, is_portable, portable_number};

/// The name under which serde_json passes raw JSON. If a version of serde_json uses another name,
/// the text is not kept exactly.
const RAW: &str = "$serde_json::private::RawValue";

/// Reads any value. If the format is JSON, the exact text is kept.
pub(crate) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Box<RawValue>, D::Error> {
    let raw = Raw {
        strings_are_json: false,
    };
    deserializer.deserialize_newtype_struct(RAW, raw)
}

/// Reads a value that [`write`] wrote. In a format other than JSON, a string is taken for JSON
/// text. So from such a format, this function cannot read back a value that is itself a string.
pub(crate) fn read_written<'de, D>(deserializer: D) -> Result<Box<RawValue>, D::Error>
where
    D: Deserializer<'de>,
{
    let raw = Raw {
        strings_are_json: true,
    };
    deserializer.deserialize_newtype_struct(RAW, raw)
}

struct Raw {
    /// Whether a string in a format other than JSON contains JSON text.
    strings_are_json: bool,
}

impl<'de> Visitor<'de> for Raw {
    type Value = Box<RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    /// Reads raw JSON, which serde_json passes as a map.
    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        Box::deserialize(MapAccessDeserializer::new(map))
    }

    /// Reads a value that a format other than JSON passes.
    #[cold]
    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Self::Value, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let text = match value {
            Value::String(text) if self.strings_are_json => text,
            value => value.to_string(),
        };
        RawValue::from_string(text).map_err(|_| D::Error::custom("expected JSON"))
    }
}

/// Writes JSON: as text to serde_json, and as a value to any other format. Some values cannot be
/// represented exactly in other formats, for example a number with 30 significant digits. The whole
/// JSON text of such a value is written to these formats as a string.
pub(crate) fn write<S: Serializer>(raw: &RawValue, serializer: S) -> Result<S::Ok, S::Error> {
    // The serializer of `#[serde(flatten)]`, for example, wraps a serializer of serde_json. The
    // type name of the wrapper then contains the name of the wrapped type.
    if is_portable(raw.get()) || type_name::<S>().contains("serde_json::") {
        Portable(raw).serialize(serializer)
    } else {
        serializer.serialize_str(raw.get())
    }
}

/// Whether the serializer is one of serde_json's, which support raw JSON. Any other serializer
/// would write raw JSON as a struct with an internal name.
///
/// If a compiler names types differently, the exact text is not kept, and a value that is not
/// portable may be written as a string.
fn knows_raw_json<S>() -> bool {
    let name = type_name::<S>();
    let name = name.strip_prefix("&mut ").unwrap_or(name);
    name.starts_with("serde_json::")
}

/// JSON that is written as a value.
struct Portable<'a>(&'a RawValue);

impl Serialize for Portable<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if knows_raw_json::<S>() {
            return self.0.serialize(serializer);
        }
        match Parts::of(self.0.get()) {
            Some(Parts::Null) => serializer.serialize_unit(),
            Some(Parts::Bool(value)) => serializer.serialize_bool(value),
            Some(Parts::String(text)) => serializer.serialize_str(&text),
            Some(Parts::Number(text)) => match portable_number(text) {
                Some(Number::I64(number)) => serializer.serialize_i64(number),
                Some(Number::U64(number)) => serializer.serialize_u64(number),
                Some(Number::F64(number)) => serializer.serialize_f64(number),
                None => self.0.serialize(serializer),
            },
            Some(Parts::Array(items)) => {
                let mut seq = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    seq.serialize_element(&Portable(item))?;
                }
                seq.end()
            }
            Some(Parts::Object(entries)) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(&key, &Portable(value))?;
                }
                map.end()
            }
            None => serializer.serialize_str(self.0.get()),
        }
    }
}

//! Decoding of response bodies.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde_core::de::{DeserializeOwned, Error as _, Visitor};
use serde_core::{Deserialize, Deserializer};

use crate::json::budget::{Budget, EXCEEDED};
use crate::json::json_path::path_at;
use crate::json::text::{self, without_lone_surrogates};
use crate::json::whole::Whole;

/// Deserializes a value from a string. If the format is JSON, the function allocates no string.
pub(crate) fn word<'de, D, T>(deserializer: D, make: fn(&str) -> T) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
{
    struct Text<T>(fn(&str) -> T, PhantomData<T>);

    impl<T> Visitor<'_> for Text<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string")
        }

        fn visit_str<E: serde_core::de::Error>(self, text: &str) -> Result<T, E> {
            Ok(self.0(text))
        }
    }

    // Some formats read only short strings with `deserialize_str`.
    deserializer.deserialize_string(Text(make, PhantomData))
}

/// Decodes a whole body. A body that is empty or has only white space is decoded as null. A few
/// bytes that are not UTF-8, and lone surrogates that make the JSON invalid, are replaced. The
/// memory for the decoded value is limited.
///
/// The error gives the position and the types, never the value, because the value may be a secret.
pub(crate) fn body<R: DeserializeOwned>(body: &[u8]) -> Result<R, String> {
    let decoded = text::from_body(body)?;
    let mut bytes = decoded.bytes();
    let is_blank = bytes.all(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
    let text = if is_blank { "null" } else { &decoded };
    let error = match parse(text, body.len()) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    let repaired = error.is_syntax().then(|| without_lone_surrogates(text));
    let Some(repaired) = repaired.flatten() else {
        if matches!(decoded, Cow::Owned(_)) && !error.is_data() {
            return Err(text::not_utf8(body));
        }
        return Err(explain(text, &error));
    };
    drop(decoded);
    parse(&repaired, body.len()).map_err(|error| explain(&repaired, &error))
}

fn parse<R: DeserializeOwned>(text: &str, body_bytes: usize) -> Result<R, serde_json::Error> {
    let budget = Budget::new(body_bytes);
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = R::deserialize(budget.limit(&mut reader))?;
    reader.end()?;
    Ok(value)
}

/// Describes a decode error with its position. To find the position, the text is parsed again.
fn explain(text: &str, error: &serde_json::Error) -> String {
    if !error.is_data() {
        return format!("the body is not JSON: {error}");
    }
    let mut path = path_at(text, error.line(), error.column());
    let message = ends_of(error);
    let below = message.strip_prefix(BELOW);
    let message = match below.and_then(|below| below.split_once(BELOW)) {
        Some((key, message)) => {
            // The position is after the value. If the value is the last value of an object, the
            // position may be after the object, and the path then lacks the key.
            if path.rsplit('.').next() != Some(key) {
                let dot = if path.is_empty() { "" } else { "." };
                path = format!("{path}{dot}{key}");
            }
            message
        }
        None => &message,
    };
    let message = without_value(message);
    if path.is_empty() {
        message
    } else {
        format!("at {path}: {message}")
    }
}

/// Returns the message of an error. Of a long message, only the start and the end are kept. The
/// middle is part of a value, which may be as long as the body.
fn ends_of(error: &serde_json::Error) -> String {
    /// The minimum number of bytes that are kept of each end. Every message of this crate is
    /// shorter.
    const END: usize = 512;

    struct Ends(String);

    impl fmt::Write for Ends {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            for character in text.chars() {
                if self.0.len() >= 4 * END {
                    let middle = boundary(&self.0, END)..boundary(&self.0, 3 * END);
                    self.0.drain(middle);
                }
                self.0.push(character);
            }
            Ok(())
        }
    }

    fn boundary(text: &str, near: usize) -> usize {
        let mut before = (0..=near).rev();
        before.find(|at| text.is_char_boundary(*at)).unwrap_or(0)
    }

    let mut ends = Ends(String::new());
    // Writing to a string cannot fail.
    let _ = fmt::write(&mut ends, format_args!("{error}"));
    ends.0
}

/// The character before and after the key in the messages of [`error_below`]. Only these messages
/// start with this character. An error message of a custom type may contain the character further
/// on, as part of a value.
const BELOW: char = '\u{1f}';

/// Creates an error about the value of a key, for code that has already read the value. The error's
/// position is after the value, so the message contains the key.
pub(crate) fn error_below<E: serde_core::de::Error>(key: &str, message: &str) -> E {
    E::custom(format!("{BELOW}{key}{BELOW}{message}"))
}

/// Removes the value from an error message of serde. Only the value's type is safe to show. A
/// custom message may contain anything, so it is replaced as a whole.
fn without_value(message: &str) -> String {
    let message = message
        .rsplit_once(" at line ")
        .map_or(message, |(said, _)| said);
    if message.starts_with("missing field `") || message.starts_with(EXCEEDED) {
        return message.to_owned();
    }
    let value = ["invalid type: ", "invalid value: ", "invalid length "];
    let value = value
        .into_iter()
        .find_map(|kind| message.strip_prefix(kind));
    match value.and_then(|value| value.rsplit_once(", expected ")) {
        Some((found, expected)) => {
            let found = found.split(' ').next().unwrap_or_default();
            format!("expected {expected}, found {found}")
        }
        None => "invalid value".to_owned(),
    }
}

/// Decodes a page: an array, or an object with the array in `data` and the length of the list in
/// `total_count`. The length is `None` if the body does not contain it. A page of M2M tokens has
/// the array in `m2m_tokens`.
pub(crate) fn page<'de, D, T>(deserializer: D) -> Result<(Vec<T>, Option<i64>), D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    struct Page<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>> Visitor<'de> for Page<T> {
        type Value = (Vec<T>, Option<i64>);

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an array or an object with data and total_count")
        }

        fn visit_seq<A: serde_core::de::SeqAccess<'de>>(
            self,
            mut seq: A,
        ) -> Result<Self::Value, A::Error> {
            let mut data = Vec::new();
            while let Some(item) = seq.next_element()? {
                data.push(item);
            }
            Ok((data, None))
        }

        fn visit_map<A: serde_core::de::MapAccess<'de>>(
            self,
            mut map: A,
        ) -> Result<Self::Value, A::Error> {
            let mut data = None;
            let mut total_count = None;
            while let Some(key) = map.next_key::<Key>()? {
                match key {
                    Key::Data => {
                        data = Some(map.next_value::<Option<_>>()?.unwrap_or_default());
                    }
                    Key::TotalCount => {
                        let number: Option<Whole> = map.next_value()?;
                        total_count = number.map(|number| number.0);
                    }
                    Key::Other => {
                        map.next_value::<serde_core::de::IgnoredAny>()?;
                    }
                }
            }
            // An object without `data` is an error. Otherwise, an error body would decode as an
            // empty page.
            let data = data.ok_or_else(|| A::Error::missing_field("data"))?;
            Ok((data, total_count))
        }
    }

    enum Key {
        Data,
        TotalCount,
        Other,
    }

    impl<'de> Deserialize<'de> for Key {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            word(deserializer, |key| match key {
                "data" | "m2m_tokens" => Self::Data,
                "total_count" => Self::TotalCount,
                _ => Self::Other,
            })
        }
    }

    deserializer.deserialize_any(Page(PhantomData))
}

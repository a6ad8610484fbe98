use std::fmt;

use serde_core::de::{Error, MapAccess, SeqAccess, Visitor};
use serde_core::{Deserialize, Deserializer};

use crate::token::members::{REPEATED, Text, has_repeated};

/// A JSON value of any type. Decoding fails if an object repeats a name, at any depth.
#[derive(Debug)]
pub(crate) enum Any<'de> {
    Null,
    Bool,
    Integer(i64),
    /// A number that is not an `i64`.
    Float(f64),
    Text(Text<'de>),
    List(Vec<Any<'de>>),
    Object(Vec<(Text<'de>, Any<'de>)>),
}

/// The number of members for which memory is reserved. The claim `o` has five.
const RESERVED: usize = 5;

/// The name that marks a number. If a crate of the application enables serde_json's feature
/// `arbitrary_precision`, serde_json passes a number as an object. The only member of the object
/// has this name. The value of the member is the text of the number.
const DIGITS: &str = "$serde_json::private::Number";

/// Returns the number with these digits. `None` if the text is not a finite number.
fn of_digits<'de>(digits: &str) -> Option<Any<'de>> {
    if let Ok(integer) = digits.parse::<i64>() {
        return Some(Any::Integer(integer));
    }
    let float = digits.parse::<f64>().ok();
    float.filter(|float| float.is_finite()).map(Any::Float)
}

/// A type that can be read from an [`Any`].
pub(crate) trait FromAny<'de>: Sized {
    /// Returns the value. `None` if the JSON value cannot be read as this type.
    fn from_any(any: Any<'de>) -> Option<Self>;
}

impl<'de> FromAny<'de> for Text<'de> {
    fn from_any(any: Any<'de>) -> Option<Self> {
        match any {
            Any::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl FromAny<'_> for String {
    fn from_any(any: Any<'_>) -> Option<Self> {
        Text::from_any(any).map(|text| text.0.into_owned())
    }
}

impl FromAny<'_> for i64 {
    fn from_any(any: Any<'_>) -> Option<Self> {
        match any {
            Any::Integer(number) => Some(number),
            _ => None,
        }
    }
}

impl<'de, T: FromAny<'de>> FromAny<'de> for Vec<T> {
    fn from_any(any: Any<'de>) -> Option<Self> {
        match any {
            Any::List(items) => items.into_iter().map(T::from_any).collect(),
            _ => None,
        }
    }
}

/// Reads null as `None`.
impl<'de, T: FromAny<'de>> FromAny<'de> for Option<T> {
    fn from_any(any: Any<'de>) -> Option<Self> {
        match any {
            Any::Null => Some(None),
            any => T::from_any(any).map(Some),
        }
    }
}

impl<'de> Deserialize<'de> for Any<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyVisitor;

        impl<'de> Visitor<'de> for AnyVisitor {
            type Value = Any<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_unit<E>(self) -> Result<Any<'de>, E> {
                Ok(Any::Null)
            }

            fn visit_bool<E>(self, _: bool) -> Result<Any<'de>, E> {
                Ok(Any::Bool)
            }

            fn visit_i64<E>(self, number: i64) -> Result<Any<'de>, E> {
                Ok(Any::Integer(number))
            }

            #[allow(clippy::cast_precision_loss, reason = "only rounded times use floats")]
            fn visit_u64<E>(self, number: u64) -> Result<Any<'de>, E> {
                let integer = i64::try_from(number).map(Any::Integer);
                Ok(integer.unwrap_or(Any::Float(number as f64)))
            }

            fn visit_f64<E>(self, number: f64) -> Result<Any<'de>, E> {
                Ok(Any::Float(number))
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Any<'de>, E> {
                Ok(Any::Text(Text(text.into())))
            }

            fn visit_str<E>(self, text: &str) -> Result<Any<'de>, E> {
                Ok(Any::Text(Text(text.to_owned().into())))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Any<'de>, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = items.next_element()? {
                    list.push(item);
                }
                Ok(Any::List(list))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Any<'de>, A::Error> {
                let mut members: Vec<(Text<'de>, Any<'de>)> = Vec::with_capacity(RESERVED);
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                if has_repeated(&mut members, |(name, _)| name) {
                    return Err(A::Error::custom(REPEATED));
                }
                let number = match members.as_slice() {
                    [(name, Any::Text(digits))] if **name == *DIGITS => of_digits(digits),
                    _ => None,
                };
                Ok(number.unwrap_or(Any::Object(members)))
            }
        }

        deserializer.deserialize_any(AnyVisitor)
    }
}

//! The claims of a token as Clerk writes them, for versions 1 and 2.

use std::fmt;

use serde_core::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_core::{Deserialize, Deserializer};

use crate::token::members::Members;
use crate::token::numeric_date::NumericDate;

/// The claims that are checked or read. A null claim counts as absent.
#[derive(Debug, Default)]
pub(crate) struct Payload {
    pub(crate) sub: Option<String>,
    pub(crate) sid: Option<String>,
    pub(crate) iss: Option<String>,
    pub(crate) azp: Option<String>,
    pub(crate) jti: Option<String>,
    pub(crate) sts: Option<String>,
    pub(crate) exp: Option<NumericDate>,
    pub(crate) nbf: Option<NumericDate>,
    pub(crate) iat: Option<NumericDate>,
    pub(crate) aud: Option<Lenient<Strings>>,
    pub(crate) v: Option<u64>,
    pub(crate) act: Option<Act>,
    // The claims of version 2.
    pub(crate) o: Option<Lenient<Organization>>,
    pub(crate) fea: Option<Lenient<String>>,
    pub(crate) pla: Option<Lenient<String>>,
    pub(crate) fva: Option<Lenient<Vec<i64>>>,
    // The claims of version 1.
    pub(crate) org_id: Option<Lenient<String>>,
    pub(crate) org_role: Option<Lenient<String>>,
    pub(crate) org_slug: Option<Lenient<String>>,
    pub(crate) org_permissions: Option<Lenient<Vec<String>>>,
}

/// The claim `o`.
#[derive(Debug, Default, Clone)]
pub(crate) struct Organization {
    pub(crate) id: Option<String>,
    pub(crate) slg: Option<String>,
    pub(crate) rol: Option<String>,
    pub(crate) per: Option<String>,
    pub(crate) fpm: Option<String>,
}

/// The claim `act`.
#[derive(Debug, Default, Clone)]
pub(crate) struct Act {
    pub(crate) sub: Option<String>,
    pub(crate) kind: Option<String>,
}

/// A value that may grant something. `None` if it has another type, and so grants nothing.
#[derive(Debug, Clone)]
pub(crate) struct Lenient<T>(pub(crate) Option<T>);

impl<'de, T: serde_core::de::DeserializeOwned> Deserialize<'de> for Lenient<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&serde_json::value::RawValue>::deserialize(deserializer)?;
        Ok(Self(serde_json::from_str(raw.get()).ok()))
    }
}

/// Returns the value. `None` if it is absent or of another type.
pub(crate) fn lenient<T>(value: Option<Lenient<T>>) -> Option<T> {
    value.and_then(|value| value.0)
}

/// A string or a list of strings.
#[derive(Debug, Clone)]
pub(crate) struct Strings(pub(crate) Vec<String>);

impl<'de> Deserialize<'de> for Strings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct StringsVisitor;

        impl<'de> Visitor<'de> for StringsVisitor {
            type Value = Strings;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string or an array of strings")
            }

            fn visit_str<E>(self, text: &str) -> Result<Strings, E> {
                Ok(Strings(vec![text.to_owned()]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Strings, A::Error> {
                let mut strings = Vec::new();
                while let Some(item) = items.next_element()? {
                    strings.push(item);
                }
                Ok(Strings(strings))
            }
        }

        deserializer.deserialize_any(StringsVisitor)
    }
}

impl Payload {
    /// Reads the claims. The error never contains the text of a claim.
    pub(crate) fn parse(json: &str) -> Result<Self, String> {
        serde_json::from_str(json).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            let reason = if error.is_data() {
                "a claim has another type, or occurs twice"
            } else {
                "they are not JSON"
            };
            format!("its claims cannot be read: {reason} (line {line}, column {column})")
        })
    }
}

/// Implements `Deserialize` for an object whose members have these names.
macro_rules! object {
    ($object:ident { $($field:ident = $name:literal,)+ }) => {
        impl<'de> Deserialize<'de> for $object {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct ObjectVisitor;

                impl<'de> Visitor<'de> for ObjectVisitor {
                    type Value = $object;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str("an object")
                    }

                    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<$object, A::Error> {
                        let mut object = $object::default();
                        let mut members = Members::new(map);
                        while let Some(name) = members.next_name()? {
                            match name.as_str() {
                                $($name => object.$field = members.value()?,)+
                                _ => {
                                    members.value::<IgnoredAny>()?;
                                }
                            }
                        }
                        Ok(object)
                    }
                }

                deserializer.deserialize_map(ObjectVisitor)
            }
        }
    };
}

object! {
    Payload {
        sub = "sub",
        sid = "sid",
        iss = "iss",
        azp = "azp",
        jti = "jti",
        sts = "sts",
        exp = "exp",
        nbf = "nbf",
        iat = "iat",
        aud = "aud",
        v = "v",
        act = "act",
        o = "o",
        fea = "fea",
        pla = "pla",
        fva = "fva",
        org_id = "org_id",
        org_role = "org_role",
        org_slug = "org_slug",
        org_permissions = "org_permissions",
    }
}

object! {
    Organization {
        id = "id",
        slg = "slg",
        rol = "rol",
        per = "per",
        fpm = "fpm",
    }
}

object! {
    Act {
        sub = "sub",
        kind = "type",
    }
}

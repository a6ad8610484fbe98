//! The claims of a token as Clerk writes them.

use std::fmt;

use serde_core::de::{IgnoredAny, SeqAccess, Visitor};
use serde_core::{Deserialize, Deserializer};

use crate::token::members::WithoutRepeatedNames;
use crate::token::numeric_date::NumericDate;
use crate::token::object::object;

/// The claims that every kind of token has. A null claim counts as absent.
#[derive(Debug, Default)]
pub(crate) struct Registered {
    pub(crate) sub: Option<String>,
    pub(crate) iss: Option<String>,
    pub(crate) azp: Option<String>,
    pub(crate) jti: Option<String>,
    pub(crate) exp: Option<NumericDate>,
    pub(crate) nbf: Option<NumericDate>,
    pub(crate) iat: Option<NumericDate>,
    pub(crate) aud: Option<Lenient<Strings>>,
}

/// The claims of a session, of version 1 or 2, that are checked or read.
#[derive(Debug, Default)]
pub(crate) struct Payload {
    pub(crate) registered: Registered,
    pub(crate) sid: Option<String>,
    pub(crate) sts: Option<String>,
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

/// The claims of a JWT template or of a machine that are checked or read. All others belong to the
/// application, and have any type.
#[derive(Debug, Default)]
pub(crate) struct OtherPayload {
    pub(crate) registered: Registered,
    /// The session. Only its presence counts.
    pub(crate) sid: Option<IgnoredAny>,
    // The claims of machines.
    pub(crate) client_id: Option<Lenient<String>>,
    pub(crate) scope: Option<Lenient<String>>,
    pub(crate) scopes: Option<Lenient<String>>,
    pub(crate) scp: Option<Lenient<Vec<String>>>,
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

/// Reads claims: a [`Payload`] or an [`OtherPayload`]. The error never contains the text of a claim.
pub(crate) fn parse<'de, P: Deserialize<'de>>(json: &'de str) -> Result<P, String> {
    let checked = serde_json::from_str::<WithoutRepeatedNames>(json);
    let parsed = checked.and_then(|_| serde_json::from_str(json));
    parsed.map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let reason = if error.is_data() {
            "a claim has another type, or a name occurs twice"
        } else {
            "they are not JSON"
        };
        format!("its claims cannot be read: {reason} (line {line}, column {column})")
    })
}

object! {
    Payload {
        registered.sub = "sub",
        registered.iss = "iss",
        registered.azp = "azp",
        registered.jti = "jti",
        registered.exp = "exp",
        registered.nbf = "nbf",
        registered.iat = "iat",
        registered.aud = "aud",
        sid = "sid",
        sts = "sts",
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
    OtherPayload {
        registered.sub = "sub",
        registered.iss = "iss",
        registered.azp = "azp",
        registered.jti = "jti",
        registered.exp = "exp",
        registered.nbf = "nbf",
        registered.iat = "iat",
        registered.aud = "aud",
        sid = "sid",
        client_id = "client_id",
        scope = "scope",
        scopes = "scopes",
        scp = "scp",
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

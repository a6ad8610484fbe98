//! The claims of a token as Clerk writes them.

use serde_core::{Deserialize, Deserializer};

use crate::token::any::{Any, FromAny};
use crate::token::members::Text;
use crate::token::numeric_date::NumericDate;
use crate::token::object::object;

/// The claims that tokens of all kinds have in common. A null claim is treated as absent.
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

/// The claims of a session token, of version 1 or 2. Claims that this crate does not read are
/// skipped.
#[derive(Debug, Default)]
pub(crate) struct Payload<'de> {
    pub(crate) registered: Registered,
    pub(crate) sid: Option<String>,
    pub(crate) sts: Option<Text<'de>>,
    pub(crate) v: Option<u64>,
    pub(crate) act: Option<Act>,
    // The claims of version 2.
    pub(crate) o: Option<Lenient<Organization<'de>>>,
    pub(crate) fea: Option<Lenient<Text<'de>>>,
    pub(crate) pla: Option<Lenient<Text<'de>>>,
    pub(crate) fva: Option<Lenient<Vec<i64>>>,
    // The claims of version 1.
    pub(crate) org_id: Option<Lenient<String>>,
    pub(crate) org_role: Option<Lenient<Text<'de>>>,
    pub(crate) org_slug: Option<Lenient<String>>,
    pub(crate) org_permissions: Option<Lenient<Vec<String>>>,
}

/// The claims that this crate reads from a token of a JWT template or of a machine. All other
/// claims belong to the application, and may have any type.
#[derive(Debug, Default)]
pub(crate) struct OtherPayload<'de> {
    /// The claims that all tokens have in common, except for `azp`.
    pub(crate) registered: Registered,
    /// In a token of a JWT template, the origin. In a token of a machine, a custom claim, which is
    /// not read.
    pub(crate) azp: Option<Any<'de>>,
    /// In a token of a JWT template, only the presence of this claim is checked. In a token of a
    /// machine, it is a custom claim, which is not read.
    pub(crate) sid: Option<Any<'de>>,
    // The claims of machines.
    pub(crate) client_id: Option<Lenient<String>>,
    pub(crate) scope: Option<Lenient<Text<'de>>>,
    pub(crate) scopes: Option<Lenient<Text<'de>>>,
    pub(crate) scp: Option<Lenient<Vec<String>>>,
}

/// The claim `o`.
#[derive(Debug, Default)]
pub(crate) struct Organization<'de> {
    pub(crate) id: Option<String>,
    pub(crate) slg: Option<String>,
    pub(crate) rol: Option<Text<'de>>,
    pub(crate) per: Option<Text<'de>>,
    pub(crate) fpm: Option<Text<'de>>,
}

/// The claim `act`.
#[derive(Debug, Default, Clone)]
pub(crate) struct Act {
    pub(crate) sub: Option<String>,
    pub(crate) kind: Option<String>,
}

/// A claim that may have any type. If the type is unexpected, the claim is `None` and grants
/// nothing.
#[derive(Debug, Clone)]
pub(crate) struct Lenient<T>(pub(crate) Option<T>);

impl<'de, T: FromAny<'de>> Deserialize<'de> for Lenient<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Any::deserialize(deserializer).map(|any| Self(T::from_any(any)))
    }
}

/// Returns the value. `None` if it is absent or has an unexpected type.
pub(crate) fn lenient<T>(value: Option<Lenient<T>>) -> Option<T> {
    value.and_then(|value| value.0)
}

/// A string or a list of strings.
#[derive(Debug, Clone)]
pub(crate) struct Strings(pub(crate) Vec<String>);

impl FromAny<'_> for Strings {
    fn from_any(any: Any<'_>) -> Option<Self> {
        match any {
            Any::Text(text) => Some(Self(vec![text.0.into_owned()])),
            any => Vec::from_any(any).map(Self),
        }
    }
}

impl<'de> FromAny<'de> for Organization<'de> {
    fn from_any(any: Any<'de>) -> Option<Self> {
        let Any::Object(members) = any else {
            return None;
        };
        let mut organization = Self::default();
        for (name, value) in members {
            match &*name {
                "id" => organization.id = Option::from_any(value)?,
                "slg" => organization.slg = Option::from_any(value)?,
                "rol" => organization.rol = Option::from_any(value)?,
                "per" => organization.per = Option::from_any(value)?,
                "fpm" => organization.fpm = Option::from_any(value)?,
                _ => {}
            }
        }
        Some(organization)
    }
}

/// Decodes the claims of a token, or Clerk's response about an opaque token. The error never
/// contains text of the JSON.
pub(crate) fn parse<'de, P: Deserialize<'de>>(json: &'de str) -> Result<P, String> {
    serde_json::from_str(json).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let reason = if error.is_data() {
            "a claim has an unexpected type, or a name occurs twice"
        } else {
            "its claims are not JSON"
        };
        format!("{reason} (line {line}, column {column})")
    })
}

object! {
    Payload<'de> {
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
    OtherPayload<'de> {
        registered.sub = "sub",
        registered.iss = "iss",
        azp = "azp",
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
    Act {
        sub = "sub",
        kind = "type",
    }
}

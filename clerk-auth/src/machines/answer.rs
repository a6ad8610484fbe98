//! The Backend API's response to the verification of an opaque token.

use std::sync::Arc;

use clerk_core::Timestamp;
use serde_core::de::Error;
use serde_core::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use crate::claims::machine_claims::{MachineClaims, MachineTokenType};
use crate::error::{AuthError, AuthErrorReason};
use crate::token::any::{Any, FromAny};
use crate::token::class::MACHINE;
use crate::token::object::object;
use crate::token::opaque::Opaque;
use crate::token::payload::{Lenient, Strings, lenient, parse};

/// The members of a response that are checked or read.
#[derive(Default)]
struct Answer {
    object: Option<String>,
    id: Option<String>,
    subject: Option<String>,
    revoked: Option<bool>,
    expired: Option<bool>,
    expiration: Expiration,
    scopes: Option<Vec<String>>,
    name: Option<Lenient<String>>,
    client_id: Option<Lenient<String>>,
    created_at: Option<Lenient<Millis>>,
    aud: Option<Lenient<Strings>>,
    claims: Option<Box<RawValue>>,
}

object! {
    Answer {
        object = "object",
        id = "id",
        subject = "subject",
        revoked = "revoked",
        expired = "expired",
        expiration = "expiration",
        scopes = "scopes",
        name = "name",
        client_id = "client_id",
        created_at = "created_at",
        aud = "aud",
        claims = "claims",
    }
}

/// The member `expiration`. Null means that the token never expires. If the member is missing, the
/// token is refused.
#[derive(Default)]
enum Expiration {
    #[default]
    Missing,
    Never,
    At(Timestamp),
}

impl<'de> Deserialize<'de> for Expiration {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let millis = Option::from_any(Any::deserialize(deserializer)?);
        let millis = millis.ok_or_else(|| D::Error::custom("it is not a time"))?;
        Ok(millis.map_or(Self::Never, |Millis(at)| Self::At(at)))
    }
}

/// A time in milliseconds since 1970, whole or fractional.
#[derive(Debug, Clone, Copy)]
struct Millis(Timestamp);

impl FromAny<'_> for Millis {
    #[allow(clippy::cast_possible_truncation, reason = "the cast saturates")]
    fn from_any(any: Any<'_>) -> Option<Self> {
        let millis = match any {
            Any::Integer(millis) => millis,
            Any::Float(millis) => millis.floor() as i64,
            _ => return None,
        };
        Some(Self(Timestamp::from_millis(millis)))
    }
}

/// The claims and the audiences of a valid token.
#[derive(Debug, Clone)]
pub(crate) struct Verified {
    pub(crate) claims: MachineClaims,
    /// The audiences. `None` if the response names none.
    pub(crate) audiences: Option<Vec<String>>,
}

/// Reads the body of a response with a status of 2xx.
///
/// The token is accepted only if every required member has the expected value. The time of
/// expiration is compared with the clock later, each time the token is used.
pub(crate) fn read(kind: Opaque, json: &str) -> Result<Verified, AuthError> {
    let refuse = |why: &str| {
        let message = format!("Clerk does not say that the token is valid: {why}");
        Err(AuthError::invalid(message))
    };
    let has_valid_claims = |answer: &Answer| {
        let claims = answer.claims.as_ref();
        claims.is_none_or(|claims| parse::<Any<'_>>(claims.get()).is_ok())
    };
    let Some(answer) = parse(json).ok().filter(has_valid_claims) else {
        return refuse("a member of the response has an unexpected type, or a name occurs twice");
    };
    let (object, token_type, subjects) = expected(kind);
    if answer.object.as_deref() != Some(object) {
        return refuse(&format!("the response is not of the type {object}"));
    }
    let Some(id) = answer.id.filter(|id| !id.is_empty()) else {
        return refuse("the response has no id");
    };
    let is_subject = |subject: &String| {
        let mut ids = subjects
            .iter()
            .filter_map(|prefix| subject.strip_prefix(prefix));
        ids.any(|id| !id.is_empty())
    };
    let Some(subject) = answer.subject.filter(is_subject) else {
        return refuse("the response has no subject of the right type");
    };
    match answer.revoked {
        Some(false) => {}
        Some(true) => return Err(AuthError::invalid("invalid token: it was revoked")),
        None => return refuse("the response has no member revoked"),
    }
    match answer.expired {
        Some(false) => {}
        Some(true) => return Err(expired()),
        None => return refuse("the response has no member expired"),
    }
    let expires_at = match answer.expiration {
        Expiration::At(time) => Some(time),
        Expiration::Never => None,
        Expiration::Missing => return refuse("the response has no member expiration"),
    };
    let claims = answer.claims.filter(|claims| claims.get().starts_with('{'));
    Ok(Verified {
        claims: MachineClaims {
            token_type,
            token_id: Some(id),
            subject,
            name: lenient(answer.name),
            client_id: lenient(answer.client_id),
            scopes: answer.scopes.unwrap_or_default(),
            issued_at: lenient(answer.created_at).map(|millis| millis.0),
            expires_at,
            json: Arc::from(claims.as_ref().map_or("{}", |claims| claims.get())),
        },
        audiences: lenient(answer.aud).map(|audiences| audiences.0),
    })
}

/// Creates the error of a token that has expired.
pub(crate) fn expired() -> AuthError {
    AuthError::new(AuthErrorReason::TokenExpired, "the token has expired")
}

/// Returns the expected value of `object`, the type of the token, and the allowed prefixes of
/// `subject`.
fn expected(kind: Opaque) -> (&'static str, MachineTokenType, &'static [&'static str]) {
    match kind {
        Opaque::ApiKey => (
            "api_key",
            MachineTokenType::ApiKey,
            &["user_", "org_", MACHINE],
        ),
        Opaque::M2m => (
            "machine_to_machine_token",
            MachineTokenType::M2m,
            &[MACHINE],
        ),
        Opaque::OAuth => (
            "clerk_idp_oauth_access_token",
            MachineTokenType::OAuth,
            &["user_"],
        ),
    }
}

//! The session cookies.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE;
use clerk_core::Timestamp;
use http::HeaderMap;
use http::header::COOKIE;

use crate::claims::session_claims::SessionClaims;
use crate::error::{AuthError, AuthErrorReason};
use crate::publishable_key::PublishableKey;
use crate::request::sha1::sha1;

const SESSION: &str = "__session";
const CLIENT_UAT: &str = "__client_uat";
/// The maximum number of cookies whose token is verified.
const MAX_CANDIDATES: usize = 8;

/// The session cookies that are accepted: `__session`, and `__session_…` with a suffix.
///
/// The cookie `__client_uat` with the same suffix contains the time at which the browser's sign-in
/// state last changed. Tokens that were made before this time are refused. If `__client_uat` is 0,
/// missing or malformed, the browser counts as signed out. If `__client_uat` occurs several times,
/// each of its values must allow the token.
///
/// At most 8 session cookies of a request are verified. Those with a suffix come first.
#[derive(Debug, Clone)]
pub struct Cookies {
    /// The suffix of the instance's cookies. `None` accepts any suffix.
    suffix: Option<String>,
}

impl Cookies {
    /// Accepts `__session`, and `__session_…` with the suffix that Clerk derives from this key.
    #[must_use]
    pub fn of(key: &PublishableKey) -> Self {
        let digest = URL_SAFE.encode(sha1(key.as_str().as_bytes()));
        let suffix = digest.chars().take(8).collect();
        Self {
            suffix: Some(suffix),
        }
    }

    /// Accepts session cookies with any suffix. Tokens of other instances are still refused,
    /// because their signatures do not match.
    #[must_use]
    pub fn any() -> Self {
        Self { suffix: None }
    }

    /// Returns the tokens of the cookies. Tokens of cookies with a suffix come first.
    pub(crate) fn candidates<'a>(&self, headers: &'a HeaderMap) -> Vec<Candidate<'a>> {
        let mut sessions = Vec::new();
        let mut updates = Vec::new();
        for (name, value) in pairs(headers) {
            if let Some(suffix) = suffix_of(name, SESSION).filter(|_| !value.is_empty()) {
                if self.accepts(suffix) {
                    sessions.push((suffix, value));
                }
            } else if let Some(suffix) = suffix_of(name, CLIENT_UAT) {
                updates.push((suffix, seconds(value)));
            }
        }
        sessions.sort_by_key(|(suffix, _)| suffix.is_empty());
        sessions.truncate(MAX_CANDIDATES);
        // The strictest value counts: 0, or else the latest time.
        let strictest = |suffix: &str| {
            let own = updates.iter().filter(|(other, _)| *other == suffix);
            let own = own.map(|(_, seconds)| *seconds);
            own.reduce(|a, b| if a.min(b) == 0 { 0 } else { a.max(b) })
        };
        let candidates = sessions.into_iter().map(|(suffix, token)| Candidate {
            token,
            client_uat: strictest(suffix).unwrap_or(0),
        });
        candidates.collect()
    }

    fn accepts(&self, suffix: &str) -> bool {
        let own = self.suffix.as_deref();
        suffix.is_empty() || own.is_none_or(|own| own == suffix)
    }
}

/// A token from a cookie.
#[derive(Debug, PartialEq)]
pub(crate) struct Candidate<'a> {
    pub(crate) token: &'a str,
    /// The time at which the sign-in state last changed, in seconds since 1970. 0 if the browser is
    /// signed out.
    pub(crate) client_uat: u64,
}

/// Reads a time in seconds. Returns 0 if it is malformed.
fn seconds(text: &str) -> u64 {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return 0;
    }
    text.parse().unwrap_or(0)
}

/// Returns an error if the browser is signed out.
pub(crate) fn check_signed_in(client_uat: u64) -> Result<(), AuthError> {
    if client_uat == 0 {
        let message = "the browser is signed out (__client_uat is 0, missing or malformed)";
        return Err(AuthError::new(AuthErrorReason::ClientSignedOut, message));
    }
    Ok(())
}

/// Returns an error if the sign-in state of the browser has changed since the token was made, or if
/// the token does not say when it was made.
pub(crate) fn check_client_uat(claims: &SessionClaims, client_uat: u64) -> Result<(), AuthError> {
    let millis = i64::try_from(client_uat)
        .unwrap_or(i64::MAX)
        .saturating_mul(1_000);
    if claims
        .issued_at
        .is_none_or(|issued_at| issued_at < Timestamp::from_millis(millis))
    {
        let reason = AuthErrorReason::SessionTokenBeforeClientUat;
        let message = "the token is older than the last change of the browser's sign-in state \
                       (__client_uat)";
        return Err(AuthError::new(reason, message));
    }
    Ok(())
}

/// Returns the suffix of a cookie's name, or an empty text if the name is exactly `base`. `None` if
/// the cookie has another name.
fn suffix_of<'a>(name: &'a str, base: &str) -> Option<&'a str> {
    let rest = name.strip_prefix(base)?;
    match rest.strip_prefix('_') {
        Some(suffix) if !suffix.is_empty() => Some(suffix),
        _ => rest.is_empty().then_some(rest),
    }
}

/// Returns the names and values of cookies (RFC 6265, 4.2). HTTP/2 allows several `Cookie` headers.
fn pairs(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    let values = headers.get_all(COOKIE).iter();
    let pairs = values.flat_map(|value| value.as_bytes().split(|byte| *byte == b';'));
    pairs.filter_map(|pair| {
        // A cookie that is not UTF-8 is skipped. Another application may have set it.
        let pair = std::str::from_utf8(pair).ok()?;
        let (name, value) = pair.split_once('=')?;
        let value = value.trim();
        let unquoted = value
            .strip_prefix('"')
            .and_then(|value| value.strip_suffix('"'));
        Some((name.trim(), unquoted.unwrap_or(value)))
    })
}

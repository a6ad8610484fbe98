//! The result of a fetch of the keys.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use clerk_core::models::JsonWebKeySet;
use clerk_core::{Error, Timestamp};
use http::header::DATE;
use http::{HeaderMap, StatusCode};

use crate::error::AuthErrorReason;

#[derive(Debug)]
pub(crate) struct Fetched {
    pub(crate) keys: JsonWebKeySet,
    /// The milliseconds by which this machine's clock is ahead of Clerk's. `None` if this machine
    /// has no clock, or the response has no date.
    pub(crate) clock_ahead: Option<i64>,
}

#[derive(Debug, Clone)]
pub(crate) struct Failure {
    pub(crate) reason: AuthErrorReason,
    pub(crate) message: String,
    pub(crate) source: Option<Arc<Error>>,
    /// The time to wait according to the response. `None` if the response gives no time.
    pub(crate) retry_after: Option<Duration>,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let (reason, message) = if error.is_unauthorized() {
            let message =
                "invalid secret key: Clerk refused it; check that it is the key of this instance";
            (AuthErrorReason::SecretKeyInvalid, message.to_owned())
        } else if error.kind() == clerk_core::ErrorKind::Decode {
            let message = format!("the response is not a key set: {error}");
            (AuthErrorReason::JwkRemoteInvalid, message)
        } else {
            let message = format!("the keys could not be fetched: {error}");
            (AuthErrorReason::JwkRemoteFailedToLoad, message)
        };
        Self {
            reason,
            message,
            retry_after: error.retry_after(),
            source: Some(Arc::new(error)),
        }
    }
}

impl Failure {
    pub(crate) fn new(reason: AuthErrorReason, message: impl Into<String>) -> Self {
        let message = message.into();
        Self {
            reason,
            message,
            source: None,
            retry_after: None,
        }
    }

    /// Creates the failure of a response whose status is not 200.
    pub(crate) fn of_status(status: StatusCode, retry_after: Option<Duration>) -> Self {
        let reason = AuthErrorReason::JwkRemoteFailedToLoad;
        let failure = Self::new(reason, format!("the keys could not be fetched: {status}"));
        Self {
            retry_after,
            ..failure
        }
    }
}

/// Returns how far `now` is ahead of the `Date` of a response, in milliseconds. `None` if `now` is
/// `None`, or if the response has no valid date.
pub(crate) fn clock_ahead(now: Option<Timestamp>, headers: &HeaderMap) -> Option<i64> {
    let date = headers.get(DATE)?.to_str().ok()?;
    let date: SystemTime = httpdate::parse_http_date(date).ok()?;
    let date = Timestamp::from(date);
    Some(now?.as_millis().saturating_sub(date.as_millis()))
}

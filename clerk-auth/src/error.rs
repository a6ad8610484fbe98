//! The error of a refused token or request, and the response to it.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use clerk_core::Error;
use http::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderValue, Response, StatusCode};

use crate::claims::reverification::Reverification;

/// The error of a refused token or request.
///
/// [`reason`](AuthError::reason) returns the cause. [`status`](AuthError::status) returns the HTTP
/// status to respond with. The texts of an error never contain a token.
#[derive(Clone)]
pub struct AuthError(Arc<Inner>);

struct Inner {
    reason: AuthErrorReason,
    message: String,
    retry_after: Option<Duration>,
    reverification: Option<Reverification>,
    source: Option<Arc<Error>>,
}

macro_rules! reasons {
    ($($(#[$meta:meta])* $reason:ident = $text:literal, $status:ident;)+) => {
        /// The reason of an [`AuthError`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum AuthErrorReason {
            $($(#[$meta])* #[doc = concat!(" (`", $text, "`)")] $reason,)+
        }

        impl AuthErrorReason {
            /// Returns the name, such as `token-expired`. Most names are those of Clerk's
            /// JavaScript SDK.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$reason => $text,)+
                }
            }

            const fn status(self) -> StatusCode {
                match self {
                    $(Self::$reason => StatusCode::$status,)+
                }
            }
        }
    };
}

reasons! {
    /// The request has no token.
    SessionTokenMissing = "session-token-missing", UNAUTHORIZED;
    /// The token is older than the last change of the browser's sign-in state.
    SessionTokenBeforeClientUat = "session-token-iat-before-client-uat", UNAUTHORIZED;
    /// The browser is signed out but still sends a token.
    ClientSignedOut = "session-token-but-no-client-uat", UNAUTHORIZED;
    /// The session is not active. Usually, the user still has tasks to complete.
    SessionPending = "session-token-pending", UNAUTHORIZED;
    /// The token or the `Authorization` header is malformed, the claims cannot be decoded, or the
    /// token of a machine is revoked or unknown to Clerk.
    TokenInvalid = "token-invalid", UNAUTHORIZED;
    /// The token is not signed with RS256.
    TokenInvalidAlgorithm = "token-invalid-algorithm", UNAUTHORIZED;
    /// The token is not of the expected type.
    TokenTypeMismatch = "token-type-mismatch", UNAUTHORIZED;
    /// The signature does not match the key.
    TokenInvalidSignature = "token-invalid-signature", UNAUTHORIZED;
    /// The token does not have the required issuer.
    TokenInvalidIssuer = "token-invalid-issuer", UNAUTHORIZED;
    /// The token was made for an origin that is not authorized, or for no origin.
    TokenInvalidAuthorizedParties = "token-invalid-authorized-parties", UNAUTHORIZED;
    /// The token has no accepted audience.
    TokenInvalidAudience = "token-invalid-audience", UNAUTHORIZED;
    /// The token has expired.
    TokenExpired = "token-expired", UNAUTHORIZED;
    /// The token is not valid yet.
    TokenNotActiveYet = "token-not-active-yet", UNAUTHORIZED;
    /// The token was made in the future.
    TokenIatInTheFuture = "token-iat-in-the-future", UNAUTHORIZED;
    /// The instance has no key with the token's key id.
    JwkKidMismatch = "jwk-kid-mismatch", UNAUTHORIZED;
    /// The keys could not be fetched.
    JwkRemoteFailedToLoad = "jwk-remote-failed-to-load", SERVICE_UNAVAILABLE;
    /// The response to the request for the keys is not a key set.
    JwkRemoteInvalid = "jwk-remote-invalid", SERVICE_UNAVAILABLE;
    /// The instance has no key that can verify a session token.
    JwkRemoteMissing = "jwk-remote-missing", SERVICE_UNAVAILABLE;
    /// Clerk does not accept the secret key.
    SecretKeyInvalid = "secret-key-invalid", SERVICE_UNAVAILABLE;
    /// Clerk did not say whether the token of a machine is valid.
    UnexpectedError = "unexpected-error", SERVICE_UNAVAILABLE;
    /// There is no clock with which to compare the times of the token.
    ClockMissing = "clock-missing", SERVICE_UNAVAILABLE;
    /// An axum route extracts claims, but has no `AuthLayer`.
    LayerMissing = "layer-missing", INTERNAL_SERVER_ERROR;
    /// A condition of an [`Authorization`](crate::Authorization) does not hold. A machine never
    /// fulfils an `Authorization`.
    Forbidden = "forbidden", FORBIDDEN;
    /// The user must verify a factor again.
    ReverificationError = "reverification-error", FORBIDDEN;
}

impl fmt::Display for AuthErrorReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl AuthError {
    pub(crate) fn new(reason: AuthErrorReason, message: impl Into<String>) -> Self {
        Self(Arc::new(Inner {
            reason,
            message: message.into(),
            retry_after: None,
            reverification: None,
            source: None,
        }))
    }

    /// Creates the error of a token that cannot be verified now. `retry_after` is the time to wait
    /// before the next try.
    pub(crate) fn unavailable(
        reason: AuthErrorReason,
        message: String,
        source: Option<Arc<Error>>,
        retry_after: Option<Duration>,
    ) -> Self {
        let reverification = None;
        Self(Arc::new(Inner {
            reason,
            message,
            retry_after,
            reverification,
            source,
        }))
    }

    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new(AuthErrorReason::TokenInvalid, message)
    }

    pub(crate) fn missing() -> Self {
        let reason = AuthErrorReason::SessionTokenMissing;
        Self::new(reason, "the request has no session token")
    }

    pub(crate) fn forbidden() -> Self {
        Self::new(
            AuthErrorReason::Forbidden,
            "the user or the machine is not allowed to do this",
        )
    }

    pub(crate) fn reverification(asked: Reverification) -> Self {
        Self(Arc::new(Inner {
            reason: AuthErrorReason::ReverificationError,
            message: "the user must verify a factor again".to_owned(),
            retry_after: None,
            reverification: Some(asked),
            source: None,
        }))
    }

    /// Returns the reason.
    #[must_use]
    pub fn reason(&self) -> AuthErrorReason {
        self.0.reason
    }

    /// Returns the status to respond with.
    ///
    /// - 401: the request has no token that the verifier accepts.
    /// - 403: the user or the machine is not allowed to do this, or the user must verify a factor
    ///   again.
    /// - 500: the route has no `AuthLayer`.
    /// - 503: the token cannot be verified. The keys, the current time or Clerk's response is not
    ///   available, or Clerk does not accept the secret key.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.0.reason.status()
    }

    /// Returns the header `WWW-Authenticate` to respond with (RFC 6750). `None` if the status is
    /// not 401.
    #[must_use]
    pub fn www_authenticate(&self) -> Option<HeaderValue> {
        if self.status() != StatusCode::UNAUTHORIZED {
            return None;
        }
        // RFC 6750 (3.1) allows no error code for a request without a token.
        let value = if self.0.reason == AuthErrorReason::SessionTokenMissing {
            "Bearer".to_owned()
        } else {
            let reason = self.0.reason.as_str();
            format!("Bearer error=\"invalid_token\", error_description=\"{reason}\"")
        };
        HeaderValue::try_from(value).ok()
    }

    /// Returns how long to wait before the next request. `None` if waiting does not help, or if the
    /// necessary wait is unknown.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Returns the JSON to respond with.
    ///
    /// If the user must verify a factor again, the JSON tells Clerk's frontend
    /// (`useReverification`) which factor to ask for. Otherwise, the JSON contains the reason.
    #[must_use]
    pub fn body(&self) -> String {
        match self.0.reverification {
            Some(asked) => format!(
                r#"{{"clerk_error":{{"type":"forbidden","reason":"reverification-error","metadata":{{"reverification":{{"level":"{}","afterMinutes":{}}}}}}}}}"#,
                asked.level().as_str(),
                asked.minutes()
            ),
            None => format!(r#"{{"error":"{}"}}"#, self.0.reason),
        }
    }

    /// Returns the whole response: the status, `WWW-Authenticate` or `Retry-After`, and the
    /// [`body`](AuthError::body).
    ///
    /// The extensions of the response contain this error, so that middleware can log it. Extensions
    /// are not sent to the client.
    #[must_use]
    pub fn to_response(&self) -> Response<String> {
        let mut response = Response::new(self.body());
        *response.status_mut() = self.status();
        response.extensions_mut().insert(self.clone());
        let headers: &mut HeaderMap = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Some(value) = self.www_authenticate() {
            headers.insert(WWW_AUTHENTICATE, value);
        }
        if let Some(wait) = self.retry_after() {
            let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// Writes the name of the reason, and a message: `token-expired: the token expired 12 s ago`.
impl fmt::Display for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0.reason, self.0.message)
    }
}

impl fmt::Debug for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthError")
            .field("reason", &self.0.reason)
            .field("message", &self.0.message)
            .field("source", &self.0.source)
            .finish_non_exhaustive()
    }
}

impl StdError for AuthError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let source = self.0.source.as_deref();
        source.map(|source| source as _)
    }
}

//! The error type of calls and of the setup of clients.

mod display;
pub(crate) mod headers;
pub(crate) mod single_line;

use std::error::Error as StdError;
use std::time::Duration;

use http::{HeaderMap, StatusCode};

use crate::client::error::headers::{retry_after, trace_id};
use crate::client::retry::{AttemptFailure, RetryPolicy};
use crate::models::clerk_error::{ClerkError, ClerkErrors};
use crate::transport::HttpResponse;
use crate::transport::error::{TransportError, TransportErrorKind};
use crate::uri::operation::OperationInfo;

/// Clerk's code for the error that another request is modifying the same resource.
const RESOURCE_LOCKED: &str = "resource_locked";

/// The error type of this crate.
///
/// # In a log
///
/// `Display` is one line: the operation, the status, Clerk's first code and message, and the trace
/// id. It contains no bodies and no secrets. The text may change between versions.
///
/// # In a program
///
/// To handle an error, use [`kind`](Error::kind), predicates such as
/// [`is_not_found`](Error::is_not_found), [`status`](Error::status) and [`code`](Error::code). The
/// whole response is available from [`body`](Error::body) and [`headers`](Error::headers).
///
/// ```
/// # clerk_client::doctest(async |users| {
/// match users.get_user("user_unknown").await {
///     Ok(user) => println!("{:?}", user.first_name),
///     Err(error) if error.is_not_found() => println!("no such user"),
///     Err(error) if error.is_rate_limited() => println!("later: {:?}", error.retry_after()),
///     Err(error) => println!("{error}"),
/// }
/// # Ok(()) });
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    operation: Option<OperationInfo>,
    message: String,
    response: Option<HttpResponse>,
    clerk: ClerkErrors,
    transport: Option<TransportError>,
    attempts: u32,
    /// Whether the request may have been processed in an attempt before the last attempt.
    earlier_may_have_run: bool,
    /// The wait that the client's own rate limiter would require. `None` if the kind is not
    /// [`ErrorKind::RateLimit`].
    wait: Option<Duration>,
}

/// The stage at which a call failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A setting is missing or invalid, such as the key, the base URL, a setting of a transport or
    /// verifier, or a webhook secret. Nothing was sent.
    Configuration,
    /// The request cannot be written, or Clerk would refuse or misread it. Nothing was sent.
    /// The error of [`Metadata::from_serialize`](crate::Metadata::from_serialize) has this kind,
    /// too.
    InvalidRequest,
    /// The client's own rate limit would delay the call beyond its timeout. An operation that is
    /// not idempotent also fails if the delay would leave too little time for the response. Nothing
    /// was sent.
    RateLimit,
    /// There was no complete response.
    Transport(TransportErrorKind),
    /// The status of the response is not 2xx.
    Api,
    /// The status of the response is 2xx, but the body could not be decoded. The operation most
    /// likely took effect.
    ///
    /// These errors have this kind, too:
    ///
    /// - the error of [`Metadata::get`](crate::Metadata::get)
    /// - the error about a webhook event that cannot be decoded
    /// - the error of a [`Pager`](crate::Pager) if the server ignores or does not know the
    ///   position, or if the list grows faster than it is read
    /// - the error of [`find_user_by_email_address`](crate::UsersApi::find_user_by_email_address)
    ///   if the server ignores the offset
    Decode,
    /// The same [`Call`](crate::Call) was already awaited.
    PolledAfterCompletion,
}

impl Error {
    /// Creates an error about the setup of a client or a transport.
    #[must_use]
    pub fn configuration(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Configuration, message.into())
    }

    pub(crate) fn invalid_request(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::InvalidRequest, message.into())
    }

    pub(crate) fn new(kind: ErrorKind, message: String) -> Self {
        Self(Box::new(Inner {
            kind,
            operation: None,
            message,
            response: None,
            clerk: ClerkErrors::default(),
            transport: None,
            attempts: 0,
            earlier_may_have_run: false,
            wait: None,
        }))
    }

    pub(crate) fn from_transport(error: TransportError) -> Self {
        let mut this = Self::new(ErrorKind::Transport(error.kind()), String::new());
        this.0.transport = Some(error);
        this
    }

    /// Creates the error of a call that has no time to wait for the client's rate limiter.
    ///
    /// `least_time` is the part of the remaining time that the request itself needs.
    pub(crate) fn from_limiter(wait: Duration, remaining: Duration, least_time: Duration) -> Self {
        let mut message = format!(
            "rate limited by the client: would wait {wait:.1?}, but the call's timeout leaves {remaining:.1?}"
        );
        if wait < remaining {
            message += &format!(", and the request needs {least_time:.1?} of it");
        }
        let mut this = Self::new(ErrorKind::RateLimit, message);
        this.0.wait = Some(wait);
        this
    }

    /// Creates the error of a response whose status is not 2xx.
    pub(crate) fn from_status(response: HttpResponse) -> Self {
        let mut this = Self::new(ErrorKind::Api, String::new());
        this.0.clerk = ClerkErrors::read(response.body());
        this.0.response = Some(response);
        this
    }

    /// Creates the error of a response whose body could not be decoded.
    pub(crate) fn from_decode_failure(response: HttpResponse, message: String) -> Self {
        let mut this = Self::new(ErrorKind::Decode, message);
        this.0.response = Some(response);
        this
    }

    /// Adds the operation and the number of attempts.
    pub(crate) fn with_operation(mut self, operation: &OperationInfo, attempts: u32) -> Self {
        self.0.operation = Some(operation.clone());
        self.0.attempts = attempts;
        self
    }

    /// Records whether the request may have been processed in an earlier attempt.
    pub(crate) fn with_earlier(mut self, earlier: Option<&Self>) -> Self {
        self.0.earlier_may_have_run = earlier.is_some_and(|earlier| {
            let refused = match earlier.failure() {
                Some(AttemptFailure::ResourceLocked) => true,
                _ => earlier.is_rate_limited(),
            };
            earlier.0.earlier_may_have_run || !(refused || earlier.is_not_sent())
        });
        self
    }

    /// Returns the stage at which the call failed.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns Clerk's operationId, such as `GetUser`. For
    /// [`Clerk::request`](crate::Clerk::request), it is `request`. `None` if the error is not about
    /// a single call, for example if the client could not be built.
    #[must_use]
    pub fn operation_id(&self) -> Option<&'static str> {
        let operation = self.0.operation.as_ref();
        operation.map(OperationInfo::operation_id)
    }

    /// Returns the status of the response. `None` if there was no response.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.response.as_ref().map(HttpResponse::status)
    }

    /// Returns the headers of the response. `None` if there was no response.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.response.as_ref().map(HttpResponse::headers)
    }

    /// Returns the body of the response. It is empty if there was no response.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        let response = self.0.response.as_ref();
        response.map_or(&[], |response| response.body())
    }

    /// Returns Clerk's errors, in the order of the response body. Empty if the body is not a Clerk
    /// error.
    #[must_use]
    #[doc(alias = "errors")]
    pub fn clerk_errors(&self) -> &[ClerkError] {
        &self.0.clerk.errors
    }

    /// Returns the code of Clerk's first error, such as `resource_not_found`. `None` if the body is
    /// not a Clerk error, or if the first error has no code.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        let code = &self.0.clerk.errors.first()?.code;
        (!code.is_empty()).then_some(code)
    }

    /// Returns Clerk's errors about one parameter of the request, such as `email_address`. Empty if
    /// there are no such errors.
    #[must_use]
    pub fn for_param(&self, name: &str) -> Vec<&ClerkError> {
        let named = |error: &&ClerkError| error.param_name().as_deref() == Some(name);
        self.clerk_errors().iter().filter(named).collect()
    }

    /// Returns the id to quote to Clerk's support: the trace id of the body, or else the header
    /// `Clerk-Trace-Id`, or else `cf-ray`. `None` if there is none.
    #[must_use]
    pub fn trace_id(&self) -> Option<&str> {
        let body = self.0.clerk.clerk_trace_id.as_deref();
        body.or_else(|| self.headers().and_then(trace_id))
    }

    /// Returns how long to wait before retrying, as given by `Retry-After` or by the client's own
    /// rate limiter. `None` if neither gives a time.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.wait.or_else(|| retry_after(self.headers()?))
    }

    /// Returns how often the request was passed to the transport, which may not have sent it. 0 if
    /// the request was never passed, or if the error is not about a single call.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Whether the status is 404: the requested resource does not exist.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(StatusCode::NOT_FOUND)
    }

    /// Whether Clerk says that the requested resource does not exist: the status is 404, and the
    /// code has the form of Clerk's codes. The 404 of a wrong URL has no such code.
    pub(crate) fn is_missing(&self) -> bool {
        let of_a_word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let is_clerks = |code: &str| {
            code.contains('_') && code.bytes().all(|byte| byte == b'_' || of_a_word(byte))
        };
        self.is_not_found() && self.code().is_some_and(is_clerks)
    }

    /// Whether the status is 429, or the kind is [`RateLimit`](ErrorKind::RateLimit). See
    /// [`retry_after`](Error::retry_after).
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.status() == Some(StatusCode::TOO_MANY_REQUESTS) || self.0.kind == ErrorKind::RateLimit
    }

    /// Whether the status is 401: Clerk does not accept the secret key.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.status() == Some(StatusCode::UNAUTHORIZED)
    }

    /// Whether the status is 409: the request conflicts with another request, or with the current
    /// state of the object.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.status() == Some(StatusCode::CONFLICT)
    }

    /// Whether the response did not arrive in time. The request may have been processed.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.0.kind == ErrorKind::Transport(TransportErrorKind::Timeout)
    }

    /// Whether the request was certainly not processed: the client refused to send it, or the
    /// transport knows that it was not sent. False if an earlier attempt may have been processed.
    #[must_use]
    pub fn is_not_sent(&self) -> bool {
        !self.0.earlier_may_have_run
            && matches!(
                self.0.kind,
                ErrorKind::Configuration
                    | ErrorKind::InvalidRequest
                    | ErrorKind::RateLimit
                    | ErrorKind::Transport(
                        TransportErrorKind::NotSent
                            | TransportErrorKind::Tls
                            | TransportErrorKind::InvalidRequest
                    )
            )
    }

    /// Whether you may retry the same request: it might succeed, and repeating it is harmless.
    ///
    /// The client has already retried the request as often as its [`RetryPolicy`] and the call's
    /// timeout allow.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        let operation = self.0.operation.as_ref();
        let idempotent = operation.is_some_and(OperationInfo::is_idempotent);
        let failure = self.failure();
        self.0.kind == ErrorKind::RateLimit
            || failure.is_some_and(|failure| RetryPolicy::is_retryable(failure, idempotent))
    }

    /// Returns how the last attempt failed. `None` if there was no attempt, or if the response was
    /// 2xx but could not be decoded.
    pub(crate) fn failure(&self) -> Option<AttemptFailure> {
        match self.0.kind {
            ErrorKind::Transport(kind) => Some(AttemptFailure::Transport(kind)),
            ErrorKind::Api if self.is_conflict() && self.code() == Some(RESOURCE_LOCKED) => {
                Some(AttemptFailure::ResourceLocked)
            }
            ErrorKind::Api => self.status().map(AttemptFailure::Status),
            ErrorKind::Configuration
            | ErrorKind::InvalidRequest
            | ErrorKind::RateLimit
            | ErrorKind::Decode
            | ErrorKind::PolledAfterCompletion => None,
        }
    }

    /// Returns the text of the innermost cause of a transport error.
    fn cause(&self) -> Option<String> {
        let mut cause: &dyn StdError = self.0.transport.as_ref()?.source()?;
        while let Some(source) = cause.source() {
            cause = source;
        }
        Some(cause.to_string())
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.transport.as_ref().map(|error| error as _)
    }
}

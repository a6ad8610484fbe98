//! What went wrong, for those who are on call.

use std::error::Error as StdError;
use std::fmt;
use std::time::{Duration, SystemTime};

use http::header::{CONTENT_TYPE, DATE, RETRY_AFTER};
use http::{HeaderMap, StatusCode};

use crate::client::retry::{Failure, RetryPolicy};
use crate::models::clerk_error::{ClerkError, ClerkErrors};
use crate::transport::HttpResponse;
use crate::transport::error::{TransportError, TransportErrorKind};
use crate::uri::operation::OperationInfo;

/// Why a call has no result.
///
/// `Display` is one line with what was being done, what came back and the trace id: fit for a log,
/// without bodies or secrets. The text may change from one version to the next; programs look at
/// [`kind`](Error::kind), the predicates, [`status`](Error::status) and [`code`](Error::code).
/// Whatever came back is still here: [`body`](Error::body), [`headers`](Error::headers).
///
/// ```
/// # use clerk_client::{Clerk, mock::FakeClerk};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// # let clerk = FakeClerk::new().client();
/// match clerk.users().get_user("user_nobody").await {
///     Ok(user) => println!("{:?}", user.first_name),
///     Err(error) if error.is_not_found() => println!("no such user"),
///     Err(error) if error.is_rate_limited() => println!("later: {:?}", error.retry_after()),
///     Err(error) => println!("{error}"),
/// }
/// # }
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    operation: Option<OperationInfo>,
    message: String,
    answer: Option<HttpResponse>,
    clerk: ClerkErrors,
    transport: Option<TransportError>,
    attempts: u32,
    /// What the client's own limiter asks to wait.
    wait: Option<Duration>,
}

/// Where a call failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client was set up wrongly: a key, URL or other setting. Nothing was sent.
    Configuration,
    /// The request is one that Clerk would refuse or misread. Nothing was sent.
    InvalidRequest,
    /// The client's own rate limit leaves the call no time. Nothing was sent.
    RateLimit,
    /// There was no complete response.
    Transport(TransportErrorKind),
    /// The answer has a status other than 2xx.
    Api,
    /// The answer has a status of 2xx and a body that does not fit. What was asked for has most
    /// likely been done. Also for metadata that is not of the type that was asked for.
    Decode,
    /// The same [`Call`](crate::Call) was awaited before, and its result is gone.
    AlreadyMade,
}

impl Error {
    /// An error in how a client or a transport is set up.
    #[must_use]
    pub fn configuration(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Configuration, message.into())
    }

    pub(crate) fn new(kind: ErrorKind, message: String) -> Self {
        Self(Box::new(Inner {
            kind,
            operation: None,
            message,
            answer: None,
            clerk: ClerkErrors::default(),
            transport: None,
            attempts: 0,
            wait: None,
        }))
    }

    pub(crate) fn from_transport(error: TransportError) -> Self {
        let mut this = Self::new(ErrorKind::Transport(error.kind()), String::new());
        this.0.transport = Some(error);
        this
    }

    /// The client's own limiter has a longer wait than the call has time.
    pub(crate) fn from_limiter(wait: Duration, left: Duration) -> Self {
        let message = format!(
            "its turn within the client's rate limit comes in {wait:.1?}, and it has {left:.1?} left"
        );
        let mut this = Self::new(ErrorKind::RateLimit, message);
        this.0.wait = Some(wait);
        this
    }

    /// An answer with a status other than 2xx.
    pub(crate) fn from_status(answer: HttpResponse) -> Self {
        let mut this = Self::new(ErrorKind::Api, String::new());
        this.0.clerk = ClerkErrors::read(answer.body());
        this.0.answer = Some(answer);
        this
    }

    /// An answer whose body does not fit.
    pub(crate) fn from_misfit(answer: HttpResponse, message: String) -> Self {
        let mut this = Self::new(ErrorKind::Decode, message);
        this.0.answer = Some(answer);
        this
    }

    /// With what was being done.
    pub(crate) fn during(mut self, operation: &OperationInfo, attempts: u32) -> Self {
        self.0.operation = Some(operation.clone());
        self.0.attempts = attempts;
        self
    }

    /// Where the call failed.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Clerk's operationId of what was being done, such as `GetUser`; `request` for
    /// [`Clerk::request`](crate::Clerk::request). `None` where nothing was: a client being set up.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation.as_ref().map(OperationInfo::id)
    }

    /// The status of the answer, where there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.answer.as_ref().map(HttpResponse::status)
    }

    /// The headers of the answer, where there was one.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.answer.as_ref().map(HttpResponse::headers)
    }

    /// The body of the answer, whatever it is; empty where there was no answer.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        self.0.answer.as_ref().map_or(&[], |answer| answer.body())
    }

    /// What Clerk found wrong; empty where the answer was not one of Clerk's errors.
    #[must_use]
    pub fn api(&self) -> &[ClerkError] {
        &self.0.clerk.errors
    }

    /// The code of the first thing that Clerk found wrong: `resource_not_found` …
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        let code = &self.0.clerk.errors.first()?.code;
        (!code.is_empty()).then_some(code)
    }

    /// What Clerk found wrong with one parameter of the request: `email_address` …
    #[must_use]
    pub fn for_param(&self, name: &str) -> Vec<&ClerkError> {
        let named = |error: &&ClerkError| error.param_name().as_deref() == Some(name);
        self.api().iter().filter(named).collect()
    }

    /// What to quote to Clerk's support: the trace id of the body, else of the header
    /// `Clerk-Trace-Id`, else `cf-ray`.
    #[must_use]
    pub fn trace_id(&self) -> Option<&str> {
        let body = self.0.clerk.clerk_trace_id.as_deref();
        body.or_else(|| self.headers().and_then(trace_id))
    }

    /// How long the server asks to wait (`Retry-After`), or the client's own rate limit, where one
    /// does.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.wait.or_else(|| retry_after(self.headers()?))
    }

    /// How often the request was given to the transport: 0 when nothing was sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// 404: there is no such thing.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(StatusCode::NOT_FOUND)
    }

    /// 429, too many requests for this instance, or more than the client's own rate limit lets
    /// through in time. See [`retry_after`](Error::retry_after).
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.status() == Some(StatusCode::TOO_MANY_REQUESTS) || self.0.kind == ErrorKind::RateLimit
    }

    /// 401: the secret key was not accepted.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.status() == Some(StatusCode::UNAUTHORIZED)
    }

    /// 409: it clashes with something that happened at the same time or before.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.status() == Some(StatusCode::CONFLICT)
    }

    /// No answer in time. The request may have been processed.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.0.kind == ErrorKind::Transport(TransportErrorKind::Timeout)
    }

    /// Nothing of the request was processed, for sure: it was refused before it was sent, or the
    /// transport knows that it did not go out.
    #[must_use]
    pub fn is_not_sent(&self) -> bool {
        matches!(
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

    /// Whether the same request may be sent again without doing anything twice, and has a chance to
    /// succeed: see [`RetryPolicy`]. The client has done so as often as it was allowed to.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        let operation = self.0.operation.as_ref();
        let idempotent = operation.is_some_and(OperationInfo::is_idempotent);
        let failure = self.failure();
        self.0.kind == ErrorKind::RateLimit
            || failure.is_some_and(|failure| RetryPolicy::is_retryable(failure, idempotent))
    }

    /// What the attempt came to; `None` where there was none, or it succeeded.
    pub(crate) fn failure(&self) -> Option<Failure> {
        match self.0.kind {
            ErrorKind::Transport(kind) => Some(Failure::Transport(kind)),
            ErrorKind::Api => self.status().map(Failure::Status),
            ErrorKind::Configuration
            | ErrorKind::InvalidRequest
            | ErrorKind::RateLimit
            | ErrorKind::Decode
            | ErrorKind::AlreadyMade => None,
        }
    }

    fn cause(&self) -> Option<String> {
        let mut cause: &dyn StdError = self.0.transport.as_ref()?.source()?;
        while let Some(source) = cause.source() {
            cause = source;
        }
        Some(cause.to_string())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.operation() {
            write!(f, "{operation}: ")?;
        }
        match self.0.kind {
            ErrorKind::Configuration => write!(f, "configuration: {}", Line(&self.0.message))?,
            ErrorKind::InvalidRequest => {
                write!(f, "refused before sending: {}", Line(&self.0.message))?
            }
            ErrorKind::AlreadyMade => f.write_str(&self.0.message)?,
            ErrorKind::RateLimit => write!(f, "not sent: {}", self.0.message)?,
            ErrorKind::Transport(kind) => {
                f.write_str(kind.describe())?;
                if let Some(cause) = self.cause() {
                    write!(f, ": {}", Line(&cause))?;
                }
            }
            ErrorKind::Api | ErrorKind::Decode => {
                if let Some(answer) = &self.0.answer {
                    self.fmt_answer(answer, f)?;
                } else {
                    write!(f, "{}", Line(&self.0.message))?;
                }
            }
        }
        if self.0.attempts > 1 {
            write!(f, " (attempt {})", self.0.attempts)?;
        }
        Ok(())
    }
}

impl Error {
    fn fmt_answer(&self, answer: &HttpResponse, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = answer.status();
        f.write_str(status.as_str())?;
        if let Some(reason) = status.canonical_reason() {
            write!(f, " {reason}")?;
        }
        match self.api() {
            _ if self.0.kind == ErrorKind::Decode => {
                write!(f, ", but the body does not fit: {}", Line(&self.0.message))?;
            }
            [] if status.is_redirection() => {
                f.write_str(": redirects are not followed; is the base URL right?")?;
            }
            [] => {
                let length = answer.body().len();
                write!(f, ": no error of Clerk's in the body ({length} bytes")?;
                if let Some(content_type) = answer.headers().get(CONTENT_TYPE) {
                    let content_type = String::from_utf8_lossy(content_type.as_bytes());
                    write!(f, ", {}", Line(&content_type))?;
                }
                f.write_str(")")?;
            }
            [first, more @ ..] => {
                let text = match (&*first.long_message, &*first.message) {
                    ("", message) => message,
                    (long_message, _) => long_message,
                };
                write!(f, ": {}: {}", Line(&first.code), Line(text))?;
                if !more.is_empty() {
                    write!(f, " (and {} more)", more.len())?;
                }
            }
        }
        if let Some(wait) = self.retry_after() {
            write!(f, "; retry after {} s", wait.as_secs())?;
        }
        if let Some(trace_id) = self.trace_id() {
            write!(f, " [trace {}]", Line(trace_id))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            kind,
            message,
            clerk,
            transport,
            attempts,
            ..
        } = &*self.0;
        f.debug_struct("Error")
            .field("kind", kind)
            .field("operation", &self.operation())
            .field("status", &self.status())
            .field("message", message)
            .field("api", &clerk.errors)
            .field("trace_id", &self.trace_id())
            .field("attempts", attempts)
            .field("body_bytes", &self.body().len())
            .field("transport", transport)
            .finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.transport.as_ref().map(|error| error as _)
    }
}

/// Text from elsewhere, kept to one line of bearable length.
struct Line<'a>(&'a str);

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MAX: usize = 400;
        for (count, character) in self.0.chars().enumerate() {
            if count == MAX {
                return f.write_str("…");
            }
            fmt::Write::write_char(
                f,
                if character.is_control() {
                    ' '
                } else {
                    character
                },
            )?;
        }
        Ok(())
    }
}

/// The trace id of the headers.
pub(crate) fn trace_id(headers: &HeaderMap) -> Option<&str> {
    ["clerk-trace-id", "cf-ray"]
        .into_iter()
        .filter_map(|name| headers.get(name)?.to_str().ok())
        .find(|id| !id.is_empty())
}

/// Seconds, or a date that is read against the response's own `Date`: the clocks of the two ends
/// need not agree.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than fit mean longer than anybody waits.
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let date = |text: &str| -> Option<SystemTime> { httpdate::parse_http_date(text).ok() };
    let until = date(value)?;
    let sent = date(headers.get(DATE)?.to_str().ok()?)?;
    Some(until.duration_since(sent).unwrap_or_default())
}

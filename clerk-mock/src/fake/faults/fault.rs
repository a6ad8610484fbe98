//! Faults that a test injects.

use std::time::Duration;

use clerk_core::bytes::Bytes;
use clerk_core::http::header::RETRY_AFTER;
use clerk_core::http::{HeaderValue, StatusCode};
use clerk_core::{HttpResponse, TransportError, TransportErrorKind};
use serde_json::{Value, json};

use crate::fake::operations::response;

/// The trace id of every response that a fault creates.
const TRACE_ID: &str = "fault";

/// A failure or a delay of one request.
///
/// Inject it with [`FakeClerk::inject_fault`] or [`FakeClerk::inject_faults`].
///
/// ```
/// use clerk_client::mock::{FakeClerk, Fault};
/// use clerk_client::requests::CreateUserRequest;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), clerk_client::Error> {
/// let fake = FakeClerk::new();
/// let pwned = Fault::error(422, "form_password_pwned").param("password");
/// fake.inject_fault("CreateUser", 1, pwned);
///
/// let ada = CreateUserRequest::new().password("correct horse battery staple");
/// let refused = fake.client().users().create_user(ada).await.unwrap_err();
/// assert_eq!(refused.code(), Some("form_password_pwned"));
/// # Ok(())
/// # }
/// ```
///
/// [`FakeClerk::inject_fault`]: crate::FakeClerk::inject_fault
/// [`FakeClerk::inject_faults`]: crate::FakeClerk::inject_faults
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "a fault does nothing until it is injected"]
pub struct Fault {
    kind: Kind,
    delay: Duration,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    /// The request does not take effect.
    Refusal(Refusal),
    /// The request does not take effect and gets no response.
    NotSent,
    /// The request takes effect. Its response may be damaged.
    Response(ResponseFault),
}

/// A response that replaces the response of the operation.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Refusal {
    status: StatusCode,
    body: Body,
    /// The value of `Retry-After`, in seconds. `None` if the response has no such header.
    retry_after: Option<u64>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Body {
    /// An error in Clerk's form. If `message` is `None`, the message is the reason phrase of the
    /// status.
    Error {
        code: String,
        message: Option<String>,
        long_message: Option<String>,
        param: Option<String>,
    },
    Json(Value),
}

/// The damage to a response.
#[derive(Debug, Clone, PartialEq, Eq)]
enum ResponseFault {
    Unchanged,
    Lost,
    Cut,
    InvalidBody,
    TruncatedBody,
}

impl Fault {
    fn new(kind: Kind) -> Self {
        Self {
            kind,
            delay: Duration::ZERO,
        }
    }

    /// Responds with `status` and an error in Clerk's form. The error has the code that Clerk uses
    /// for the status in general, such as `too_many_requests` or `resource_not_found`, and the
    /// reason phrase of the status as its message. The request does not take effect.
    ///
    /// If Clerk has no general code for the status, the code is `internal_clerk_error`.
    ///
    /// `status` is from 100 to 999; any other value becomes 500.
    pub fn status(status: u16) -> Self {
        let code = match status {
            400 => "bad_request",
            401 => "authentication_invalid",
            403 => "authorization_invalid",
            404 => "resource_not_found",
            409 => "conflict",
            429 => "too_many_requests",
            503 => "service_unavailable",
            504 => "gateway_timeout",
            _ => "internal_clerk_error",
        };
        Self::error(status, code)
    }

    /// Responds with 429 and `Retry-After`. The request does not take effect.
    pub fn too_many_requests(retry_after_seconds: u64) -> Self {
        Self::status(429).retry_after(retry_after_seconds)
    }

    /// Responds with an error in Clerk's form, such as the status 422 and the code
    /// `form_password_pwned`. The request does not take effect.
    ///
    /// The code can be any text. The message is the reason phrase of the status, unless
    /// [`message`](Self::message) sets another. `status` is from 100 to 999; any other value
    /// becomes 500.
    pub fn error(status: u16, code: impl Into<String>) -> Self {
        let error = Body::Error {
            code: code.into(),
            message: None,
            long_message: None,
            param: None,
        };
        Self::refusal(status, error)
    }

    /// Responds with any JSON. The request does not take effect.
    ///
    /// `status` is from 100 to 999; any other value becomes 500.
    pub fn json(status: u16, body: impl Into<Value>) -> Self {
        Self::refusal(status, Body::Json(body.into()))
    }

    fn refusal(status: u16, body: Body) -> Self {
        Self::new(Kind::Refusal(Refusal {
            status: StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            body,
            retry_after: None,
        }))
    }

    /// Sets the parameter that the error names (`meta.param_name`).
    ///
    /// This method, [`message`](Self::message) and [`long_message`](Self::long_message) affect only
    /// errors in Clerk's form.
    pub fn param(mut self, name: impl Into<String>) -> Self {
        if let Some(Body::Error { param, .. }) = self.body() {
            *param = Some(name.into());
        }
        self
    }

    /// Sets the short message of the error, such as `is invalid`. The long message is the same,
    /// unless [`long_message`](Self::long_message) sets another.
    pub fn message(mut self, text: impl Into<String>) -> Self {
        if let Some(Body::Error { message, .. }) = self.body() {
            *message = Some(text.into());
        }
        self
    }

    /// Sets the long message of the error, a sentence for people.
    pub fn long_message(mut self, text: impl Into<String>) -> Self {
        if let Some(Body::Error { long_message, .. }) = self.body() {
            *long_message = Some(text.into());
        }
        self
    }

    /// Adds `Retry-After` to the response, in seconds.
    ///
    /// This method affects only faults that [`status`](Self::status), [`error`](Self::error),
    /// [`json`](Self::json) and [`too_many_requests`](Self::too_many_requests) create.
    pub fn retry_after(mut self, seconds: u64) -> Self {
        if let Kind::Refusal(refusal) = &mut self.kind {
            refusal.retry_after = Some(seconds);
        }
        self
    }

    fn body(&mut self) -> Option<&mut Body> {
        match &mut self.kind {
            Kind::Refusal(refusal) => Some(&mut refusal.body),
            _ => None,
        }
    }

    /// Refuses the connection, so the request is not sent.
    pub fn not_sent() -> Self {
        Self::new(Kind::NotSent)
    }

    /// Loses the response. The request takes effect.
    pub fn response_lost() -> Self {
        Self::new(Kind::Response(ResponseFault::Lost))
    }

    /// Breaks the connection in the middle of the response. The request takes effect.
    pub fn response_cut() -> Self {
        Self::new(Kind::Response(ResponseFault::Cut))
    }

    /// Replaces the body of the response with HTML, which is not JSON. The request takes effect.
    pub fn invalid_body() -> Self {
        Self::new(Kind::Response(ResponseFault::InvalidBody))
    }

    /// Keeps only the first half of the response body. The request takes effect.
    pub fn truncated_body() -> Self {
        Self::new(Kind::Response(ResponseFault::TruncatedBody))
    }

    /// Delays the response, which is otherwise unchanged. The request takes effect immediately,
    /// unless it exceeds the [rate limit](crate::FakeClerk::set_rate_limit).
    pub fn delayed(delay: Duration) -> Self {
        Self::new(Kind::Response(ResponseFault::Unchanged)).delayed_by(delay)
    }

    /// Delays the outcome by `delay` on the fake's clock.
    ///
    /// A request that takes effect does so immediately.
    pub fn delayed_by(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Returns the delay of the outcome.
    pub(crate) fn delay(&self) -> Duration {
        self.delay
    }

    /// Whether the fault only delays the response.
    pub(crate) fn is_delay(&self) -> bool {
        matches!(self.kind, Kind::Response(ResponseFault::Unchanged))
    }

    /// Whether a request that gets the fault takes effect.
    pub(crate) fn takes_effect(&self) -> bool {
        matches!(self.kind, Kind::Response(_))
    }

    /// Applies the fault to a request. If the request takes effect, calls `respond`, which
    /// processes it.
    pub(crate) fn apply(
        &self,
        respond: impl FnOnce() -> Result<HttpResponse, TransportError>,
    ) -> Result<HttpResponse, TransportError> {
        let fault = match &self.kind {
            Kind::Refusal(refusal) => return Ok(refusal.response()),
            Kind::NotSent => {
                let message = "injected fault: the connection was refused";
                return Err(TransportError::new(TransportErrorKind::NotSent, message));
            }
            Kind::Response(fault) => fault,
        };
        let response = respond()?;
        match fault {
            ResponseFault::Unchanged => Ok(response),
            ResponseFault::Lost => Err(TransportError::new(
                TransportErrorKind::Io,
                "injected fault: the connection was closed before a response",
            )),
            ResponseFault::Cut => Err(TransportError::new(
                TransportErrorKind::Body,
                "injected fault: the connection was closed in the middle of the response",
            )),
            ResponseFault::InvalidBody => {
                Ok(response.map(|_| Bytes::from_static(b"<html>Oops</html>")))
            }
            ResponseFault::TruncatedBody => Ok(response.map(|body| body.slice(..body.len() / 2))),
        }
    }
}

impl Refusal {
    fn response(&self) -> HttpResponse {
        let body = self.body.to_json(self.status);
        let mut response = response::traced_response(self.status, body, TRACE_ID);
        if let Some(seconds) = self.retry_after {
            let headers = response.headers_mut();
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl Body {
    fn to_json(&self, status: StatusCode) -> Value {
        let (code, message, long_message, param) = match self {
            Self::Json(body) => return body.clone(),
            Self::Error {
                code,
                message,
                long_message,
                param,
            } => (code, message, long_message, param),
        };
        let reason = || status.canonical_reason().unwrap_or("Unknown").to_owned();
        let message = message.clone().unwrap_or_else(reason);
        let long_message = long_message.as_ref().unwrap_or(&message);
        let mut error = json!({ "message": message, "long_message": long_message, "code": code });
        if let (Some(param), Some(fields)) = (param, error.as_object_mut()) {
            fields.insert("meta".to_owned(), json!({ "param_name": param }));
        }
        json!({ "errors": [error], "clerk_trace_id": TRACE_ID })
    }
}

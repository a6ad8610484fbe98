//! Faults that a test injects.

use std::time::Duration;

use clerk_core::bytes::Bytes;
use clerk_core::http::header::RETRY_AFTER;
use clerk_core::http::{HeaderValue, StatusCode};
use clerk_core::{HttpResponse, TransportError, TransportErrorKind};

use crate::fake::operations::response::{self, ApiError};

/// A failure or a delay of one request.
///
/// Inject it with [`FakeClerk::inject_fault`] or [`FakeClerk::inject_faults`].
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
    /// The request does not take effect. The response has this status, and `Retry-After` in seconds
    /// if it is `Some`.
    Status(StatusCode, Option<u64>),
    /// The request does not take effect and gets no response.
    NotSent,
    /// The request takes effect. Its response may be damaged.
    Response(ResponseFault),
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

    /// Responds with `status`. The request does not take effect.
    ///
    /// `status` is from 100 to 999; any other value becomes 500.
    pub fn status(status: u16) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self::new(Kind::Status(status, None))
    }

    /// Responds with 429 and `Retry-After`. The request does not take effect.
    pub fn too_many_requests(retry_after_seconds: u64) -> Self {
        let status = StatusCode::TOO_MANY_REQUESTS;
        Self::new(Kind::Status(status, Some(retry_after_seconds)))
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

    /// Delays the response, which is otherwise unchanged. The request takes effect immediately.
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

    /// Applies the fault to a request. `respond` lets the request take effect.
    pub(crate) fn apply(
        &self,
        respond: impl FnOnce() -> Result<HttpResponse, TransportError>,
    ) -> Result<HttpResponse, TransportError> {
        let fault = match &self.kind {
            Kind::Status(status, retry_after) => return Ok(error_response(*status, *retry_after)),
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

/// Returns an error response with a general message for the status.
fn error_response(status: StatusCode, retry_after: Option<u64>) -> HttpResponse {
    let code = match status {
        StatusCode::TOO_MANY_REQUESTS => "too_many_requests",
        _ => "internal_clerk_error",
    };
    let reason = status.canonical_reason().unwrap_or("Unknown");
    let error = ApiError::new(status, code, reason, reason);
    let mut response = response::http_response(Err(error), "fault");
    if let Some(seconds) = retry_after {
        response
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

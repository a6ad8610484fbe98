//! The reply of a test double.

use std::fmt;
use std::time::Duration;

use clerk_core::http::header::CONTENT_TYPE;
use clerk_core::http::{HeaderName, HeaderValue, StatusCode};
use clerk_core::{HttpResponse, TransportError, TransportErrorKind};
use serde_core::Serialize;

/// The reply to a request: a response or a transport error.
///
/// A `MockTransport` returns it, and so does the closure of `FakeClerk::respond_to`.
#[must_use]
pub struct Reply {
    pub(crate) result: Result<HttpResponse, TransportError>,
    pub(crate) delay: Duration,
}

impl Reply {
    /// Replies with a response.
    pub fn new(response: HttpResponse) -> Self {
        Self {
            result: Ok(response),
            delay: Duration::ZERO,
        }
    }

    /// Replies with a status (100 to 999) and a body, without headers.
    ///
    /// An invalid status becomes a transport error.
    pub fn bytes(status: u16, body: impl Into<clerk_core::bytes::Bytes>) -> Self {
        let Ok(status) = StatusCode::from_u16(status) else {
            let message = format!("invalid reply: status {status} is not between 100 and 999");
            return Self::fail(TransportErrorKind::Other, message);
        };
        let mut response = HttpResponse::new(body.into());
        *response.status_mut() = status;
        Self::new(response)
    }

    /// Replies with a status and a JSON body.
    ///
    /// A body that cannot be serialized becomes a transport error.
    pub fn json(status: u16, body: &(impl Serialize + ?Sized)) -> Self {
        match serde_json::to_vec(body) {
            Ok(json) => Self::bytes(status, json).header(CONTENT_TYPE, "application/json"),
            Err(error) => {
                let message = format!("invalid reply: cannot serialize the body: {error}");
                Self::fail(TransportErrorKind::Other, message)
            }
        }
    }

    /// Replies with a transport error instead of a response.
    pub fn fail(kind: TransportErrorKind, message: impl Into<String>) -> Self {
        Self {
            result: Err(TransportError::new(kind, message.into())),
            delay: Duration::ZERO,
        }
    }

    /// Adds a header. If the header is malformed, or if there are too many headers, the reply
    /// becomes a transport error.
    pub fn header<N, V>(mut self, name: N, value: V) -> Self
    where
        N: TryInto<HeaderName>,
        V: TryInto<HeaderValue>,
    {
        if let Ok(response) = &mut self.result {
            let (Ok(name), Ok(value)) = (name.try_into(), value.try_into()) else {
                return Self::fail(
                    TransportErrorKind::Other,
                    "invalid reply: malformed header name or value",
                );
            };
            if response.headers_mut().try_append(name, value).is_err() {
                return Self::fail(TransportErrorKind::Other, "invalid reply: too many headers");
            }
        }
        self
    }

    /// Delays the reply by `delay` on the transport's [`VirtualClock`](crate::VirtualClock).
    pub fn delayed_by(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }
}

/// Hides the body, which may contain secrets.
impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = self.result.as_ref().map(HttpResponse::status);
        f.debug_struct("Reply")
            .field("status", &status)
            .field("delay", &self.delay)
            .finish_non_exhaustive()
    }
}

//! What a mock answers.

use std::fmt;
use std::time::Duration;

use clerk_core::http::header::CONTENT_TYPE;
use clerk_core::http::{HeaderName, HeaderValue, StatusCode};
use clerk_core::{HttpResponse, TransportError, TransportErrorKind};
use serde_core::Serialize;

/// The end of an exchange, as a [`MockTransport`](crate::MockTransport) is told it.
#[must_use]
pub struct Reply {
    pub(crate) result: Result<HttpResponse, TransportError>,
    pub(crate) delay: Duration,
}

impl Reply {
    /// This response.
    pub fn new(response: HttpResponse) -> Self {
        Self {
            result: Ok(response),
            delay: Duration::ZERO,
        }
    }

    /// A response with this status (100 to 999), body and no header.
    pub fn bytes(status: u16, body: impl Into<clerk_core::bytes::Bytes>) -> Self {
        let Ok(status) = StatusCode::from_u16(status) else {
            let message = format!("the test asked for the status {status}, which HTTP cannot have");
            return Self::fail(TransportErrorKind::Other, message);
        };
        let mut response = HttpResponse::new(body.into());
        *response.status_mut() = status;
        Self::new(response)
    }

    /// A response with this status and this as its JSON body.
    pub fn json(status: u16, body: &(impl Serialize + ?Sized)) -> Self {
        match serde_json::to_vec(body) {
            Ok(json) => Self::bytes(status, json).header(CONTENT_TYPE, "application/json"),
            Err(error) => Self::fail(TransportErrorKind::Other, error.to_string()),
        }
    }

    /// No response.
    pub fn fail(kind: TransportErrorKind, message: impl Into<String>) -> Self {
        Self {
            result: Err(TransportError::new(kind, message.into())),
            delay: Duration::ZERO,
        }
    }

    /// With this header too.
    pub fn header<N, V>(mut self, name: N, value: V) -> Self
    where
        N: TryInto<HeaderName>,
        V: TryInto<HeaderValue>,
    {
        if let Ok(response) = &mut self.result {
            match (name.try_into(), value.try_into()) {
                (Ok(name), Ok(value)) => {
                    response.headers_mut().append(name, value);
                }
                _ => {
                    return Self::fail(
                        TransportErrorKind::Other,
                        "the test set a malformed header",
                    );
                }
            }
        }
        self
    }

    /// Only after this has passed on the transport's [`VirtualClock`](crate::VirtualClock).
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }
}

/// Without the body, which may be made of secrets.
impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = self.result.as_ref().map(HttpResponse::status);
        f.debug_struct("Reply")
            .field("status", &status)
            .field("delay", &self.delay)
            .finish_non_exhaustive()
    }
}

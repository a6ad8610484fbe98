//! Responses: the result of a call, with its status and headers.

use std::fmt;

use http::header::SET_COOKIE;
use http::{HeaderMap, StatusCode};
use serde_core::de::DeserializeOwned;

use crate::client::error::Error;
use crate::client::error::headers::trace_id;
use crate::transport::HttpResponse;
use crate::uri::operation::OperationInfo;

/// The result of a call, with the status and the headers of its response.
#[derive(Clone)]
pub struct Response<R> {
    value: R,
    status: StatusCode,
    headers: HeaderMap,
    attempts: u32,
}

impl<R> Response<R> {
    /// Returns the result.
    #[must_use]
    pub fn value(&self) -> &R {
        &self.value
    }

    /// Returns the result, and drops the status and the headers.
    #[must_use]
    pub fn into_value(self) -> R {
        self.value
    }

    /// Returns the status. It is 2xx, or 404 if [`Call::or_none`](crate::Call::or_none) made the
    /// result `None`.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns how often the request was passed to the transport, including attempts in which the
    /// transport did not send it.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Returns the id to quote to Clerk's support: `Clerk-Trace-Id`, or else `cf-ray`. `None` if
    /// the response has neither.
    #[must_use]
    pub fn trace_id(&self) -> Option<&str> {
        trace_id(&self.headers)
    }

    pub(crate) fn new(value: R, status: StatusCode, headers: HeaderMap, attempts: u32) -> Self {
        Self {
            value,
            status,
            headers,
            attempts,
        }
    }

    pub(crate) fn map<U>(self, map: impl FnOnce(R) -> U) -> Response<U> {
        Response::new(map(self.value), self.status, self.headers, self.attempts)
    }
}

impl<R: fmt::Debug> fmt::Debug for Response<R> {
    /// Hides the values of cookies.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut headers = self.headers.clone();
        for (name, value) in &mut headers {
            if name == SET_COOKIE {
                value.set_sensitive(true);
            }
        }
        f.debug_struct("Response")
            .field("value", &self.value)
            .field("status", &self.status)
            .field("headers", &headers)
            .field("attempts", &self.attempts)
            .finish()
    }
}

impl<R> Response<Option<R>> {
    /// Turns an error that has a response into a [`Response`] whose result is `None`. Returns an
    /// error without a response unchanged.
    pub(crate) fn none(error: Error) -> Result<Self, Error> {
        match (error.status(), error.headers()) {
            (Some(status), Some(headers)) => {
                Ok(Self::new(None, status, headers.clone(), error.attempts()))
            }
            _ => Err(error),
        }
    }
}

impl<R: DeserializeOwned> Response<R> {
    pub(crate) fn read(
        operation: &OperationInfo,
        response: HttpResponse,
        attempts: u32,
    ) -> Result<Self, Error> {
        let (status, headers) = (response.status(), response.headers().clone());
        let value = read(operation, response, attempts)?;
        Ok(Self::new(value, status, headers, attempts))
    }
}

/// Returns an error if the status is not 2xx.
pub(crate) fn check_status(response: HttpResponse) -> Result<HttpResponse, Error> {
    if response.status().is_success() {
        Ok(response)
    } else {
        Err(Error::from_status(response))
    }
}

/// Decodes the response to a request that [`Call::into_request`](crate::Call::into_request) made.
///
/// ```
/// # use clerk_client::{Error, mock::FakeClerk};
/// use clerk_client::models::User;
/// use clerk_client::transport::{HttpResponse, OperationInfo, decode};
///
/// # let clerk = FakeClerk::new().client();
/// let request = clerk.users().get_user("user_1").into_request()?;
/// let operation = request.extensions().get::<OperationInfo>().cloned().expect("always present");
/// let response = HttpResponse::new(r#"{"id":"user_1"}"#.into());
/// let user: User = decode(&operation, response)?;
/// assert_eq!(user.id, "user_1");
/// # Ok::<(), Error>(())
/// ```
///
/// # Errors
///
/// Returns an error if the status is not 2xx, or if the body cannot be decoded into `R`.
pub fn decode<R: DeserializeOwned>(
    operation: &OperationInfo,
    response: HttpResponse,
) -> Result<R, Error> {
    let response = check_status(response).map_err(|error| error.with_operation(operation, 1))?;
    read(operation, response, 1)
}

/// Decodes the body of a response with a status of 2xx.
pub(crate) fn read<R: DeserializeOwned>(
    operation: &OperationInfo,
    response: HttpResponse,
    attempts: u32,
) -> Result<R, Error> {
    crate::json::decode::body(response.body()).map_err(|message| {
        Error::from_decode_failure(response, message).with_operation(operation, attempts)
    })
}

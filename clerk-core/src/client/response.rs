//! Answers: which of them is a result, and what comes with one.

use http::{HeaderMap, StatusCode};
use serde_core::de::DeserializeOwned;

use crate::client::error::{Error, trace_id};
use crate::transport::HttpResponse;
use crate::uri::operation::OperationInfo;

/// A result with what came along.
#[derive(Debug, Clone)]
pub struct Response<R> {
    value: R,
    status: StatusCode,
    headers: HeaderMap,
    attempts: u32,
}

impl<R> Response<R> {
    /// The result.
    #[must_use]
    pub fn value(&self) -> &R {
        &self.value
    }

    /// The result, without the rest.
    #[must_use]
    pub fn into_value(self) -> R {
        self.value
    }

    /// The status, which is 2xx.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// How often the request was sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// What to quote to Clerk's support: `Clerk-Trace-Id`, else `cf-ray`.
    #[must_use]
    pub fn trace_id(&self) -> Option<&str> {
        trace_id(&self.headers)
    }
}

impl<R: DeserializeOwned> Response<R> {
    pub(crate) fn read(
        operation: &OperationInfo,
        answer: HttpResponse,
        attempts: u32,
    ) -> Result<Self, Error> {
        let (status, headers) = (answer.status(), answer.headers().clone());
        read(operation, answer, attempts).map(|value| Self {
            value,
            status,
            headers,
            attempts,
        })
    }
}

/// Any status but 2xx is an error: what went wrong may not look like an answer.
pub(crate) fn check_status(answer: HttpResponse) -> Result<HttpResponse, Error> {
    if answer.status().is_success() {
        Ok(answer)
    } else {
        Err(Error::from_status(answer))
    }
}

/// Reads the answer to a request that [`Call::into_request`](crate::Call::into_request) made.
///
/// ```
/// # use clerk_client::{Error, mock::FakeClerk};
/// use clerk_client::models::User;
/// use clerk_client::transport::{HttpResponse, OperationInfo, decode};
///
/// # let clerk = FakeClerk::new().client();
/// let request = clerk.users().get_user("user_1").into_request()?;
/// let operation = request.extensions().get::<OperationInfo>().cloned().expect("always there");
/// let answer = HttpResponse::new(r#"{"id":"user_1"}"#.into());
/// let user: User = decode(&operation, answer)?;
/// assert_eq!(user.id, "user_1");
/// # Ok::<(), Error>(())
/// ```
///
/// # Errors
///
/// For a status other than 2xx, and for a body that is not an `R`.
pub fn decode<R: DeserializeOwned>(
    operation: &OperationInfo,
    answer: HttpResponse,
) -> Result<R, Error> {
    let answer = check_status(answer).map_err(|error| error.during(operation, 1))?;
    read(operation, answer, 1)
}

/// Reads the body of an answer with a status of 2xx.
pub(crate) fn read<R: DeserializeOwned>(
    operation: &OperationInfo,
    answer: HttpResponse,
    attempts: u32,
) -> Result<R, Error> {
    crate::json::decode::body(answer.body())
        .map_err(|message| Error::from_misfit(answer, message).during(operation, attempts))
}

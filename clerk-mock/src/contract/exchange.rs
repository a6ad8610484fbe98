//! Functions with which the clauses of the contract send requests through the transport under test,
//! and check the results.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};

use clerk_core::bytes::Bytes;
use clerk_core::http::{Method, Request};
use clerk_core::{HttpRequest, HttpResponse, HttpTransport, TransportError, TransportErrorKind};

use crate::contract::server::Server;
use crate::contract::transport_under_test::TransportUnderTest;

/// The future that checks a clause.
type Work<'a> = Pin<Box<dyn Future<Output = Result<(), String>> + Send + 'a>>;

/// Runs the future that checks a clause, and returns its result.
pub(crate) fn block_on(subject: &dyn TransportUnderTest, work: Work<'_>) -> Result<(), String> {
    let result = Mutex::new(Err("its future was not run to completion".to_owned()));
    subject.block_on(Box::pin(async {
        let outcome = work.await;
        *result.lock().unwrap_or_else(PoisonError::into_inner) = outcome;
    }));
    result.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// Creates a GET request without a body.
pub(crate) fn get(url: &str) -> Result<HttpRequest, String> {
    request(Method::GET, url, "")
}

/// Creates a request.
pub(crate) fn request(
    method: Method,
    url: &str,
    body: impl Into<Bytes>,
) -> Result<HttpRequest, String> {
    let request = Request::builder().method(method).uri(url).body(body.into());
    request.map_err(|error| format!("{url}: {error}"))
}

/// Checks that the result is a failure of one of the `expected` kinds. If it is not, returns an
/// error that says what happened instead.
pub(crate) fn expect_failure(
    result: Result<HttpResponse, TransportError>,
    expected: &[TransportErrorKind],
    of: &str,
) -> Result<(), String> {
    match result {
        Ok(response) => Err(format!("{of}: Ok({}), not {expected:?}", response.status())),
        Err(error) if expected.contains(&error.kind()) => Ok(()),
        Err(error) => Err(format!("{of}: {error:?}, not {expected:?}")),
    }
}

/// Returns the response. If the result is an error, the returned message contains it.
pub(crate) fn expect_response(
    result: Result<HttpResponse, TransportError>,
    of: &str,
) -> Result<HttpResponse, String> {
    result.map_err(|error| format!("{of}: {error:?}"))
}

/// Requests the path `/v1/{name}` from a server that echoes the last segment of the path, and
/// checks that the body of the response is `name`.
pub(crate) async fn echo(
    transport: &dyn HttpTransport,
    server: &Server,
    name: &str,
) -> Result<(), String> {
    let response = expect_response(transport.send(get(&server.url(name))?).await, name)?;
    if response.body() == name {
        return Ok(());
    }
    Err(format!("the response to {name} was {:?}", response.body()))
}

//! What is tested, and on what.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use clerk_core::bytes::Bytes;
use clerk_core::http::{Method, Request};
use clerk_core::{
    DynTransport, HttpRequest, HttpResponse, HttpTransport, TransportError, TransportErrorKind,
};

use super::server::Server;

/// A transport under test: how it is made, and what runs its futures.
pub trait Subject: Send + Sync + 'static {
    /// A new transport with these settings, as far as it has them.
    fn transport(&self, settings: &Settings) -> DynTransport;

    /// Runs a future to its end on the runtime that the transport needs.
    fn run(&self, future: Pin<Box<dyn Future<Output = ()> + Send + '_>>);

    /// Why the transport does not close connections that nobody uses
    /// ([`Settings::pool_idle_timeout`]), where its pool is not its own. That half of clause 16 is
    /// left out then, and the report says so.
    fn keeps_idle_connections(&self) -> Option<&str> {
        None
    }

    /// Whether the suite's server is met as HTTP/2, through a bridge: there, the end of a stream may
    /// overtake what came before it.
    fn speaks_http2(&self) -> bool {
        false
    }

    /// Why a clause cannot apply to this transport, where one cannot.
    fn exempt(&self, clause: u8) -> Option<&str> {
        let _ = clause;
        None
    }
}

/// What a clause asks of a transport.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Settings {
    /// The largest response body, in bytes.
    pub max_response_bytes: usize,
    /// How long an unused connection is kept open.
    pub pool_idle_timeout: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            max_response_bytes: 32 << 20,
            pool_idle_timeout: Duration::from_secs(90),
        }
    }
}

type Work<'a> = Pin<Box<dyn Future<Output = Result<(), String>> + Send + 'a>>;

/// Runs a clause's future, and hands out its result.
pub(super) fn run(subject: &dyn Subject, work: Work<'_>) -> Result<(), String> {
    let result = Mutex::new(Err("its future was not run to the end".to_owned()));
    subject.run(Box::pin(async {
        let outcome = work.await;
        *result.lock().unwrap_or_else(PoisonError::into_inner) = outcome;
    }));
    result.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// A request without a body.
pub(super) fn get(url: &str) -> Result<HttpRequest, String> {
    request(Method::GET, url, "")
}

pub(super) fn request(
    method: Method,
    url: &str,
    body: impl Into<Bytes>,
) -> Result<HttpRequest, String> {
    let request = Request::builder().method(method).uri(url).body(body.into());
    request.map_err(|error| format!("{url}: {error}"))
}

/// The kind of the failure that is expected; `Err` says what came instead.
pub(super) fn expect_failure(
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

/// The answer that is expected; `Err` says what came instead.
pub(super) fn expect_answer(
    result: Result<HttpResponse, TransportError>,
    of: &str,
) -> Result<HttpResponse, String> {
    result.map_err(|error| format!("{of}: {error:?}"))
}

/// One exchange with a server that answers with the name that it is asked for.
pub(super) async fn echo(
    transport: &dyn HttpTransport,
    server: &Server,
    name: &str,
) -> Result<(), String> {
    let response = expect_answer(transport.send(get(&server.url(name))?).await, name)?;
    if response.body() == name {
        return Ok(());
    }
    Err(format!("{name} was answered {:?}", response.body()))
}

//! The transport on tokio.

use std::fmt;
use std::time::Duration;

use clerk_core::{
    Error, HttpRequest, HttpResponse, HttpTransport, TransportError, TransportErrorKind,
    async_trait, catch_panic, monotonic_now,
};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::runtime::Handle;

use crate::builder::TransportBuilder;
use crate::pool::Pool;

/// An [`HttpTransport`] on hyper and tokio.
///
/// Its calls need a tokio runtime with I/O and time enabled (`enable_all`); creating it does not.
/// Connections belong to the runtime that opened them: if you have several runtimes, use a
/// transport for each. Clones share their connections.
#[derive(Clone)]
pub struct TokioTransport {
    pool: Pool<HttpConnector>,
}

impl TokioTransport {
    /// Creates a transport with the default settings.
    ///
    /// # Errors
    ///
    /// Returns an error if the crate was built without a feature that TLS needs, or if a
    /// certificate is invalid. The message names the feature.
    pub fn new() -> Result<Self, Error> {
        Self::builder().build()
    }

    /// Returns a builder to change the settings.
    pub fn builder() -> TransportBuilder<Self> {
        TransportBuilder::new()
    }
}

impl TransportBuilder<TokioTransport> {
    /// Creates the transport.
    ///
    /// # Errors
    ///
    /// Returns an error if the crate was built without a feature that TLS needs, or if a
    /// certificate is invalid. The message names the feature.
    pub fn build(self) -> Result<TokioTransport, Error> {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_connect_timeout(Some(self.settings.connect_timeout));
        let pool = Pool::new(self.settings, tcp, TokioExecutor::new(), TokioTimer::new())?;
        Ok(TokioTransport { pool })
    }
}

#[async_trait]
impl HttpTransport for TokioTransport {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        if Handle::try_current().is_err() {
            let message = "not inside a tokio runtime; TokioTransport needs one";
            return Err(TransportError::new(TransportErrorKind::Other, message));
        }
        let hint = "TokioTransport needs a tokio runtime with I/O and time enabled (enable_all)";
        self.pool.send(request, hint).await
    }

    async fn sleep(&self, duration: Duration) {
        // Without a runtime or its timer this never wakes up; `send` has reported the cause.
        if Handle::try_current().is_err()
            || catch_panic(async { tokio::time::sleep(duration).await }, "")
                .await
                .is_err()
        {
            std::future::pending().await
        }
    }

    fn now(&self) -> Duration {
        monotonic_now()
    }
}

impl fmt::Debug for TokioTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokioTransport")
            .field("max_response_bytes", &self.pool.max_response_bytes)
            .finish_non_exhaustive()
    }
}

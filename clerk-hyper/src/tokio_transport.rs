//! hyper on tokio.

use std::fmt;
use std::time::Duration;

use clerk_core::{
    Error, HttpRequest, HttpResponse, HttpTransport, TransportError, TransportErrorKind,
    async_trait, catch_panic, monotonic_now,
};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::runtime::Handle;

use crate::TransportBuilder;
use crate::pool::Pool;

/// An [`HttpTransport`] on hyper and tokio.
///
/// It is made anywhere, and its calls are made on a tokio runtime with I/O and time enabled
/// (`enable_all`). Connections live on the runtime that opened them: with several runtimes, use a
/// transport for each. Clones share their connections.
#[derive(Clone)]
pub struct TokioTransport {
    pool: Pool<HttpConnector>,
}

impl TokioTransport {
    /// One with the default settings.
    ///
    /// # Errors
    ///
    /// When the crate was built without what TLS needs: the error names the feature.
    pub fn new() -> Result<Self, Error> {
        Self::builder().build()
    }

    /// One with settings of the caller's.
    pub fn builder() -> TransportBuilder<Self> {
        TransportBuilder::new()
    }
}

impl TransportBuilder<TokioTransport> {
    /// The transport.
    ///
    /// # Errors
    ///
    /// When the crate was built without what TLS needs: the error names the feature.
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
            let message = "TokioTransport needs a tokio runtime, and there is none here";
            return Err(TransportError::new(TransportErrorKind::Other, message));
        }
        let hint = "it needs a tokio runtime with I/O and time enabled (enable_all)";
        self.pool.send(request, hint).await
    }

    async fn sleep(&self, duration: Duration) {
        // Without a runtime or its timer nothing wakes this up; `send` has said why by then.
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

//! The transport on tokio.

use std::fmt;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use clerk_core::{
    Error, HttpRequest, HttpResponse, HttpTransport, TransportError, TransportErrorKind,
    async_trait, monotonic_now,
};
use tokio::runtime::Handle;
use tokio::task::yield_now;

use crate::builder::TransportBuilder;
use crate::pool::Plan;
use crate::runtimes::Pools;
use crate::sleep::sleep;
use crate::tokio_net::TokioNet;

/// An [`HttpTransport`] on hyper and tokio.
///
/// Its calls need a tokio runtime with I/O and time enabled (`enable_all`). Creating a transport
/// needs no runtime. Clones share their connections.
///
/// Outside of a runtime, a call returns an error. If such a call must first wait for the rate
/// limiter, a short-lived thread measures the wait.
///
/// Several runtimes can use a transport concurrently, such as those of several tests. Each runtime
/// has its own connections, which are closed when the runtime is shut down. Connections of up to
/// 256 runtimes are kept.
#[derive(Clone)]
pub struct TokioTransport {
    pools: Arc<Pools>,
}

impl TokioTransport {
    /// Creates a transport with the default settings.
    ///
    /// # Errors
    ///
    /// Returns an error if the crate was built without a feature that TLS needs, or if the
    /// operating system's root certificates or certificate verifier cannot be loaded.
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
    /// Returns an error
    ///
    /// - if a setting is invalid,
    /// - if the crate was built without a feature that TLS needs,
    /// - if the operating system's root certificates or certificate verifier cannot be loaded.
    ///
    /// The message names the setting or the feature.
    pub fn build(self) -> Result<TokioTransport, Error> {
        let plan = Plan::new(self.settings, TokioNet)?;
        let pools = Arc::new(Pools::new(plan));
        Ok(TokioTransport { pools })
    }
}

#[async_trait]
impl HttpTransport for TokioTransport {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let Ok(runtime) = Handle::try_current() else {
            let message = "not inside a tokio runtime; TokioTransport needs one";
            return Err(TransportError::new(TransportErrorKind::Other, message));
        };
        let hint = "TokioTransport needs a tokio runtime with I/O and time enabled (enable_all)";
        let is_write = !request.method().is_safe();
        let pool = self.pools.of(&runtime);
        let response = pin!(pool.send(request, hint));
        // Between two calls of `block_on`, a current-thread runtime does nothing, so it does not
        // notice that the server has closed a connection. A write on this connection would fail,
        // and might not be retried. While this call yields, the runtime notices the closed
        // connection.
        if is_write {
            yield_now().await;
        }
        response.await
    }

    async fn sleep(&self, duration: Duration) {
        sleep(duration).await;
    }

    fn now(&self) -> Duration {
        monotonic_now()
    }
}

impl fmt::Debug for TokioTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokioTransport")
            .field("max_response_bytes", &self.pools.max_response_bytes())
            .finish_non_exhaustive()
    }
}

//! hyper on smol.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use clerk_core::{
    Error, HttpRequest, HttpResponse, HttpTransport, TransportError, async_trait, monotonic_now,
};

use crate::TransportBuilder;
use crate::pool::Pool;
use crate::smol_rt::{SmolConnector, SmolExecutor, SmolTimer};

/// An [`HttpTransport`] on hyper and smol.
///
/// It is made anywhere, and its calls are made on any executor: smol's, another's, or a bare
/// `block_on`. I/O and timers are driven by smol's own thread, and connections by its global
/// executor, unless [`build_on`](TransportBuilder::build_on) names another. Clones share their
/// connections.
#[derive(Clone)]
pub struct SmolTransport {
    pool: Pool<SmolConnector>,
}

impl SmolTransport {
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

impl TransportBuilder<SmolTransport> {
    /// The transport, with its connections on smol's global executor.
    ///
    /// # Errors
    ///
    /// When the crate was built without what TLS needs: the error names the feature.
    pub fn build(self) -> Result<SmolTransport, Error> {
        self.finish(SmolExecutor::default())
    }

    /// The transport, with its connections on this executor, which somebody has to run.
    ///
    /// # Errors
    ///
    /// When the crate was built without what TLS needs: the error names the feature.
    pub fn build_on(self, executor: Arc<smol::Executor<'static>>) -> Result<SmolTransport, Error> {
        self.finish(SmolExecutor(Some(executor)))
    }

    fn finish(self, executor: SmolExecutor) -> Result<SmolTransport, Error> {
        let tcp = SmolConnector {
            timeout: self.settings.connect_timeout,
        };
        let pool = Pool::new(self.settings, tcp, executor, SmolTimer)?;
        Ok(SmolTransport { pool })
    }
}

#[async_trait]
impl HttpTransport for SmolTransport {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        self.pool.send(request, "smol has the message").await
    }

    async fn sleep(&self, duration: Duration) {
        smol::Timer::after(duration).await;
    }

    fn now(&self) -> Duration {
        monotonic_now()
    }
}

impl fmt::Debug for SmolTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmolTransport")
            .field("max_response_bytes", &self.pool.max_response_bytes)
            .finish_non_exhaustive()
    }
}

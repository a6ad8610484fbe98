//! The transport on smol.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use clerk_core::{
    Error, HttpRequest, HttpResponse, HttpTransport, TransportError, async_trait, monotonic_now,
};

use crate::builder::TransportBuilder;
use crate::pool::{Plan, Pool};
use crate::smol_rt::{SmolExecutor, SmolNet, SmolTimer};

/// An [`HttpTransport`] on hyper and smol.
///
/// Its calls run on any executor: smol's, another one, or a plain `block_on`. Smol's own thread
/// drives I/O and timers. Smol's global executor drives the connections. To drive them on another
/// executor, pass that executor to [`build_on`](TransportBuilder::build_on). Clones share their
/// connections.
#[derive(Clone)]
pub struct SmolTransport {
    pool: Pool<SmolNet>,
}

impl SmolTransport {
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

impl TransportBuilder<SmolTransport> {
    /// Creates the transport. Its connections run on smol's global executor.
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
    pub fn build(self) -> Result<SmolTransport, Error> {
        self.build_with(SmolExecutor::default())
    }

    /// Creates the transport. Its connections run on `executor`, which the application must run.
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
    pub fn build_on(self, executor: Arc<smol::Executor<'static>>) -> Result<SmolTransport, Error> {
        self.build_with(SmolExecutor(Some(executor)))
    }

    fn build_with(self, executor: SmolExecutor) -> Result<SmolTransport, Error> {
        let plan = Plan::new(self.settings, SmolNet)?;
        let pool = Pool::new(&plan, executor, SmolTimer);
        Ok(SmolTransport { pool })
    }
}

#[async_trait]
impl HttpTransport for SmolTransport {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        self.pool
            .send(request, "the panic hook printed the message")
            .await
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

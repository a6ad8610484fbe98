//! Transports without a network.

use std::time::Duration;

use clerk_client::transport::{
    HttpRequest, HttpResponse, HttpTransport, TransportError, TransportErrorKind, async_trait,
};

/// A transport for calls that are never sent.
#[derive(Debug)]
pub(crate) struct Nowhere;

#[async_trait]
impl HttpTransport for Nowhere {
    async fn send(&self, _: HttpRequest) -> Result<HttpResponse, TransportError> {
        Err(TransportError::new(TransportErrorKind::NotSent, "nowhere"))
    }

    async fn sleep(&self, _: Duration) {}

    fn now(&self) -> Duration {
        Duration::ZERO
    }
}

/// A transport that immediately responds to each request with this body.
#[derive(Debug, Clone)]
pub(crate) struct Replying(pub(crate) Vec<u8>);

#[async_trait]
impl HttpTransport for Replying {
    async fn send(&self, _: HttpRequest) -> Result<HttpResponse, TransportError> {
        Ok(HttpResponse::new(self.0.clone().into()))
    }

    async fn sleep(&self, _: Duration) {
        std::future::pending().await
    }

    fn now(&self) -> Duration {
        Duration::ZERO
    }
}

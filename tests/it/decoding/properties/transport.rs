//! A transport for calls that are never made.

use std::time::Duration;

use clerk_client::transport::{
    HttpRequest, HttpResponse, HttpTransport, TransportError, TransportErrorKind, async_trait,
};

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

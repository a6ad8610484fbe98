//! A transport with expectations.

use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use clerk_core::{
    HttpRequest, HttpResponse, HttpTransport, Timestamp, TransportError, async_trait,
};

use crate::clock::VirtualClock;
use crate::reply::Reply;
use crate::requests::recorded_request::RecordedRequest;

mockall::mock! {
    /// The part of a [`MockTransport`] that mockall mocks: it turns a request into a reply. The
    /// closures of mockall cannot wait, so the transport itself delays the reply.
    pub Exchange {
        pub fn send(&self, request: RecordedRequest) -> Reply;
    }
}

/// A transport that expects requests and returns prepared replies.
///
/// The expectations are those of [`mockall`]: `withf` selects requests, `times` sets how many to
/// expect, and `returning` creates the [`Reply`]. An unexpected request causes a panic. The message
/// shows the request without its body and without the values of its headers. If the request exceeds
/// the `times` of the only expectation, the message shows the expectation instead.
/// [`Reply::delayed_by`] delays a response in virtual time.
///
/// ```
/// use std::sync::Arc;
/// use clerk_client::{Clerk, SecretKey};
/// use clerk_client::mock::{MockTransport, Reply};
/// use serde_json::json;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), clerk_client::Error> {
/// let mut transport = MockTransport::new();
/// transport
///     .expect_send()
///     .withf(|request| request.path() == "/v1/users/user_1")
///     .times(1)
///     .returning(|_| Reply::json(200, &json!({ "id": "user_1", "first_name": "Ada" })));
///
/// let transport = Arc::new(transport);
/// let clerk = Clerk::new(Arc::clone(&transport), SecretKey::new("sk_test_any")?);
/// let user = clerk.users().get_user("user_1").await?;
/// assert_eq!(user.first_name.as_deref(), Some("Ada"));
/// transport.verify();
/// # Ok(())
/// # }
/// ```
#[derive(Default)]
pub struct MockTransport {
    exchange: Mutex<MockExchange>,
    clock: VirtualClock,
}

impl MockTransport {
    /// Creates a transport without expectations.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an expectation. If several match a request, the first one that has not reached its
    /// `times` applies.
    pub fn expect_send(&mut self) -> &mut __mock_MockExchange::__send::Expectation {
        let exchange = self.exchange.get_mut();
        exchange
            .unwrap_or_else(PoisonError::into_inner)
            .expect_send()
    }

    /// Verifies that all expectations were met, and removes them.
    ///
    /// Dropping the transport also verifies the expectations, and panics if one was not met.
    /// However, if a task drops the transport and nothing awaits the task, the panic goes
    /// unnoticed.
    ///
    /// # Panics
    ///
    /// Panics if an expectation was not met.
    pub fn verify(&self) {
        let exchange = self.exchange.lock();
        exchange
            .unwrap_or_else(PoisonError::into_inner)
            .checkpoint();
    }

    /// Returns the transport's virtual clock. Delays of replies and waits of the client follow this
    /// clock.
    #[must_use]
    pub fn clock(&self) -> &VirtualClock {
        &self.clock
    }

    fn reply(&self, request: HttpRequest) -> Reply {
        let exchange = self.exchange.lock().unwrap_or_else(PoisonError::into_inner);
        exchange.send(RecordedRequest::new(request))
    }
}

#[async_trait]
impl HttpTransport for MockTransport {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let reply = self.reply(request);
        if !reply.delay.is_zero() {
            self.clock.sleep(reply.delay).await;
        }
        reply.result
    }

    async fn sleep(&self, duration: Duration) {
        self.clock.sleep(duration).await;
    }

    fn now(&self) -> Duration {
        self.clock.now()
    }

    fn time_of_day(&self) -> Option<Timestamp> {
        Some(VirtualClock::START + self.clock.now())
    }
}

impl fmt::Debug for MockTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockTransport").finish_non_exhaustive()
    }
}

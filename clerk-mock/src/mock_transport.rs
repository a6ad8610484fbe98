//! A transport with expectations.

use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use clerk_core::{HttpRequest, HttpResponse, HttpTransport, TransportError, async_trait};

use crate::{Recorded, Reply, VirtualClock};

mockall::mock! {
    /// The exchange of a [`MockTransport`], without its waiting: mockall's closures cannot wait.
    pub Exchange {
        pub fn send(&self, request: Recorded) -> Reply;
    }
}

/// A transport that expects requests, and answers each as it was told.
///
/// The expectations are [`mockall`]'s: `withf` says which requests one is for, `times` how many,
/// `returning` what is answered. A request that none fits panics, with the request but without
/// its secrets. [`Reply::after`] makes an answer late, in virtual time.
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
    /// One that expects nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an expectation. With several, the first that fits and is not used up answers.
    pub fn expect_send(&mut self) -> &mut __mock_MockExchange::__send::Expectation {
        let exchange = self.exchange.get_mut();
        exchange
            .unwrap_or_else(PoisonError::into_inner)
            .expect_send()
    }

    /// Panics unless all expectations were met, and forgets them.
    ///
    /// Dropping the transport does the same, but in a task that nobody awaits such a panic is
    /// lost.
    pub fn verify(&self) {
        let exchange = self.exchange.lock();
        exchange
            .unwrap_or_else(PoisonError::into_inner)
            .checkpoint();
    }

    /// The clock by which answers are late.
    #[must_use]
    pub fn clock(&self) -> &VirtualClock {
        &self.clock
    }

    fn reply(&self, request: HttpRequest) -> Reply {
        let exchange = self.exchange.lock().unwrap_or_else(PoisonError::into_inner);
        exchange.send(Recorded::new(request))
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
}

impl fmt::Debug for MockTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockTransport").finish_non_exhaustive()
    }
}

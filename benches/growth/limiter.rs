//! Calls that wait for the client's own rate limit, in virtual time.

use std::time::Duration;

use clerk_benches::key;
use clerk_client::mock::VirtualClock;
use clerk_client::transport::{
    HttpRequest, HttpResponse, HttpTransport, TransportError, async_trait,
};
use clerk_client::{Clerk, RateLimit};
use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, StreamExt};

use crate::quickest;

/// The rate of a production instance (1,000 requests in 10 s), with a window of one second.
/// Of 1,000 calls, 900 wait.
const LIMIT: RateLimit = RateLimit::new(100, Duration::from_secs(1));

/// A transport that responds immediately, with a clock that only [`wait`] advances.
#[derive(Debug)]
struct Immediate(VirtualClock);

#[async_trait]
impl HttpTransport for Immediate {
    async fn send(&self, _: HttpRequest) -> Result<HttpResponse, TransportError> {
        Ok(HttpResponse::new(r#"{"id":"user_1"}"#.into()))
    }

    async fn sleep(&self, duration: Duration) {
        self.0.sleep(duration).await;
    }

    fn now(&self) -> Duration {
        self.0.now()
    }
}

pub(crate) fn wait(calls: usize) -> f64 {
    let clock = VirtualClock::new();
    clock.pause();
    let clerk = Clerk::builder(Immediate(clock.clone()), key())
        .rate_limit(LIMIT)
        .timeout(Duration::MAX)
        .build();
    let users = clerk.expect("a client").users();
    let time = quickest(1, || {
        let mut waiting: FuturesUnordered<_> =
            (0..calls).map(|_| users.get_user("user_1")).collect();
        while !waiting.is_empty() {
            while let Some(Some(user)) = waiting.next().now_or_never() {
                user.expect("a user");
            }
            // The clock moves in steps of 7 ms, so that calls wake up a little late, as with real
            // timers.
            clock.advance(Duration::from_millis(7));
        }
    });
    time / calls as f64
}

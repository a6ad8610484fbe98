use std::fmt;
use std::sync::Arc;

use crate::client::error::Error;
use crate::client::limiter::Limiter;
use crate::client::rate_limit::RateLimit;

/// A rate limiter that several clients share. Set it with
/// [`ClerkBuilder::rate_limiter`](crate::ClerkBuilder::rate_limiter).
///
/// Clerk counts all requests of an instance. Clients with the same key, for example over different
/// transports, stay below the instance's limit together if they share a limiter. Clones of a
/// limiter share one limit. If Clerk responds with 429 and `Retry-After` to one client, all clients
/// that share the limiter pause, for at most 5 minutes.
///
/// The transports of the clients must have the same clock. `TokioTransport`, `SmolTransport`,
/// `ReqwestTransport` and `SurfTransport` share one clock. Each `FakeClerk` has its own clock.
///
/// ```
/// use clerk_client::mock::FakeClerk;
/// use clerk_client::{Clerk, RateLimit, RateLimiter, SecretKey};
///
/// let key = SecretKey::new(FakeClerk::SECRET_KEY)?;
/// let limiter = RateLimiter::new(RateLimit::of(&key))?;
/// let fake = FakeClerk::new();
/// let first = Clerk::builder(fake.transport(), key.clone()).rate_limiter(&limiter).build()?;
/// let second = Clerk::builder(fake.transport(), key).rate_limiter(&limiter).build()?;
/// # Ok::<(), clerk_client::Error>(())
/// ```
#[derive(Clone)]
pub struct RateLimiter(Arc<Limiter>);

impl RateLimiter {
    /// Creates a limiter.
    ///
    /// # Errors
    ///
    /// Returns an error if the limit's number of requests is not 1 to 100,000.
    pub fn new(limit: RateLimit) -> Result<Self, Error> {
        limit.check().map_err(Error::configuration)?;
        Ok(Self(Arc::new(Limiter::new(limit))))
    }

    pub(crate) fn limiter(&self) -> &Limiter {
        &self.0
    }
}

/// Omits the times of the requests, because there may be many.
impl fmt::Debug for RateLimiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RateLimiter").finish_non_exhaustive()
    }
}

use std::time::Duration;

use crate::client::secret_key::SecretKey;

/// The number of requests that may be sent in a window of time. Set it with
/// [`ClerkBuilder::rate_limit`](crate::ClerkBuilder::rate_limit).
///
/// Clerk counts all requests of an instance. Several clients in one process can share a
/// [`RateLimiter`](crate::RateLimiter). If several processes use the same key, give each process a
/// part of the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimit {
    pub(crate) requests: u32,
    pub(crate) per: Duration,
}

impl RateLimit {
    /// Clerk's limit for a production instance: 1000 requests in 10 s.
    pub const LIVE: Self = Self::new(1000, Duration::from_secs(10));
    /// Clerk's limit for a development instance: 100 requests in 10 s.
    pub const TEST: Self = Self::new(100, Duration::from_secs(10));

    /// The maximum of `requests`.
    const MAX_REQUESTS: u32 = 100_000;

    /// Allows `requests` (1 to 100,000) in any window of length `per`.
    ///
    /// [`RateLimiter::new`](crate::RateLimiter::new) and
    /// [`ClerkBuilder::build`](crate::ClerkBuilder::build) refuse any other number. A `per` of zero
    /// limits nothing.
    #[must_use]
    pub const fn new(requests: u32, per: Duration) -> Self {
        Self { requests, per }
    }

    /// Returns Clerk's limit for the instance type of this key. The key of a machine does not
    /// contain the type, so it gets the limit of a development instance.
    #[must_use]
    pub const fn of(key: &SecretKey) -> Self {
        if key.is_live() {
            Self::LIVE
        } else {
            Self::TEST
        }
    }

    pub(crate) fn check(self) -> Result<(), String> {
        if (1..=Self::MAX_REQUESTS).contains(&self.requests) {
            return Ok(());
        }
        Err(format!(
            "invalid rate limit: {} requests; it must be 1 to {}",
            self.requests,
            Self::MAX_REQUESTS
        ))
    }
}

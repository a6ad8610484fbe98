//! How many requests a client sends in a time.

use std::time::Duration;

use crate::client::secret_key::SecretKey;

/// How many requests may be sent within a time: for [`ClerkBuilder::rate_limit`](crate::ClerkBuilder::rate_limit).
///
/// Clerk counts the requests of an instance, whoever sends them: where several processes share a
/// key, each has to have its part of the limit.
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

    /// The most requests that can be limited to.
    const MAX_REQUESTS: u32 = 100_000;

    /// So many requests (1 to 100,000) within any stretch of this length.
    #[must_use]
    pub const fn new(requests: u32, per: Duration) -> Self {
        Self { requests, per }
    }

    /// Clerk's limit for the instance that a key is of.
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
            "the rate limit is of {} requests, and must be of 1 to {}",
            self.requests,
            Self::MAX_REQUESTS
        ))
    }
}

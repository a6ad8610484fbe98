//! The times for which keys are used.

use std::time::Duration;

/// The times for which the keys of an instance are used, and after which they are fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyPolicy {
    pub(crate) fresh_for: Duration,
    pub(crate) stale_for: Duration,
    pub(crate) at_most_every: Duration,
}

impl KeyPolicy {
    /// Creates the default policy: fresh for 5 minutes, stale for an hour more, fetched at most
    /// every 10 seconds.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            fresh_for: Duration::from_secs(300),
            stale_for: Duration::from_secs(3_600),
            at_most_every: Duration::from_secs(10),
        }
    }

    /// Sets the time after which the keys are fetched again, counted from the last fetch.
    #[must_use]
    pub const fn fresh_for(mut self, duration: Duration) -> Self {
        self.fresh_for = duration;
        self
    }

    /// Sets how long the keys are used after that if they cannot be fetched. A key that Clerk has
    /// revoked is accepted as long.
    #[must_use]
    pub const fn stale_for(mut self, duration: Duration) -> Self {
        self.stale_for = duration;
        self
    }

    /// Sets the least time between two fetches, whether the first failed or a token names a key
    /// that is unknown. Tokens with a new key are refused as long, at most.
    #[must_use]
    pub const fn at_most_every(mut self, duration: Duration) -> Self {
        self.at_most_every = duration;
        self
    }
}

impl Default for KeyPolicy {
    fn default() -> Self {
        Self::new()
    }
}

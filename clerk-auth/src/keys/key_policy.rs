use std::time::Duration;

/// The rules for caching an instance's keys: how long they are used, and how often they are
/// fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyPolicy {
    pub(crate) fresh_for: Duration,
    pub(crate) stale_for: Duration,
    pub(crate) at_most_every: Duration,
}

impl KeyPolicy {
    /// Creates the default policy: keys are fresh for 5 minutes, then stale for an hour, and
    /// fetched at most every 10 seconds.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            fresh_for: Duration::from_secs(300),
            stale_for: Duration::from_secs(3_600),
            at_most_every: Duration::from_secs(10),
        }
    }

    /// Sets how long keys are used after a fetch before they are fetched again.
    #[must_use]
    pub const fn fresh_for(mut self, duration: Duration) -> Self {
        self.fresh_for = duration;
        self
    }

    /// Sets how long keys are used beyond [`fresh_for`](Self::fresh_for) while they are fetched, or
    /// if they cannot be fetched. A revoked key may be accepted for the sum of `fresh_for` and
    /// `stale_for`.
    #[must_use]
    pub const fn stale_for(mut self, duration: Duration) -> Self {
        self.stale_for = duration;
        self
    }

    /// Sets the minimum time between two fetches. It also applies after a failed fetch, and if a
    /// token has an unknown key id. Tokens that are signed with a new key may be refused during
    /// this time. `Verifier::refresh` ignores this limit.
    ///
    /// If the response to a failed fetch has a `Retry-After` that is longer than the minimum time,
    /// the next fetch waits for the time in `Retry-After`. A `Retry-After` counts for at most 5
    /// minutes, and for at most [`stale_for`](Self::stale_for).
    ///
    /// If all requests that wait for a fetch are cancelled, the fetch is cancelled, too. Later
    /// requests that need keys then wait for the rest of the minimum time. So keep the minimum time
    /// short.
    ///
    /// The minimum time must not be longer than the sum of `fresh_for` and `stale_for`. Otherwise,
    /// the keys could become unusable before the next fetch may start, and tokens could not be
    /// verified in the meantime.
    #[must_use]
    pub const fn at_most_every(mut self, duration: Duration) -> Self {
        self.at_most_every = duration;
        self
    }

    /// Checks that the next fetch may start before the keys can no longer be used.
    pub(crate) fn check(&self) -> Result<(), String> {
        let used_for = self.fresh_for.saturating_add(self.stale_for);
        let at_most_every = self.at_most_every;
        if used_for >= at_most_every {
            return Ok(());
        }
        Err(format!(
            "keys are used for {used_for:?}, but fetched at most every {at_most_every:?}; set a shorter at_most_every, or a longer fresh_for or stale_for"
        ))
    }
}

impl Default for KeyPolicy {
    fn default() -> Self {
        Self::new()
    }
}

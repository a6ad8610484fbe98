use std::time::Duration;

use crate::client::retry::RetryPolicy;

/// The timeouts and the retry policy of a call.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CallOptions {
    /// The timeout of each attempt, including connecting and reading the body.
    pub(crate) attempt_timeout: Duration,
    /// The timeout of all attempts and the waits between them.
    pub(crate) timeout: Duration,
    pub(crate) retry: RetryPolicy,
}

impl CallOptions {
    /// Returns the minimum time that must be left for the next attempt after a wait.
    ///
    /// If a write were sent shortly before the timeout, the call would fail without the response,
    /// and could not tell whether the write took effect.
    pub(crate) fn least_time(&self, idempotent: bool) -> Duration {
        if idempotent {
            return Duration::ZERO;
        }
        self.attempt_timeout.min(self.timeout) / 4
    }
}

impl Default for CallOptions {
    fn default() -> Self {
        Self {
            attempt_timeout: Duration::from_secs(30),
            timeout: Duration::from_secs(60),
            retry: RetryPolicy::default(),
        }
    }
}

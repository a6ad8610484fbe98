use std::time::Duration;

use crate::client::retry::RetryPolicy;

/// What a call may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CallOptions {
    /// For each attempt, from the first byte sent to the last received.
    pub(crate) attempt_timeout: Duration,
    /// For all attempts and the waits between them.
    pub(crate) timeout: Duration,
    pub(crate) retry: RetryPolicy,
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

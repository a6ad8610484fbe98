use std::time::Duration;

use http::StatusCode;

use crate::transport::error::TransportErrorKind;

/// The policy that decides how often, and after which failures, a request is retried.
///
/// | failure | retried |
/// |---|---|
/// | [`NotSent`](TransportErrorKind::NotSent), 429, 409 with the code `resource_locked` | always: the request was not processed |
/// | 408, 500, 502, 503, 504, 520–524, 527, 530 | idempotent operations only |
/// | [`Timeout`](TransportErrorKind::Timeout), [`Io`](TransportErrorKind::Io), [`Body`](TransportErrorKind::Body) | idempotent operations only |
/// | any other | never |
///
/// A request that is not idempotent is never retried once Clerk may have processed it.
/// [`OperationInfo::is_idempotent`](crate::OperationInfo::is_idempotent) tells which operations are
/// idempotent.
///
/// # Waiting
///
/// Before each retry the client waits a random time between zero and a maximum that doubles with
/// each attempt (full jitter). If the server asks for a longer wait with `Retry-After`, the client
/// waits that long. A `Retry-After` that cannot be read counts as 1 s.
///
/// If the call's timeout leaves too little time for the wait, the failure is returned immediately.
/// If the operation is not idempotent, the wait must also leave time for the response. This time is
/// a quarter of the attempt's timeout, or of the call's timeout if that is shorter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    max_retries: u32,
    base_delay: Duration,
    max_delay: Duration,
}

/// The failure of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum AttemptFailure {
    /// A response whose status is not 2xx.
    Status(StatusCode),
    /// A 409 with Clerk's code `resource_locked`: another request is modifying the same resource.
    ResourceLocked,
    /// A transport error: there is no complete response.
    Transport(TransportErrorKind),
}

/// A failed attempt: the argument of [`RetryPolicy::decide`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Attempt {
    /// The failure.
    pub failure: AttemptFailure,
    /// Whether the operation is idempotent.
    pub idempotent: bool,
    /// The number of attempts so far, including this attempt.
    pub attempts: u32,
    /// The wait that the server asks for. `None` if it asks for none. If the client cannot read a
    /// `Retry-After`, it sets this field to 1 s.
    pub retry_after: Option<Duration>,
    /// The time left for the wait: the rest of the call's timeout. If the operation is not
    /// idempotent, the time that the response needs is already subtracted: see [`RetryPolicy`].
    pub remaining: Duration,
    /// A random number from 0 to 1.
    pub jitter: f64,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_retries: 2,
            base_delay: Duration::from_millis(250),
            max_delay: Duration::from_secs(8),
        }
    }
}

impl RetryPolicy {
    /// Creates the default policy: at most 2 retries. The random wait is at most 250 ms before the
    /// first retry, and at most 500 ms before the second.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a policy without retries.
    #[must_use]
    pub fn none() -> Self {
        Self::default().max_retries(0)
    }

    /// Sets the maximum number of retries. The default is 2.
    #[must_use]
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.max_retries = retries;
        self
    }

    /// Sets the maximum random wait before the first retry. The maximum doubles with each further
    /// retry. The default is 250 ms.
    #[must_use]
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// Limits the random wait before any retry. The maximum of the wait doubles with each retry
    /// until it reaches this limit. The default is 8 s.
    #[must_use]
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// Whether a request may be retried after this failure, regardless of the number of attempts
    /// and the time left.
    #[must_use]
    pub fn is_retryable(failure: AttemptFailure, idempotent: bool) -> bool {
        match failure {
            AttemptFailure::Transport(TransportErrorKind::NotSent)
            | AttemptFailure::Status(StatusCode::TOO_MANY_REQUESTS)
            | AttemptFailure::ResourceLocked => true,
            AttemptFailure::Transport(
                TransportErrorKind::Timeout | TransportErrorKind::Io | TransportErrorKind::Body,
            ) => idempotent,
            AttemptFailure::Status(status) => {
                let is_transient =
                    matches!(status.as_u16(), 408 | 500 | 502..=504 | 520..=524 | 527 | 530);
                is_transient && idempotent
            }
            AttemptFailure::Transport(_) => false,
        }
    }

    /// Returns how long to wait before the next attempt. `None` if there is no next attempt.
    #[must_use]
    pub fn decide(&self, attempt: &Attempt) -> Option<Duration> {
        if !self.allows_more(attempt.attempts)
            || !Self::is_retryable(attempt.failure, attempt.idempotent)
        {
            return None;
        }
        let doubled = 2_u32.saturating_pow(attempt.attempts.saturating_sub(1));
        let limit = self.base_delay.saturating_mul(doubled).min(self.max_delay);
        let backoff = limit.as_secs_f64() * attempt.jitter.clamp(0.0, 1.0);
        let backoff = Duration::try_from_secs_f64(backoff).unwrap_or(limit);
        let wait = attempt
            .retry_after
            .map_or(backoff, |wait| wait.max(backoff));
        (wait < attempt.remaining).then_some(wait)
    }

    /// Whether another attempt may follow after `attempts` attempts.
    pub(crate) fn allows_more(&self, attempts: u32) -> bool {
        attempts <= self.max_retries
    }
}

//! Whether, and when, a request is sent again.

use std::time::Duration;

use http::StatusCode;

use crate::transport::error::TransportErrorKind;

/// How often, and after what, a request is sent again.
///
/// | what came back | sent again |
/// |---|---|
/// | [`NotSent`](TransportErrorKind::NotSent), 429 | always: it was not processed |
/// | 408, 500, 502, 503, 504, 520–524, 527, 530 | idempotent operations only |
/// | [`Timeout`](TransportErrorKind::Timeout), [`Io`](TransportErrorKind::Io), [`Body`](TransportErrorKind::Body) | idempotent operations only |
/// | anything else | never |
///
/// So what would do harm when it is done twice is never sent again after it may have been carried
/// out. [`OperationInfo::is_idempotent`](crate::OperationInfo::is_idempotent) says which operations
/// are idempotent.
///
/// Before each further attempt the client waits a random time between zero and a limit that
/// doubles from attempt to attempt (full jitter), or as long as the server asks for with
/// `Retry-After`, if that is longer. When the wait would go beyond the time that the call has
/// left, the failure is returned at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    max_retries: u32,
    base_delay: Duration,
    max_delay: Duration,
}

/// What an attempt came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Failure {
    /// An answer with a status other than 2xx.
    Status(StatusCode),
    /// No answer.
    Transport(TransportErrorKind),
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
    /// At most 2 further attempts, with a limit of 250 ms before the first and 500 ms before the
    /// second.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// No further attempts.
    #[must_use]
    pub fn none() -> Self {
        Self::default().max_retries(0)
    }

    /// How many further attempts there are at most. Default: 2.
    #[must_use]
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.max_retries = retries;
        self
    }

    /// The longest random wait before the first further attempt; it doubles with each. Default:
    /// 250 ms.
    #[must_use]
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// What the longest random wait does not grow beyond. Default: 8 s.
    #[must_use]
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// Whether an attempt that came to this may be followed by another, limits aside.
    #[must_use]
    pub fn is_retryable(failure: Failure, idempotent: bool) -> bool {
        match failure {
            Failure::Transport(TransportErrorKind::NotSent)
            | Failure::Status(StatusCode::TOO_MANY_REQUESTS) => true,
            Failure::Transport(
                TransportErrorKind::Timeout | TransportErrorKind::Io | TransportErrorKind::Body,
            ) => idempotent,
            Failure::Status(status) => {
                let may_pass =
                    matches!(status.as_u16(), 408 | 500 | 502..=504 | 520..=524 | 527 | 530);
                may_pass && idempotent
            }
            Failure::Transport(_) => false,
        }
    }

    /// How long to wait before the next attempt; `None` when this one was the last.
    ///
    /// `attempts` were made so far, the call has `left`, and `jitter` is a random number from 0 to
    /// 1.
    #[must_use]
    pub fn decide(
        &self,
        failure: Failure,
        idempotent: bool,
        attempts: u32,
        retry_after: Option<Duration>,
        left: Duration,
        jitter: f64,
    ) -> Option<Duration> {
        if attempts > self.max_retries || !Self::is_retryable(failure, idempotent) {
            return None;
        }
        let doubled = 2_u32.saturating_pow(attempts.saturating_sub(1));
        let limit = self.base_delay.saturating_mul(doubled).min(self.max_delay);
        let backoff = limit.as_secs_f64() * jitter.clamp(0.0, 1.0);
        let backoff = Duration::try_from_secs_f64(backoff).unwrap_or(limit);
        let wait = retry_after.map_or(backoff, |asked| asked.max(backoff));
        (wait < left).then_some(wait)
    }

    pub(crate) fn allows_more(&self, attempts: u32) -> bool {
        attempts <= self.max_retries
    }
}

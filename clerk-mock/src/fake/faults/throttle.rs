//! Latency and the rate limit of an instance.

use std::collections::VecDeque;
use std::time::Duration;

use crate::fake::faults::fault::Fault;

/// The rate limit and the latency of an instance.
#[derive(Debug, Clone, Default)]
pub(crate) struct Throttle {
    rate_limit: Option<RateLimit>,
    latency: Duration,
    /// How far the times of the requests are ahead of the fake's clock. It is not zero if the
    /// throttle comes from a snapshot whose clock was ahead.
    ahead: Duration,
}

/// A sliding-window log of the latest requests: at most `requests` in any window of length `per`.
#[derive(Debug, Clone)]
struct RateLimit {
    requests: usize,
    per: Duration,
    received_at: VecDeque<Duration>,
}

impl Throttle {
    /// Sets the rate limit. Earlier requests do not count.
    pub(crate) fn set_rate_limit(&mut self, requests: usize, per: Duration) {
        self.limit(Some((requests, per)));
    }

    /// Sets the rate limit. Earlier requests do not count. `None` removes the limit.
    pub(crate) fn limit(&mut self, limit: Option<(usize, Duration)>) {
        self.rate_limit = limit.map(|(requests, per)| RateLimit {
            requests,
            per,
            received_at: VecDeque::new(),
        });
    }

    /// Returns the rate limit: a number of requests, and the length of the window. `None` if there
    /// is no limit.
    #[cfg(feature = "server")]
    pub(crate) fn rate_limit(&self) -> Option<(usize, Duration)> {
        let limit = self.rate_limit.as_ref()?;
        Some((limit.requests, limit.per))
    }

    #[cfg(feature = "server")]
    pub(crate) fn latency(&self) -> Duration {
        self.latency
    }

    pub(crate) fn set_latency(&mut self, latency: Duration) {
        self.latency = latency;
    }

    /// Moves the throttle from a clock that is at `from` to a clock that is at `to`. The requests
    /// keep their ages.
    pub(crate) fn move_clock(&mut self, from: Duration, to: Duration) {
        let now = from.saturating_add(self.ahead);
        self.ahead = now.saturating_sub(to);
        let later = to.saturating_sub(now);
        let limit = self.rate_limit.iter_mut();
        for received_at in limit.flat_map(|limit| &mut limit.received_at) {
            *received_at = received_at.saturating_add(later);
        }
    }

    /// Returns the fault for a request: `injected`, or a 429 if the rate limit is exceeded.
    ///
    /// The latency is added to the delay of the fault. If there is a latency but no fault, returns
    /// a fault that only delays the response.
    pub(crate) fn next_fault(&mut self, injected: Option<Fault>, now: Duration) -> Option<Fault> {
        let now = now.saturating_add(self.ahead);
        let fault = injected.or_else(|| self.rate_limit.as_mut()?.check(now));
        if self.latency.is_zero() {
            return fault;
        }
        let fault = fault.unwrap_or_else(|| Fault::delayed(Duration::ZERO));
        let delay = fault.delay().saturating_add(self.latency);
        Some(fault.delayed_by(delay))
    }
}

impl RateLimit {
    /// Counts a request, or returns a 429 if the window is full.
    fn check(&mut self, now: Duration) -> Option<Fault> {
        while self
            .received_at
            .front()
            .is_some_and(|received_at| now.saturating_sub(*received_at) >= self.per)
        {
            self.received_at.pop_front();
        }
        if self.received_at.len() < self.requests {
            self.received_at.push_back(now);
            return None;
        }
        let oldest = self.received_at.front().copied().unwrap_or(now);
        let wait = (oldest.saturating_add(self.per)).saturating_sub(now);
        // The wait is rounded up to whole seconds, so that a retry is not too early.
        let is_whole = wait.subsec_nanos() == 0;
        let seconds = wait.as_secs().saturating_add(u64::from(!is_whole));
        Some(Fault::too_many_requests(seconds))
    }
}

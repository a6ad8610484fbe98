//! Latency and the rate limit of an instance.

use std::collections::VecDeque;
use std::time::Duration;

use crate::fake::faults::fault::Fault;

/// The rate limit and the latency of an instance.
#[derive(Debug, Clone, Default)]
pub(crate) struct Throttle {
    rate_limit: Option<RateLimit>,
    latency: Duration,
}

/// A sliding-window log of the latest requests: at most `requests` in any window of length `per`.
#[derive(Debug, Clone)]
struct RateLimit {
    requests: usize,
    per: Duration,
    /// The times at which the requests leave the window, in ascending order.
    leave_at: VecDeque<Duration>,
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
            leave_at: VecDeque::new(),
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

    /// Adapts the throttle to another clock. `from` is the time of the old clock, and `to` is the
    /// time of the new one. The time until each request leaves the window stays the same.
    pub(crate) fn move_clock(&mut self, from: Duration, to: Duration) {
        if let Some(limit) = &mut self.rate_limit {
            limit.drop_earlier(from);
            for leaves_at in &mut limit.leave_at {
                *leaves_at = to.saturating_add(leaves_at.saturating_sub(from));
            }
        }
    }

    /// Returns the fault for a request, or `None` if there is none.
    ///
    /// If `injected` is `None` or only delays the response, the request counts towards the rate
    /// limit. If such a request exceeds the limit, the fault is a 429 with the delay of `injected`.
    /// In all other cases, the fault is `injected`.
    ///
    /// The latency is added to the delay of the fault. If there is a latency but no fault, returns
    /// a fault that only delays the response.
    pub(crate) fn next_fault(&mut self, injected: Option<Fault>, now: Duration) -> Option<Fault> {
        let fault = match injected {
            Some(fault) if fault.is_delay() => {
                let refusal = self.check(now);
                let refusal = refusal.map(|refusal| refusal.delayed_by(fault.delay()));
                refusal.or(Some(fault))
            }
            Some(fault) => Some(fault),
            None => self.check(now),
        };
        if self.latency.is_zero() {
            return fault;
        }
        let fault = fault.unwrap_or_else(|| Fault::delayed(Duration::ZERO));
        let delay = fault.delay().saturating_add(self.latency);
        Some(fault.delayed_by(delay))
    }

    /// Counts a request, or returns a 429 if the rate limit is exceeded.
    fn check(&mut self, now: Duration) -> Option<Fault> {
        self.rate_limit.as_mut()?.check(now)
    }
}

impl RateLimit {
    /// Counts a request, or returns a 429 if the window is full.
    fn check(&mut self, now: Duration) -> Option<Fault> {
        self.drop_earlier(now);
        let leaves_at = now.saturating_add(self.per);
        if self.leave_at.len() < self.requests {
            self.leave_at.push_back(leaves_at);
            return None;
        }
        let first = self.leave_at.front().copied().unwrap_or(leaves_at);
        let wait = first.saturating_sub(now);
        // The wait is rounded up to whole seconds, so that a retry is not too early.
        let is_whole = wait.subsec_nanos() == 0;
        let seconds = wait.as_secs().saturating_add(u64::from(!is_whole));
        Some(Fault::too_many_requests(seconds))
    }

    /// Drops the requests that have left the window.
    fn drop_earlier(&mut self, now: Duration) {
        while (self.leave_at.front()).is_some_and(|leaves_at| *leaves_at <= now) {
            self.leave_at.pop_front();
        }
    }
}

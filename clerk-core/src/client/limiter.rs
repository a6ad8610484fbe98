//! Who may send when, so that a client keeps to its rate.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::client::rate_limit::RateLimit;
use crate::client::trace::Trace;
use crate::transport::HttpTransport;

/// The longest that one answer may hold all calls of a client up.
const MAX_PAUSE: Duration = Duration::from_secs(300);

/// Lets calls through in the order in which they came.
///
/// It keeps the times of as many requests as may be sent in the limit's stretch: the next one may
/// go when the oldest of them is that long ago. So a burst goes at once, and no stretch, wherever it
/// begins, has more than it may.
#[derive(Debug)]
pub(crate) struct Limiter {
    requests: usize,
    per: Duration,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// When the last ones were let through, at most `requests` of them, the oldest first.
    passed: VecDeque<Duration>,
    /// The numbers of those who wait, the first to come first.
    waiting: Vec<u64>,
    next: u64,
    /// Until when nobody is let through.
    paused_until: Duration,
}

/// What to do with somebody who waits.
enum Turn {
    Now,
    In(Duration),
}

impl Limiter {
    pub(crate) fn new(limit: RateLimit) -> Self {
        Self {
            requests: usize::try_from(limit.requests).unwrap_or(usize::MAX).max(1),
            // Requests do not all travel for the same time: two that are sent so far apart may
            // arrive a little nearer.
            per: limit.per.saturating_add(limit.per / 50),
            state: Mutex::default(),
        }
    }

    /// Waits until a request may be sent. Where that takes longer than is left, says so at once,
    /// with the time that it would take.
    pub(crate) async fn pass<T: HttpTransport>(
        &self,
        transport: &T,
        trace: &Trace,
        left: impl Fn() -> Duration,
    ) -> Result<(), Duration> {
        let place = self.line_up();
        loop {
            match self.turn(place.number, transport.now()) {
                Turn::Now => return Ok(()),
                Turn::In(wait) if wait >= left() => return Err(wait),
                // Somebody ahead may give up, so nobody sleeps for longer than a stretch.
                Turn::In(wait) => {
                    let wait = wait.min(self.per);
                    trace.waiting(wait);
                    transport.sleep(wait).await;
                }
            }
        }
    }

    /// Lets nobody through for so long.
    pub(crate) fn pause(&self, now: Duration, pause: Duration) {
        let until = now.saturating_add(pause.min(MAX_PAUSE));
        let mut state = self.state();
        state.paused_until = state.paused_until.max(until);
    }

    fn line_up(&self) -> Place<'_> {
        let mut state = self.state();
        let number = state.next;
        state.next += 1;
        state.waiting.push(number);
        Place {
            limiter: self,
            number,
        }
    }

    /// Lets this one through, if it is time.
    fn turn(&self, number: u64, now: Duration) -> Turn {
        let mut state = self.state();
        let ahead = state.waiting.partition_point(|other| *other < number);
        let (stretches, place) = (ahead / self.requests, ahead % self.requests);
        // The place of the request that has to be a stretch ago.
        let before = (state.passed.len() + place).checked_sub(self.requests);
        let free = before
            .and_then(|at| state.passed.get(at))
            .map_or(Duration::ZERO, |passed| passed.saturating_add(self.per));
        let stretches = u32::try_from(stretches).unwrap_or(u32::MAX);
        let at = free
            .max(state.paused_until)
            .max(now)
            .saturating_add(self.per.saturating_mul(stretches));
        if at > now {
            return Turn::In(at - now);
        }
        if state.passed.len() == self.requests {
            state.passed.pop_front();
        }
        state.passed.push_back(now);
        state.leave(number);
        Turn::Now
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn leave(&mut self, number: u64) {
        if let Ok(at) = self.waiting.binary_search(&number) {
            self.waiting.remove(at);
        }
    }
}

/// A place in the line, until it is let through or given up.
struct Place<'a> {
    limiter: &'a Limiter,
    number: u64,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.limiter.state().leave(self.number);
    }
}

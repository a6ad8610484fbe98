//! The client's own rate limit.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::client::rate_limit::RateLimit;
use crate::client::trace::Trace;
use crate::transport::HttpTransport;

/// The longest pause of all calls that one response may cause.
const MAX_PAUSE: Duration = Duration::from_secs(300);

/// A sliding-window log: the times of the latest requests, as many as one window may have.
///
/// The next request may be sent when the oldest of them has left the window. So a burst is sent at
/// once, and no window, wherever it begins, has more requests than the limit. Calls are let through
/// in the order in which they arrived.
#[derive(Debug)]
pub(crate) struct Limiter {
    requests: usize,
    window: Duration,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// The times at which the latest requests were sent: at most `requests`, the oldest first.
    sent_at: VecDeque<Duration>,
    /// The numbers of the waiting calls, the first to arrive first.
    waiting: Vec<u64>,
    next_number: u64,
    /// The end of the pause that a 429 asked for.
    paused_until: Duration,
}

/// The next step of a waiting call.
enum Decision {
    Ready,
    Wait(Duration),
}

impl Limiter {
    pub(crate) fn new(limit: RateLimit) -> Self {
        Self {
            requests: usize::try_from(limit.requests).unwrap_or(usize::MAX).max(1),
            // Requests do not all travel for the same time: two that are sent one window apart may
            // arrive a little closer together.
            window: limit.per.saturating_add(limit.per / 50),
            state: Mutex::default(),
        }
    }

    /// Waits until a request may be sent. If that takes longer than `remaining`, returns at once
    /// with the time that it would take.
    pub(crate) async fn acquire<T: HttpTransport>(
        &self,
        transport: &T,
        trace: &Trace,
        remaining: impl Fn() -> Duration,
    ) -> Result<(), Duration> {
        let ticket = self.enqueue();
        loop {
            match self.try_acquire(ticket.number, transport.now()) {
                Decision::Ready => return Ok(()),
                Decision::Wait(wait) if wait >= remaining() => return Err(wait),
                // A call ahead may be dropped, so no sleep is longer than a window.
                Decision::Wait(wait) => {
                    let wait = wait.min(self.window);
                    trace.record_wait(wait);
                    transport.sleep(wait).await;
                }
            }
        }
    }

    /// Lets no call through until `pause` has passed.
    pub(crate) fn pause(&self, now: Duration, pause: Duration) {
        let until = now.saturating_add(pause.min(MAX_PAUSE));
        let mut state = self.state();
        state.paused_until = state.paused_until.max(until);
    }

    fn enqueue(&self) -> Ticket<'_> {
        let mut state = self.state();
        let number = state.next_number;
        state.next_number += 1;
        state.waiting.push(number);
        Ticket {
            limiter: self,
            number,
        }
    }

    /// Lets the call through if it is its turn.
    fn try_acquire(&self, number: u64, now: Duration) -> Decision {
        let mut state = self.state();
        let ahead = state.waiting.partition_point(|other| *other < number);
        let (windows, place) = (ahead / self.requests, ahead % self.requests);
        // The request that has to leave the window first.
        let blocking = (state.sent_at.len() + place).checked_sub(self.requests);
        let free_at = blocking
            .and_then(|at| state.sent_at.get(at))
            .map_or(Duration::ZERO, |sent_at| {
                sent_at.saturating_add(self.window)
            });
        let windows = u32::try_from(windows).unwrap_or(u32::MAX);
        let ready_at = free_at
            .max(state.paused_until)
            .max(now)
            .saturating_add(self.window.saturating_mul(windows));
        if ready_at > now {
            return Decision::Wait(ready_at - now);
        }
        if state.sent_at.len() == self.requests {
            state.sent_at.pop_front();
        }
        state.sent_at.push_back(now);
        state.dequeue(number);
        Decision::Ready
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn dequeue(&mut self, number: u64) {
        if let Ok(at) = self.waiting.binary_search(&number) {
            self.waiting.remove(at);
        }
    }
}

/// A place in the queue, until the call is let through or dropped.
struct Ticket<'a> {
    limiter: &'a Limiter,
    number: u64,
}

impl Drop for Ticket<'_> {
    fn drop(&mut self) {
        self.limiter.state().dequeue(self.number);
    }
}

//! The rate limiter, which delays calls until they may send their requests.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::client::rate_limit::RateLimit;
use crate::client::slots::{Slot, Slots};
use crate::client::trace::Trace;
use crate::transport::HttpTransport;

/// The maximum pause that a response can impose on all calls.
const MAX_PAUSE: Duration = Duration::from_secs(300);

/// A limiter, shared by all clones of a client, and by all clients with the same
/// [`RateLimiter`](crate::RateLimiter).
///
/// A call reserves a time, sleeps until then, and sends its request. It holds no lock while it
/// sleeps.
#[derive(Debug)]
pub(crate) struct Limiter(Mutex<Slots>);

impl Limiter {
    pub(crate) fn new(limit: RateLimit) -> Self {
        let requests = usize::try_from(limit.requests).unwrap_or(usize::MAX).max(1);
        // The network delays requests unequally, so two requests sent one window apart may arrive
        // closer together. Therefore, the limiter uses a window that is 2 % longer.
        let window = limit.per.saturating_add(limit.per / 50);
        Self(Mutex::new(Slots::new(requests, window)))
    }

    /// Waits until a request may be sent.
    ///
    /// `allowed` returns how long the call may still wait. If the required wait is at least that
    /// long, the error is the required wait. This function calls `allowed` again after each sleep,
    /// because the timer may be late. If no time is left then, the error is the duration of the
    /// sleep.
    pub(crate) async fn acquire<T: HttpTransport>(
        &self,
        transport: &T,
        trace: &Trace,
        allowed: impl Fn() -> Duration,
    ) -> Result<(), Duration> {
        let mut reservation = self.reserve(transport.now());
        while let Err(wait) = reservation.claim(transport.now()) {
            if wait >= allowed() {
                return Err(wait);
            }
            trace.record_wait(wait);
            transport.sleep(wait).await;
            if allowed().is_zero() {
                return Err(wait);
            }
        }
        Ok(())
    }

    /// Delays all requests for the time `pause`, but at most for [`MAX_PAUSE`].
    pub(crate) fn pause(&self, now: Duration, pause: Duration) {
        let until = now.saturating_add(pause.min(MAX_PAUSE));
        self.slots().pause(now, until);
    }

    fn reserve(&self, now: Duration) -> Reservation<'_> {
        let slot = self.slots().reserve(now);
        Reservation {
            limiter: self,
            slot: Some(slot),
        }
    }

    fn slots(&self) -> MutexGuard<'_, Slots> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A reserved slot. If the reservation is dropped before the request is sent, it gives the slot
/// back.
struct Reservation<'a> {
    limiter: &'a Limiter,
    slot: Option<Slot>,
}

impl Reservation<'_> {
    /// Uses the slot if its time has been reached. Otherwise, returns the remaining wait as an
    /// error.
    fn claim(&mut self, now: Duration) -> Result<(), Duration> {
        let Some(slot) = self.slot else { return Ok(()) };
        let mut slots = self.limiter.slots();
        let due_at = slots.due_at(slot);
        if due_at > now {
            return Err(due_at - now);
        }
        slots.record_sent(slot, now);
        self.slot = None;
        Ok(())
    }
}

impl Drop for Reservation<'_> {
    fn drop(&mut self) {
        if let Some(slot) = self.slot.take() {
            self.limiter.slots().give_back(slot);
        }
    }
}

//! Time that passes when nothing else happens.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// How often the earliest timer is polled, with no timer made or dropped meanwhile, before the
/// clock moves on to it: enough for every other task of an executor to do what it can.
const IDLE_ROUNDS: u32 = 200;

/// A clock that jumps to the next timer when all that is left to do is wait.
///
/// A test that waits an hour takes no time. On executors with one thread (also tokio's
/// `current_thread`, and `#[tokio::test]`) it is exact. Where work goes on that the clock cannot
/// see (other threads, sockets), take it in hand: [`manual`](VirtualClock::manual) and
/// [`advance`](VirtualClock::advance).
///
/// Clones are the same clock.
///
/// ```
/// use std::time::Duration;
/// use clerk_client::mock::VirtualClock;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let clock = VirtualClock::new();
/// clock.sleep(Duration::from_secs(3600)).await;
/// assert_eq!(clock.now(), Duration::from_secs(3600));
/// # }
/// ```
#[derive(Debug, Clone, Default)]
pub struct VirtualClock(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    now: Duration,
    manual: bool,
    /// By deadline, and in the order in which they were made.
    timers: BTreeMap<(Duration, u64), Waker>,
    made: u64,
    idle_rounds: u32,
}

impl VirtualClock {
    /// A clock at zero.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Another clock, at the same time.
    #[cfg(feature = "fake")]
    pub(crate) fn fork(&self) -> Self {
        let state = self.state();
        Self(Arc::new(Mutex::new(State {
            now: state.now,
            manual: state.manual,
            ..State::default()
        })))
    }

    /// From now on the clock moves by [`advance`](VirtualClock::advance) only.
    pub fn manual(&self) {
        self.state().manual = true;
    }

    /// Time since the clock was made.
    #[must_use]
    pub fn now(&self) -> Duration {
        self.state().now
    }

    /// Moves the clock, and wakes the timers that this makes due.
    pub fn advance(&self, duration: Duration) {
        let mut state = self.state();
        state.now = state.now.saturating_add(duration);
        wake(state);
    }

    /// Waits until the clock has moved by `duration`.
    pub fn sleep(&self, duration: Duration) -> impl Future<Output = ()> + Send + 'static {
        let mut state = self.state();
        state.made += 1;
        Sleep {
            key: (state.now.saturating_add(duration), state.made),
            clock: self.clone(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Wakes the timers that are due, and the one after them, which drives the clock from now on;
/// with the lock released, because a waker may run anything.
fn wake(mut state: MutexGuard<'_, State>) {
    state.idle_rounds = 0;
    let due = state
        .timers
        .keys()
        .take_while(|(deadline, _)| *deadline <= state.now)
        .count();
    let wakers: Vec<Waker> = state.timers.values().take(due + 1).cloned().collect();
    drop(state);
    for waker in wakers {
        waker.wake();
    }
}

struct Sleep {
    key: (Duration, u64),
    clock: VirtualClock,
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut state = self.clock.state();
        let (deadline, _) = self.key;
        if state.now < deadline {
            if state
                .timers
                .insert(self.key, context.waker().clone())
                .is_none()
            {
                state.idle_rounds = 0;
            }
            let drives = !state.manual
                && deadline != Duration::MAX
                && state
                    .timers
                    .first_key_value()
                    .is_some_and(|(key, _)| *key == self.key);
            if !drives {
                return Poll::Pending;
            }
            state.idle_rounds += 1;
            if state.idle_rounds <= IDLE_ROUNDS {
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            state.now = deadline;
        }
        state.timers.remove(&self.key);
        wake(state);
        Poll::Ready(())
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        let mut state = self.clock.state();
        if state.timers.remove(&self.key).is_some() {
            wake(state);
        }
    }
}

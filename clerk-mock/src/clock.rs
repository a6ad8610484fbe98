//! Virtual time.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// The number of polls of the earliest timer before the clock jumps to it.
///
/// Creating or dropping a timer restarts the count. The number gives every other task of an
/// executor the chance to run.
const IDLE_ROUNDS: u32 = 200;

/// A clock that jumps to the next timer once all tasks are waiting.
///
/// A test that waits an hour takes no time. The clock is exact on single-threaded executors, such
/// as tokio's `current_thread` and `#[tokio::test]`.
///
/// The clock cannot see work on other threads or on sockets. With such work, control it yourself,
/// with [`pause`](VirtualClock::pause) and [`advance`](VirtualClock::advance).
///
/// Clones share the same time.
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
    paused: bool,
    /// The timers, by deadline and then by order of creation.
    timers: BTreeMap<(Duration, u64), Waker>,
    /// The number of timers created so far.
    created: u64,
    /// The number of polls of the earliest timer since the last change.
    idle_rounds: u32,
}

impl VirtualClock {
    /// Creates a clock at zero.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates an independent clock at the same time.
    #[cfg(feature = "fake")]
    pub(crate) fn fork(&self) -> Self {
        let state = self.state();
        Self(Arc::new(Mutex::new(State {
            now: state.now,
            paused: state.paused,
            ..State::default()
        })))
    }

    /// Stops the clock. From now on, only [`advance`](VirtualClock::advance) moves it.
    pub fn pause(&self) {
        self.state().paused = true;
    }

    /// Returns the time since the clock was created.
    #[must_use]
    pub fn now(&self) -> Duration {
        self.state().now
    }

    /// Advances the clock, and wakes the timers that become due.
    pub fn advance(&self, duration: Duration) {
        let mut state = self.state();
        state.now = state.now.saturating_add(duration);
        wake(state);
    }

    /// Waits until the clock has advanced by `duration`.
    pub fn sleep(&self, duration: Duration) -> impl Future<Output = ()> + Send + 'static {
        let mut state = self.state();
        state.created += 1;
        Sleep {
            key: (state.now.saturating_add(duration), state.created),
            clock: self.clone(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Wakes the timers that are due, and the next one, which then drives the clock.
///
/// The lock is released first, because a waker may run any code.
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

/// A timer of the clock.
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
            let drives = !state.paused
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

//! A virtual clock, which a test controls.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

#[cfg(any(feature = "fake", feature = "mockall"))]
use clerk_core::Timestamp;

/// The number of polls of the [driver](State::driver) after which the clock jumps to the earliest
/// timer.
///
/// The count restarts when a timer is first polled, expires or is dropped. The number is large, so
/// that every other task of the executor has the chance to run.
const IDLE_ROUNDS: u32 = 200;

/// If the driver is not polled while another timer is polled this many times, that other timer
/// becomes the driver.
///
/// On an executor that runs its tasks in turn, 2 would be enough.
const PATIENCE: u32 = 3;

/// To find a new driver, the clock wakes this many of the earliest timers, and as many of the
/// latest. Several are woken, because some may belong to futures that are never polled.
const CANDIDATES: usize = 16;

/// The key of a timer: its deadline, and its number in the order of creation.
type Key = (Duration, u64);

/// A clock that jumps to the next timer once all tasks are waiting.
///
/// A test that sleeps for an hour on this clock finishes immediately. The clock is exact on
/// single-threaded executors, such as tokio's `current_thread` and `#[tokio::test]`.
///
/// The clock cannot see work on other threads or on sockets. If a test has such work, control the
/// clock yourself, with [`pause`](VirtualClock::pause) and [`advance`](VirtualClock::advance).
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
    /// The timers that were polled and have not expired.
    timers: BTreeMap<Key, Waker>,
    /// The number of timers created so far.
    created: u64,
    /// The timer that wakes itself again and again, and makes the clock jump once nothing else
    /// happens. It need not be the earliest timer, whose future may never be polled. `None` if no
    /// timer does this.
    driver: Option<Key>,
    /// The number of polls of drivers so far.
    driver_polls: u64,
    /// The number of polls of the driver since the count last restarted: see [`IDLE_ROUNDS`].
    idle_rounds: u32,
}

impl VirtualClock {
    /// The date and time to which a clock at zero corresponds: 2026-01-01.
    #[cfg(any(feature = "fake", feature = "mockall"))]
    pub(crate) const START: Timestamp = Timestamp::from_millis(1_767_225_600_000);

    /// Creates a clock at zero.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates an independent clock that shows the same time.
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

    /// Returns the time on the clock, which starts at zero.
    #[must_use]
    pub fn now(&self) -> Duration {
        self.state().now
    }

    /// Advances the clock, and wakes the timers that expire.
    pub fn advance(&self, duration: Duration) {
        let mut state = self.state();
        state.now = state.now.saturating_add(duration);
        wake(state);
    }

    /// Advances the clock. Returns the wakers that [`take_to_wake`] selects. The caller must call
    /// `wake` on them after it has released its locks.
    #[cfg(feature = "fake")]
    pub(crate) fn advance_without_waking(&self, duration: Duration) -> Vec<Waker> {
        let mut state = self.state();
        state.now = state.now.saturating_add(duration);
        take_to_wake(&mut state)
    }

    /// Waits until the clock has advanced by `duration`.
    pub fn sleep(&self, duration: Duration) -> impl Future<Output = ()> + Send + 'static {
        let deadline = self.state().now.saturating_add(duration);
        self.timer(deadline, true)
    }

    /// Waits until the clock shows `deadline`. This timer never makes the clock jump.
    #[cfg(feature = "server")]
    pub(crate) fn reaches(&self, deadline: Duration) -> impl Future<Output = ()> + Send + 'static {
        self.timer(deadline, false)
    }

    fn timer(&self, deadline: Duration, drives: bool) -> Sleep {
        let mut state = self.state();
        state.created += 1;
        Sleep {
            key: (deadline, state.created),
            clock: self.clone(),
            drives,
            watch: None,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Wakes the timers that [`take_to_wake`] returns. The lock is released before timers are woken,
/// because a waker may run any code.
fn wake(mut state: MutexGuard<'_, State>) {
    let wakers = take_to_wake(&mut state);
    drop(state);
    wakers.into_iter().for_each(Waker::wake);
}

/// Returns the wakers of the expired timers. If the clock runs without a driver, also returns the
/// wakers of the candidates for a new driver: the latest and the earliest timers.
///
/// An expired timer is removed from the map, so that it is woken only once.
fn take_to_wake(state: &mut State) -> Vec<Waker> {
    state.idle_rounds = 0;
    let now = state.now;
    let mut wakers = Vec::new();
    while let Some(timer) = state
        .timers
        .first_entry()
        .filter(|timer| timer.key().0 <= now)
    {
        wakers.push(timer.remove());
    }
    let has_driver = (state.driver).is_some_and(|driver| state.timers.contains_key(&driver));
    if !has_driver && !state.paused {
        state.driver = None;
        // The latest timer is woken first, because it can drive the clock for the longest time.
        let timers = state.timers.range(..(Duration::MAX, 0));
        let candidates = timers.clone().rev().take(CANDIDATES);
        let candidates = candidates.chain(timers.take(CANDIDATES));
        wakers.extend(candidates.map(|(_, waker)| waker.clone()));
    }
    wakers
}

/// A timer of the clock.
struct Sleep {
    key: Key,
    clock: VirtualClock,
    /// Whether the clock may jump because of this timer.
    drives: bool,
    watch: Option<Watch>,
}

/// A check that the driver is still polled.
#[derive(Clone, Copy)]
struct Watch {
    /// The value of [`State::driver_polls`] at the start of the check.
    driver_polls: u64,
    /// The number of polls of this timer since then.
    polls: u32,
}

impl Sleep {
    /// Whether this timer must wake itself: to drive the clock, or to check on the driver.
    fn stays_awake(&mut self, state: &mut State) -> bool {
        if state.paused || !self.drives || self.key.0 == Duration::MAX {
            return false;
        }
        let driver_polls = state.driver_polls;
        let watch = self.watch.get_or_insert(Watch {
            driver_polls,
            polls: 0,
        });
        let is_driven = watch.driver_polls != driver_polls;
        if state.driver.is_none() || (!is_driven && watch.polls >= PATIENCE) {
            state.driver = Some(self.key);
            state.idle_rounds = 0;
        }
        if state.driver == Some(self.key) {
            state.driver_polls += 1;
            state.idle_rounds += 1;
            self.watch = None;
            return true;
        }
        watch.polls += 1;
        if is_driven {
            self.watch = None;
        }
        !is_driven
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let this = &mut *self;
        let clock = this.clock.clone();
        let mut state = clock.state();
        if state.now < this.key.0 {
            let known = state.timers.insert(this.key, context.waker().clone());
            if known.is_none() {
                state.idle_rounds = 0;
            }
            if !this.stays_awake(&mut state) {
                return Poll::Pending;
            }
            if state.idle_rounds <= IDLE_ROUNDS {
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            if let Some(((earliest, _), _)) = state.timers.first_key_value() {
                state.now = *earliest;
            }
            if state.now < this.key.0 {
                context.waker().wake_by_ref();
                wake(state);
                return Poll::Pending;
            }
        }
        state.timers.remove(&this.key);
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

//! The cached keys of an instance.

use std::fmt;
use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::Poll;
use std::time::Duration;

use clerk_core::Timestamp;

use crate::crypto::Rs256;
use crate::error::{AuthError, AuthErrorReason};
use crate::keys::fetched::Failure;
use crate::keys::flight::{Flight, Overdue};
use crate::keys::key_policy::KeyPolicy;
use crate::keys::key_set::KeySet;
use crate::keys::source::{KeySource, OVERDUE_AFTER};

type Outcome = Result<Arc<KeySet>, Failure>;
/// A fetch. Its result is `None` if a newer fetch has replaced it.
type KeyFetch = Flight<Option<Outcome>>;

/// The number of fetches without a result (see `State::unfinished`) after which a caller waits for
/// the next fetch, instead of using stale keys (see [`KeyPolicy::stale_for`]).
const MAX_ABANDONED: u32 = 2;

/// The keys of an instance. Concurrent callers share one fetch.
pub(crate) struct KeyCache {
    source: Arc<dyn KeySource>,
    policy: KeyPolicy,
    crypto: Arc<dyn Rs256>,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    keys: Option<Held>,
    /// The failure of the last fetch. `None` if that fetch succeeded, or if no fetch has ended yet.
    failure: Option<Failure>,
    /// The monotonic time before which no fetch starts. [`KeyCache::refresh`] ignores this time.
    next_fetch: Duration,
    /// The number of fetches that started after the last completed fetch. The newest of them may
    /// still be running. All others were abandoned, became overdue or panicked.
    unfinished: u32,
    /// The fetch that is running, or that waits until `next_fetch`. It is dropped with the last
    /// future that waits for its result. `upgrade` then returns `None`.
    flight: Weak<KeyFetch>,
    /// Whether the fetch in `flight` has not started yet, and waits until `next_fetch`.
    is_waiting: bool,
    /// The number of the fetch in `flight`.
    number: u64,
    /// The monotonic time at which another fetch replaces the fetch in `flight`.
    overdue_at: Duration,
    clock_ahead: Option<i64>,
}

struct Held {
    set: Arc<KeySet>,
    fetched_at: Duration,
}

impl KeyCache {
    pub(crate) fn new(
        source: Arc<dyn KeySource>,
        policy: KeyPolicy,
        crypto: Arc<dyn Rs256>,
    ) -> Self {
        Self {
            source,
            policy,
            crypto,
            state: Arc::default(),
        }
    }

    pub(crate) fn time_of_day(&self) -> Option<Timestamp> {
        self.source.time_of_day()
    }

    /// Returns how far this machine's clock was ahead of Clerk's at the last successful fetch, in
    /// milliseconds. `None` if this is unknown.
    pub(crate) fn clock_ahead(&self) -> Option<i64> {
        lock(&self.state).clock_ahead
    }

    /// Returns the keys. Fetches them first if they are older than the policy allows.
    pub(crate) async fn current(&self) -> Result<Arc<KeySet>, AuthError> {
        loop {
            let now = self.source.now();
            let (flight, stale) = {
                let mut state = lock(&self.state);
                let held = state.keys.as_ref();
                let age = held.map(|held| now.saturating_sub(held.fetched_at));
                let usable_for = self.policy.fresh_for.saturating_add(self.policy.stale_for);
                let usable = held.filter(|_| age < Some(usable_for));
                let usable = usable.map(|held| Arc::clone(&held.set));
                let is_running = state.is_running(now);
                let is_early = now < state.next_fetch;
                match usable {
                    Some(set) if age < Some(self.policy.fresh_for) => return Ok(set),
                    // While one future fetches, all others use the stale keys. If it is too early
                    // for the next fetch, all futures use them, as long as fewer than
                    // `MAX_ABANDONED` fetches are without a result.
                    Some(set) if is_running || is_early && state.unfinished < MAX_ABANDONED => {
                        return Ok(set);
                    }
                    // The last fetch failed, and it is too early for the next one. After a fetch
                    // without a result (`unfinished` is not 0), callers get no error yet: they wait
                    // for the next fetch.
                    None if !is_running && is_early && state.unfinished == 0 => {
                        return Err(unavailable(&state, now));
                    }
                    stale => (self.join(&mut state, now), stale),
                }
            };
            match (self.outcome(flight).await, stale) {
                (Err(Overdue), _) => {}
                (Ok(Some(Ok(set))), _) | (_, Some(set)) => return Ok(set),
                _ => return Err(unavailable(&lock(&self.state), self.source.now())),
            }
        }
    }

    /// Returns a key set other than `known`, because `known` could not verify a token. If the cache
    /// still holds `known` and the policy allows a fetch, fetches the keys first. `None` if there
    /// is no other set.
    ///
    /// # Errors
    ///
    /// Returns an error if the cache still holds `known` and the last fetch failed, because it is
    /// then unknown whether there is another set.
    pub(crate) async fn other_than(
        &self,
        known: &Arc<KeySet>,
    ) -> Result<Option<Arc<KeySet>>, AuthError> {
        loop {
            let now = self.source.now();
            let flight = {
                let mut state = lock(&self.state);
                let other = state.keys.as_ref().map(|held| &held.set);
                if let Some(other) = other.filter(|other| !Arc::ptr_eq(other, known)) {
                    return Ok(Some(Arc::clone(other)));
                }
                if !state.is_running(now) && now < state.next_fetch && state.unfinished == 0 {
                    return match state.failure {
                        Some(_) => Err(unavailable(&state, now)),
                        None => Ok(None),
                    };
                }
                self.join(&mut state, now)
            };
            match self.outcome(flight).await {
                Err(Overdue) => {}
                Ok(Some(Ok(fetched))) => {
                    return Ok((!Arc::ptr_eq(&fetched, known)).then_some(fetched));
                }
                Ok(_) => return Err(unavailable(&lock(&self.state), self.source.now())),
            }
        }
    }

    /// Fetches the keys now, or waits for the running fetch.
    pub(crate) async fn refresh(&self) -> Result<(), AuthError> {
        loop {
            let now = self.source.now();
            let flight = {
                let mut state = lock(&self.state);
                if !state.is_running(now) || state.is_waiting {
                    state.next_fetch = Duration::ZERO;
                }
                self.join(&mut state, now)
            };
            // If the fetch waits until it may start, it starts now.
            flight.wake();
            match self.outcome(flight).await {
                Err(Overdue) => {}
                Ok(Some(Ok(_))) => return Ok(()),
                Ok(_) => return Err(unavailable(&lock(&self.state), self.source.now())),
            }
        }
    }

    /// Waits for the result of a fetch. `None` if the fetch panicked.
    ///
    /// # Errors
    ///
    /// Returns an error if the fetch is overdue, or if a newer fetch has replaced it. The caller
    /// then starts over: it uses the result of a newer fetch, or joins or starts one.
    async fn outcome(&self, flight: Arc<KeyFetch>) -> Result<Option<Outcome>, Overdue> {
        let now = self.source.now();
        let left = lock(&self.state).overdue_at.saturating_sub(now);
        match flight.wait_until(self.source.sleep(left)).await? {
            Some(None) => Err(Overdue),
            ended => Ok(ended.flatten()),
        }
    }

    /// Returns the fetch that is running or waiting, or a new fetch that starts at `next_fetch`. A
    /// new fetch replaces a fetch that is overdue.
    ///
    /// The minimum time between two fetches applies from the start of a fetch, even if all callers
    /// drop the fetch. Otherwise, clients that close their connections could cause any number of
    /// fetches.
    fn join(&self, state: &mut State, now: Duration) -> Arc<KeyFetch> {
        if now < state.overdue_at
            && let Some(flight) = state.flight.upgrade()
        {
            return flight;
        }
        state.number = state.number.wrapping_add(1);
        state.overdue_at = now.max(state.next_fetch).saturating_add(OVERDUE_AFTER);
        let number = state.number;
        let (source, crypto) = (Arc::clone(&self.source), Arc::clone(&self.crypto));
        let (shared, policy) = (Arc::clone(&self.state), self.policy);
        let flight = Flight::new(Box::pin(async move {
            if !wait_for_start(&*source, &shared, &policy, number).await {
                return None;
            }
            let fetched = source.fetch().await.and_then(|fetched| {
                let set = KeySet::new(fetched.keys, crypto);
                let set = set.ok_or_else(|| {
                    let reason = AuthErrorReason::JwkRemoteMissing;
                    Failure::new(reason, "the instance has no RSA key for RS256")
                })?;
                Ok((set, fetched.clock_ahead))
            });
            let now = source.now();
            lock(&shared).record(number, fetched, now, &policy)
        }));
        state.flight = Arc::downgrade(&flight);
        state.is_waiting = true;
        flight
    }
}

/// Waits until the next fetch may start, and records its start. The wait ends early if
/// [`KeyCache::refresh`] changes `next_fetch` and wakes the flight. Returns false if a newer fetch
/// has replaced the fetch with this number, which must then not start.
async fn wait_for_start(
    source: &dyn KeySource,
    state: &Mutex<State>,
    policy: &KeyPolicy,
    number: u64,
) -> bool {
    let left = || {
        let now = source.now();
        lock(state).next_fetch.saturating_sub(now)
    };
    loop {
        let wait = left();
        if wait.is_zero() {
            break;
        }
        let mut sleep = source.sleep(wait);
        poll_fn(|context| {
            if left().is_zero() {
                return Poll::Ready(());
            }
            sleep.as_mut().poll(context)
        })
        .await;
    }
    let now = source.now();
    let mut state = lock(state);
    if state.number != number {
        return false;
    }
    state.next_fetch = now.saturating_add(policy.at_most_every);
    state.unfinished = state.unfinished.saturating_add(1);
    state.is_waiting = false;
    state.overdue_at = now.saturating_add(OVERDUE_AFTER);
    true
}

impl State {
    /// Whether a fetch is running or waiting, and is not overdue.
    fn is_running(&self, now: Duration) -> bool {
        now < self.overdue_at && self.flight.strong_count() > 0
    }

    /// Records the result of the fetch with this number. Returns `None` if a newer fetch has
    /// replaced this fetch.
    fn record(
        &mut self,
        number: u64,
        fetched: Result<(KeySet, Option<i64>), Failure>,
        now: Duration,
        policy: &KeyPolicy,
    ) -> Option<Outcome> {
        if self.number != number {
            // The keys of this fetch may be old.
            return None;
        }
        self.flight = Weak::new();
        self.unfinished = 0;
        let asked = match &fetched {
            Err(failure) => failure.retry_after.unwrap_or_default(),
            Ok(_) => Duration::ZERO,
        };
        // If the wait were longer than `stale_for`, the stale keys could expire before the next
        // fetch.
        let wait = asked.min(MAX_WAIT).min(policy.stale_for);
        self.next_fetch = now.saturating_add(policy.at_most_every.max(wait));
        Some(match fetched {
            Ok((set, clock_ahead)) => {
                // If the keys did not change, the old set is kept. The verifier then still
                // remembers the tokens that were verified with this set.
                let known = self.keys.take().map(|held| held.set);
                let set = known
                    .filter(|known| known.is_same(&set))
                    .unwrap_or(Arc::new(set));
                self.keys = Some(Held {
                    set: Arc::clone(&set),
                    fetched_at: now,
                });
                self.failure = None;
                self.clock_ahead = clock_ahead;
                Ok(set)
            }
            Err(failure) => {
                self.failure = Some(failure.clone());
                Err(failure)
            }
        })
    }
}

/// The maximum wait that the `Retry-After` of a response can cause.
const MAX_WAIT: Duration = Duration::from_secs(300);

fn unavailable(state: &State, now: Duration) -> AuthError {
    let retry_after = Some(
        state
            .next_fetch
            .saturating_sub(now)
            .max(Duration::from_secs(1)),
    );
    match &state.failure {
        Some(failure) => {
            let message = failure.message.clone();
            AuthError::unavailable(failure.reason, message, failure.source.clone(), retry_after)
        }
        None => {
            let reason = AuthErrorReason::JwkRemoteFailedToLoad;
            let message = "the keys have not been fetched".to_owned();
            AuthError::unavailable(reason, message, None, retry_after)
        }
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl fmt::Debug for KeyCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyCache")
            .field("source", &self.source)
            .field("policy", &self.policy)
            .finish_non_exhaustive()
    }
}

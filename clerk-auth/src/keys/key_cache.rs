//! The cached keys of an instance.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use clerk_core::Timestamp;

use crate::crypto::Rs256;
use crate::error::{AuthError, AuthErrorReason};
use crate::keys::fetched::Failure;
use crate::keys::flight::Flight;
use crate::keys::key_policy::KeyPolicy;
use crate::keys::key_set::KeySet;
use crate::keys::source::KeySource;

type Outcome = Result<Arc<KeySet>, Failure>;

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
    /// The failure of the last fetch. `None` if it succeeded, or if no fetch has ended yet.
    failure: Option<Failure>,
    /// The monotonic time of the earliest next fetch. [`KeyCache::refresh`] ignores it.
    next_fetch: Duration,
    /// The running fetch. Only the futures that wait for it keep it alive: without them, `upgrade`
    /// returns `None`.
    flight: Weak<Flight<Outcome>>,
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

    /// Returns how far the clock was ahead of Clerk's at the last fetch, in milliseconds. `None` if
    /// it is unknown.
    pub(crate) fn clock_ahead(&self) -> Option<i64> {
        lock(&self.state).clock_ahead
    }

    /// Returns the keys. Fetches them first if they are older than the policy allows.
    pub(crate) async fn current(&self) -> Result<Arc<KeySet>, AuthError> {
        let now = self.source.now();
        let (flight, stale) = {
            let mut state = lock(&self.state);
            let held = state.keys.as_ref();
            let age = held.map(|held| now.saturating_sub(held.fetched_at));
            let usable_for = self.policy.fresh_for.saturating_add(self.policy.stale_for);
            let usable = held.filter(|_| age < Some(usable_for));
            let usable = usable.map(|held| Arc::clone(&held.set));
            match usable {
                Some(set) if age < Some(self.policy.fresh_for) => return Ok(set),
                // One future fetches. All others use the stale keys.
                Some(set) if state.flight.strong_count() > 0 || now < state.next_fetch => {
                    return Ok(set);
                }
                None if state.flight.strong_count() == 0 && now < state.next_fetch => {
                    return Err(unavailable(&state, now));
                }
                stale => (self.join(&mut state, now, stale.is_some()), stale),
            }
        };
        match (flight.wait().await, stale) {
            (Some(Ok(set)), _) | (_, Some(set)) => Ok(set),
            _ => Err(unavailable(&lock(&self.state), self.source.now())),
        }
    }

    /// Returns a key set other than `known`, which could not verify a token. Fetches it if the
    /// policy allows a fetch. `None` if there is no other key set.
    pub(crate) async fn other_than(&self, known: &Arc<KeySet>) -> Option<Arc<KeySet>> {
        let now = self.source.now();
        let flight = {
            let mut state = lock(&self.state);
            let other = state.keys.as_ref().map(|held| &held.set);
            if let Some(other) = other.filter(|other| !Arc::ptr_eq(other, known)) {
                return Some(Arc::clone(other));
            }
            if state.flight.strong_count() == 0 && now < state.next_fetch {
                return None;
            }
            self.join(&mut state, now, true)
        };
        let fetched = flight.wait().await?.ok()?;
        (!Arc::ptr_eq(&fetched, known)).then_some(fetched)
    }

    /// Fetches the keys now, or waits for the running fetch.
    pub(crate) async fn refresh(&self) -> Result<(), AuthError> {
        let flight = {
            let now = self.source.now();
            self.join(&mut lock(&self.state), now, false)
        };
        match flight.wait().await {
            Some(Ok(_)) => Ok(()),
            _ => Err(unavailable(&lock(&self.state), self.source.now())),
        }
    }

    /// Returns the running fetch, or starts a fetch.
    ///
    /// With `has_keys`, the next fetch waits for `at_most_every`, even if all callers drop this
    /// one. Otherwise, a client that sends forged tokens and hangs up could cause a fetch with each
    /// of them. Without keys there is no such wait, because other clients need the keys.
    fn join(&self, state: &mut State, now: Duration, has_keys: bool) -> Arc<Flight<Outcome>> {
        if let Some(flight) = state.flight.upgrade() {
            return flight;
        }
        if has_keys {
            state.next_fetch = now.saturating_add(self.policy.at_most_every);
        }
        let fetch = self.source.fetch();
        let (source, crypto) = (Arc::clone(&self.source), Arc::clone(&self.crypto));
        let shared = Arc::clone(&self.state);
        let at_most_every = self.policy.at_most_every;
        let flight = Flight::new(Box::pin(async move {
            let fetched = fetch.await.and_then(|fetched| {
                let set = KeySet::new(fetched.keys, crypto);
                let set = set.ok_or_else(|| {
                    let reason = AuthErrorReason::JwkRemoteMissing;
                    Failure::new(reason, "the instance has no RSA key for RS256")
                })?;
                Ok((set, fetched.clock_ahead))
            });
            let now = source.now();
            lock(&shared).record(fetched, now, at_most_every)
        }));
        state.flight = Arc::downgrade(&flight);
        flight
    }
}

impl State {
    fn record(
        &mut self,
        fetched: Result<(KeySet, Option<i64>), Failure>,
        now: Duration,
        at_most_every: Duration,
    ) -> Outcome {
        self.flight = Weak::new();
        let wait = match &fetched {
            Err(failure) => failure.retry_after.unwrap_or_default().min(MAX_WAIT),
            Ok(_) => Duration::ZERO,
        };
        self.next_fetch = now.saturating_add(at_most_every.max(wait));
        match fetched {
            Ok((set, clock_ahead)) => {
                // If the keys did not change, the old set is kept: tokens that were verified with
                // it stay remembered by the verifier.
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
        }
    }
}

/// The maximum wait that a response can set.
const MAX_WAIT: Duration = Duration::from_secs(300);

/// Returns the error of a token that cannot be verified because keys are missing.
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
            AuthError::keys(failure.reason, message, failure.source.clone(), retry_after)
        }
        None => {
            let reason = AuthErrorReason::JwkRemoteFailedToLoad;
            let message = "the keys have not been fetched".to_owned();
            AuthError::keys(reason, message, None, retry_after)
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

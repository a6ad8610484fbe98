//! The verification of opaque tokens, with a cache of its results.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use clerk_core::SecretString;
use http::StatusCode;

use crate::error::{AuthError, AuthErrorReason};
use crate::keys::flight::Flight;
use crate::keys::source::OVERDUE_AFTER;
use crate::machines::answer::Verified;
use crate::machines::backend::TokenSource;
use crate::token::opaque::Opaque;

/// The SHA-256 digest of a token.
type Digest = [u8; 32];
/// The result of verifying a token.
type Verdict = Result<Arc<Verified>, AuthError>;

/// The maximum number of verdicts in each generation of [`State`].
const LIMIT: usize = 512;

/// A verifier of the opaque tokens of an instance. Concurrent callers with the same token share one
/// request.
pub(crate) struct MachineTokens {
    source: Arc<dyn TokenSource>,
    remember_for: Duration,
    state: Arc<Mutex<State>>,
}

/// The running requests, and two generations of remembered verdicts. When the young generation is
/// full, it replaces the old one. The keys of the maps are digests, so no token is kept.
#[derive(Default)]
struct State {
    flights: HashMap<Digest, Request>,
    /// The number of requests so far.
    requests: u64,
    /// The size of `flights` at which dropped requests are removed from the map.
    prune_at: usize,
    young: HashMap<Digest, Remembered>,
    old: HashMap<Digest, Remembered>,
}

/// A running request.
struct Request {
    /// The number of the request.
    number: u64,
    flight: Weak<Flight<Verdict>>,
    /// The monotonic time from which callers replace this request with another one.
    overdue_at: Duration,
}

struct Remembered {
    verdict: Verdict,
    /// The monotonic time at which the verdict is forgotten.
    until: Duration,
}

impl MachineTokens {
    /// Creates a verifier. With a `remember_for` of zero, nothing is remembered.
    pub(crate) fn new(source: Arc<dyn TokenSource>, remember_for: Duration) -> Self {
        Self {
            source,
            remember_for,
            state: Arc::default(),
        }
    }

    /// Verifies a token. The caller must still compare the time of expiration with the clock.
    pub(crate) async fn verify(
        &self,
        kind: Opaque,
        token: &SecretString,
        digest: Digest,
    ) -> Verdict {
        loop {
            let now = self.source.now();
            let (flight, overdue_at) = {
                let mut state = lock(&self.state);
                if let Some(verdict) = state.remembered(&digest, now) {
                    return verdict;
                }
                let running = state.running(&digest, now);
                running.unwrap_or_else(|| self.start(&mut state, kind, token.clone(), digest, now))
            };
            let timer = self.source.sleep(overdue_at.saturating_sub(now));
            // If the request is overdue, another request replaces it.
            if let Ok(verdict) = flight.wait_until(timer).await {
                return verdict.unwrap_or_else(|| {
                    let message = "the verification of the token panicked";
                    Err(AuthError::new(AuthErrorReason::UnexpectedError, message))
                });
            }
        }
    }

    /// Starts a request. Returns it with the time at which it is overdue.
    fn start(
        &self,
        state: &mut State,
        kind: Opaque,
        token: SecretString,
        digest: Digest,
        now: Duration,
    ) -> (Arc<Flight<Verdict>>, Duration) {
        state.requests = state.requests.wrapping_add(1);
        let number = state.requests;
        let (source, shared) = (Arc::clone(&self.source), Arc::clone(&self.state));
        let remember_for = self.remember_for;
        let flight = Flight::new(Box::pin(async move {
            let verdict = source.verify(kind, token).await.map(Arc::new);
            let until = source.now().saturating_add(remember_for);
            let mut state = lock(&shared);
            let own = state.flights.get(&digest);
            if own.is_none_or(|own| own.number != number) {
                // A newer request has replaced this request. The verdict may be old.
                return verdict;
            }
            state.flights.remove(&digest);
            if remember_for > Duration::ZERO && is_final(&verdict) {
                let verdict = verdict.clone();
                state.remember(digest, Remembered { verdict, until });
            }
            verdict
        }));
        // A request that all its callers have dropped stays in the map until it is removed here.
        if state.flights.len() >= state.prune_at {
            state
                .flights
                .retain(|_, request| request.flight.strong_count() > 0);
            state.prune_at = (state.flights.len() * 2).max(64);
        }
        let overdue_at = now.saturating_add(OVERDUE_AFTER);
        let request = Request {
            number,
            flight: Arc::downgrade(&flight),
            overdue_at,
        };
        state.flights.insert(digest, request);
        (flight, overdue_at)
    }
}

/// Whether Clerk has judged the token. An error with the status 503, for example during an outage,
/// says nothing about the token.
fn is_final(verdict: &Verdict) -> bool {
    let error = verdict.as_ref().err();
    error.is_none_or(|error| error.status() == StatusCode::UNAUTHORIZED)
}

impl State {
    /// Returns the running request for a token, and the time at which it is overdue. `None` if no
    /// request is running, or if the request is overdue.
    fn running(&self, digest: &Digest, now: Duration) -> Option<(Arc<Flight<Verdict>>, Duration)> {
        let request = self.flights.get(digest)?;
        let overdue_at = Some(request.overdue_at).filter(|overdue_at| now < *overdue_at)?;
        Some((request.flight.upgrade()?, overdue_at))
    }

    /// Returns the verdict on a token. `None` if it is not remembered.
    fn remembered(&mut self, digest: &Digest, now: Duration) -> Option<Verdict> {
        if !self.young.contains_key(digest) {
            let used = self.old.remove(digest)?;
            self.remember(*digest, used);
        }
        let known = self.young.get(digest)?;
        if now >= known.until {
            self.young.remove(digest);
            return None;
        }
        Some(known.verdict.clone())
    }

    fn remember(&mut self, digest: Digest, verdict: Remembered) {
        if self.young.len() >= LIMIT {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(digest, verdict);
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl fmt::Debug for MachineTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MachineTokens")
            .field("source", &self.source)
            .field("remember_for", &self.remember_for)
            .finish_non_exhaustive()
    }
}

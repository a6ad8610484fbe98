//! The verification of opaque tokens, with a cache of its results.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use clerk_core::SecretString;
use http::StatusCode;

use crate::error::{AuthError, AuthErrorReason};
use crate::keys::flight::Flight;
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
/// full, it replaces the old one. Only digests of tokens are kept.
#[derive(Default)]
struct State {
    flights: HashMap<Digest, Weak<Flight<Verdict>>>,
    /// The size of `flights` at which dropped requests are removed from the map.
    prune_at: usize,
    young: HashMap<Digest, Remembered>,
    old: HashMap<Digest, Remembered>,
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
        let flight = {
            let mut state = lock(&self.state);
            if let Some(verdict) = state.remembered(&digest, self.source.now()) {
                return verdict;
            }
            let running = state.flights.get(&digest).and_then(Weak::upgrade);
            running.unwrap_or_else(|| self.start(&mut state, kind, token.clone(), digest))
        };
        flight.wait().await.unwrap_or_else(|| {
            let message = "the verification of the token panicked";
            Err(AuthError::new(AuthErrorReason::UnexpectedError, message))
        })
    }

    fn start(
        &self,
        state: &mut State,
        kind: Opaque,
        token: SecretString,
        digest: Digest,
    ) -> Arc<Flight<Verdict>> {
        let (source, shared) = (Arc::clone(&self.source), Arc::clone(&self.state));
        let remember_for = self.remember_for;
        let flight = Flight::new(Box::pin(async move {
            let verdict = source.verify(kind, token).await.map(Arc::new);
            let until = source.now().saturating_add(remember_for);
            let mut state = lock(&shared);
            state.flights.remove(&digest);
            if remember_for > Duration::ZERO && is_final(&verdict) {
                let verdict = verdict.clone();
                state.remember(digest, Remembered { verdict, until });
            }
            verdict
        }));
        // A request that all its callers have dropped stays in the map until it is removed here.
        if state.flights.len() >= state.prune_at {
            state.flights.retain(|_, flight| flight.strong_count() > 0);
            state.prune_at = (state.flights.len() * 2).max(64);
        }
        state.flights.insert(digest, Arc::downgrade(&flight));
        flight
    }
}

/// Whether Clerk has judged the token. An error with a status other than 401, such as an outage,
/// says nothing about the token.
fn is_final(verdict: &Verdict) -> bool {
    let error = verdict.as_ref().err();
    error.is_none_or(|error| error.status() == StatusCode::UNAUTHORIZED)
}

impl State {
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

//! The remembered tokens, whose signatures are not checked again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::keys::key_set::KeySet;
use crate::verifier::rules::Checked;

/// The SHA-256 digest of a token.
type Digest = [u8; 32];

/// The tokens that were verified with one set of keys. Only digests and claims are kept.
#[derive(Debug)]
pub(crate) struct Remembered {
    /// The maximum number of tokens of a generation.
    limit: usize,
    state: Mutex<State>,
}

/// Two generations of tokens. When the young generation is full, it replaces the old one.
#[derive(Debug, Default)]
struct State {
    keys: Option<Arc<KeySet>>,
    young: HashMap<Digest, Arc<Checked>>,
    old: HashMap<Digest, Arc<Checked>>,
}

impl Remembered {
    /// Creates a memory of `tokens` tokens, rounded up to an even number. 0 remembers none.
    pub(crate) fn new(tokens: usize) -> Self {
        Self {
            limit: tokens.div_ceil(2),
            state: Mutex::default(),
        }
    }

    /// Whether the memory is switched off.
    pub(crate) fn is_off(&self) -> bool {
        self.limit == 0
    }

    /// Returns the claims of a token, and the keys that verified it. `None` if it is not
    /// remembered.
    pub(crate) fn get(&self, token: &Digest) -> Option<(Arc<KeySet>, Arc<Checked>)> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let keys = Arc::clone(state.keys.as_ref()?);
        if let Some(checked) = state.young.get(token) {
            return Some((keys, Arc::clone(checked)));
        }
        let checked = state.old.remove(token)?;
        state.add(self.limit, *token, Arc::clone(&checked));
        Some((keys, checked))
    }

    /// Remembers a token. Forgets tokens that other keys verified.
    pub(crate) fn add(&self, keys: &Arc<KeySet>, token: Digest, checked: Arc<Checked>) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let is_of_keys = state
            .keys
            .as_ref()
            .is_some_and(|own| Arc::ptr_eq(own, keys));
        if !is_of_keys {
            *state = State {
                keys: Some(Arc::clone(keys)),
                ..State::default()
            };
        }
        state.add(self.limit, token, checked);
    }
}

impl State {
    fn add(&mut self, limit: usize, token: Digest, checked: Arc<Checked>) {
        if self.young.len() >= limit {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(token, checked);
    }
}

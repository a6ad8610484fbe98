//! The remembered tokens, whose signatures are not checked again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::keys::key_set::KeySet;
use crate::verifier::rules::Checked;

/// The tokens that were verified with one set of keys.
#[derive(Debug)]
pub(crate) struct Remembered {
    /// The maximum number of tokens of a generation.
    limit: usize,
    state: Mutex<State>,
}

/// Two generations of tokens, by their header and payload as they were signed. When the young
/// generation is full, it replaces the old one.
#[derive(Debug, Default)]
struct State {
    keys: Option<Arc<KeySet>>,
    young: HashMap<Box<str>, Entry>,
    old: HashMap<Box<str>, Entry>,
}

/// A verified token without its signature, of which only the digest is kept.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// The SHA-256 digest of the signature as it is spelled in the token.
    pub(crate) signature: [u8; 32],
    pub(crate) checked: Arc<Checked>,
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

    /// Returns the token with this header and payload, and the keys that verified it. `None` if it
    /// is not remembered. The caller must compare the signature.
    pub(crate) fn get(&self, signed: &str) -> Option<(Arc<KeySet>, Entry)> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let keys = Arc::clone(state.keys.as_ref()?);
        if let Some(entry) = state.young.get(signed) {
            return Some((keys, entry.clone()));
        }
        let (signed, entry) = state.old.remove_entry(signed)?;
        state.add(self.limit, signed, entry.clone());
        Some((keys, entry))
    }

    /// Remembers a token. Forgets tokens that other keys verified.
    pub(crate) fn add(&self, keys: &Arc<KeySet>, signed: &str, entry: Entry) {
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
        state.add(self.limit, signed.into(), entry);
    }
}

impl State {
    fn add(&mut self, limit: usize, signed: Box<str>, entry: Entry) {
        if self.young.len() >= limit {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(signed, entry);
    }
}

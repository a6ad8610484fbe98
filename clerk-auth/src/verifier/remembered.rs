//! The remembered tokens, whose signatures are not checked again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::keys::key_set::KeySet;
use crate::verifier::rules::Checked;

/// The SHA-256 digest of a signature. It covers fewer bytes than the digest of a token.
type Digest = [u8; 32];

/// The tokens that were verified with one set of keys. No signature is kept, only its digest.
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
    young: HashMap<Digest, Arc<Entry>>,
    old: HashMap<Digest, Arc<Entry>>,
}

#[derive(Debug)]
struct Entry {
    /// The header and the payload, as they were signed.
    signed: Box<str>,
    checked: Arc<Checked>,
}

/// The parts by which a token is remembered.
pub(crate) struct Id<'a> {
    /// The digest of the signature, as it is spelled in the token.
    pub(crate) signature: Digest,
    /// The token up to its signature.
    pub(crate) signed: &'a str,
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
    pub(crate) fn get(&self, token: &Id<'_>) -> Option<(Arc<KeySet>, Arc<Checked>)> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let keys = Arc::clone(state.keys.as_ref()?);
        let is_same = |entry: &&Arc<Entry>| *entry.signed == *token.signed;
        if let Some(entry) = state.young.get(&token.signature) {
            return Some(entry)
                .filter(is_same)
                .map(|entry| (keys, Arc::clone(&entry.checked)));
        }
        state.old.get(&token.signature).filter(is_same)?;
        let entry = state.old.remove(&token.signature)?;
        let checked = Arc::clone(&entry.checked);
        state.add(self.limit, token.signature, entry);
        Some((keys, checked))
    }

    /// Remembers a token. Forgets tokens that other keys verified.
    pub(crate) fn add(&self, keys: &Arc<KeySet>, token: &Id<'_>, checked: Arc<Checked>) {
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
        let signed = token.signed.into();
        state.add(
            self.limit,
            token.signature,
            Arc::new(Entry { signed, checked }),
        );
    }
}

impl State {
    fn add(&mut self, limit: usize, signature: Digest, entry: Arc<Entry>) {
        if self.young.len() >= limit {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(signature, entry);
    }
}

//! The remembered tokens, whose signatures are not checked again.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, PoisonError};

use crate::crypto::Rs256;
use crate::keys::key_set::KeySet;
use crate::verifier::rules::Checked;

/// The length of the longest message that is one block of SHA-256.
const LONGEST: usize = 55;

/// The tokens that were verified with one set of keys.
#[derive(Debug)]
pub(crate) struct Remembered {
    /// The maximum number of tokens of a generation.
    limit: usize,
    hasher: RandomState,
    state: Mutex<State>,
}

/// Two generations of tokens, by the [digests](Remembered::digest) of their signatures. When the
/// young generation is full, it replaces the old one.
#[derive(Debug, Default)]
struct State {
    keys: Option<Arc<KeySet>>,
    young: HashMap<Digest, Entry>,
    old: HashMap<Digest, Entry>,
}

/// A verified token without its signature.
#[derive(Debug, Clone)]
struct Entry {
    /// The header and the payload as they were signed.
    signed: Arc<str>,
    checked: Arc<Checked>,
}

type Digest = [u8; 32];

impl Remembered {
    /// Creates a memory of `tokens` tokens, rounded up to an even number. 0 remembers none.
    pub(crate) fn new(tokens: usize) -> Self {
        Self {
            limit: tokens.div_ceil(2),
            hasher: RandomState::new(),
            state: Mutex::default(),
        }
    }

    /// Whether the memory is switched off.
    pub(crate) fn is_off(&self) -> bool {
        self.limit == 0
    }

    /// Returns the digest of a signature as it is spelled in the token.
    ///
    /// It covers the end of the signature, which has more than 256 bits that only the signer can
    /// know, and a hash of the whole signature, so that no other part may differ. Together, they
    /// fit into one block of SHA-256.
    pub(crate) fn digest(&self, signature: &str, crypto: &dyn Rs256) -> Digest {
        let signature = signature.as_bytes();
        let start = signature.len().saturating_sub(LONGEST - size_of::<u64>());
        let end = signature.get(start..).unwrap_or_default();
        let mut message = Vec::with_capacity(LONGEST);
        message.extend(self.hasher.hash_one(signature).to_le_bytes());
        message.extend(end);
        crypto.sha256(&message)
    }

    /// Returns the token with this header and payload, and the keys that verified it. `None` if it
    /// is not remembered.
    pub(crate) fn get(
        &self,
        signed: &str,
        signature: &Digest,
    ) -> Option<(Arc<KeySet>, Arc<Checked>)> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let keys = Arc::clone(state.keys.as_ref()?);
        if let Some(entry) = state.young.get(signature) {
            return (*entry.signed == *signed).then(|| (keys, Arc::clone(&entry.checked)));
        }
        let entry = state.old.get(signature);
        let entry = entry.filter(|entry| *entry.signed == *signed)?.clone();
        let checked = Arc::clone(&entry.checked);
        state.old.remove(signature);
        state.add(self.limit, *signature, entry);
        Some((keys, checked))
    }

    /// Remembers a token. Forgets tokens that other keys verified.
    pub(crate) fn add(
        &self,
        keys: &Arc<KeySet>,
        signed: &str,
        signature: Digest,
        checked: &Arc<Checked>,
    ) {
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
        let entry = Entry {
            signed: signed.into(),
            checked: Arc::clone(checked),
        };
        state.add(self.limit, signature, entry);
    }
}

impl State {
    fn add(&mut self, limit: usize, signature: Digest, entry: Entry) {
        if self.young.len() >= limit {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(signature, entry);
    }
}

//! The remembered tokens, whose signatures are not checked again.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, Hasher, RandomState};
use std::sync::{Arc, Mutex, PoisonError};

use crate::crypto::Rs256;
use crate::keys::key_set::KeySet;
use crate::verifier::rules::Checked;

/// The maximum length, in bytes, of a message that fits into one block of SHA-256.
const MAX_OF_BLOCK: usize = 55;
/// The length, in bytes, of the hash of a signature's start.
const HASH: usize = size_of::<u64>();

/// The tokens that were verified with one set of keys.
#[derive(Debug)]
pub(crate) struct Remembered {
    /// The maximum number of tokens in each generation of [`State`].
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
#[derive(Debug)]
struct Entry {
    /// The header and the payload as they were signed.
    signed: Box<str>,
    token: Token,
}

/// The claims of a verified token.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub(crate) json: Arc<str>,
    /// The checked claims. `None` until the token is used a second time. For a token that is used
    /// only once, keeping the claims would waste memory.
    pub(crate) checked: Option<Arc<Checked>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Digest([u8; 32]);

/// Hashes only eight bytes, because each byte of the digest is random.
impl Hash for Digest {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let bytes = self.0.first_chunk().copied().unwrap_or_default();
        state.write_u64(u64::from_le_bytes(bytes));
    }
}

impl Remembered {
    /// Creates a cache of `tokens` tokens, rounded up to an even number. With 0, no token is
    /// remembered.
    pub(crate) fn new(tokens: usize) -> Self {
        Self {
            limit: tokens.div_ceil(2),
            hasher: RandomState::new(),
            state: Mutex::default(),
        }
    }

    /// Whether no tokens are remembered.
    pub(crate) fn is_off(&self) -> bool {
        self.limit == 0
    }

    /// Returns the digest of a signature. `signature` is the base64url text from the token.
    ///
    /// The digest covers the end of the signature. This end has more than 256 bits, and only the
    /// signer can compute them. The digest also covers a hash of the start, so that a changed start
    /// is refused. The hash and the end fit into one block of SHA-256.
    pub(crate) fn digest(&self, signature: &str, crypto: &dyn Rs256) -> Digest {
        let signature = signature.as_bytes();
        let length = signature.len().saturating_sub(MAX_OF_BLOCK - HASH);
        let (start, end) = signature.split_at(length);
        let mut message = [0; MAX_OF_BLOCK];
        let (covered, _) = message.split_at_mut(HASH + end.len());
        let (of_start, of_end) = covered.split_at_mut(HASH);
        of_start.copy_from_slice(&self.hasher.hash_one(start).to_le_bytes());
        of_end.copy_from_slice(end);
        Digest(crypto.sha256(covered))
    }

    /// Returns the token with this header, payload and signature, and the keys that verified it.
    /// Moves an old token to the young generation. `None` if the token is not remembered.
    pub(crate) fn get(&self, signed: &str, signature: &Digest) -> Option<(Arc<KeySet>, Token)> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let keys = Arc::clone(state.keys.as_ref()?);
        let is_token = |entry: &&Entry| *entry.signed == *signed;
        if let Some(entry) = state.young.get(signature) {
            return Some(entry)
                .filter(is_token)
                .map(|entry| (keys, entry.token.clone()));
        }
        state.old.get(signature).filter(is_token)?;
        let entry = state.old.remove(signature)?;
        let token = entry.token.clone();
        state.add(self.limit, *signature, entry);
        Some((keys, token))
    }

    /// Keeps the checked claims of a remembered token.
    pub(crate) fn keep(&self, signature: &Digest, checked: Checked) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(entry) = state.young.get_mut(signature) {
            entry.token.checked = Some(Arc::new(checked));
        }
    }

    /// Remembers a token. Forgets the tokens that another key set verified.
    pub(crate) fn add(&self, keys: &Arc<KeySet>, signed: &str, signature: Digest, json: Arc<str>) {
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
            token: Token {
                json,
                checked: None,
            },
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

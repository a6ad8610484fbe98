//! The keys that verify tokens.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use clerk_core::models::{JsonWebKey, JsonWebKeySet, JsonWebKeyType};

use crate::crypto::rsa_key::RsaKey;
use crate::crypto::{Rs256, VerifyingKey};

/// The maximum number of keys with the same id.
const MAX_OF_ONE_ID: usize = 4;

/// The usable keys of an instance.
#[derive(Debug)]
pub(crate) struct KeySet {
    crypto: Arc<dyn Rs256>,
    keys: Keys,
}

#[derive(Debug)]
enum Keys {
    /// The key of a verifier without a network. It verifies tokens with any key id.
    One(Box<Key>),
    ById(HashMap<String, Vec<Key>>),
}

#[derive(Debug)]
struct Key {
    numbers: RsaKey,
    /// The key that the [`Rs256`] implementation creates when the first token needs it. `None` if
    /// the implementation does not accept the key.
    verifying: OnceLock<Option<Box<dyn VerifyingKey>>>,
}

impl Key {
    fn new(numbers: RsaKey) -> Self {
        let verifying = OnceLock::new();
        Self { numbers, verifying }
    }

    fn verify(&self, crypto: &dyn Rs256, message: &[u8], signature: &[u8]) -> bool {
        let RsaKey { modulus, exponent } = &self.numbers;
        let key = self.verifying.get_or_init(|| crypto.key(modulus, exponent));
        key.as_ref()
            .is_some_and(|key| key.verify(message, signature))
    }
}

/// The outcome of checking a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Verified,
    WrongSignature,
    UnknownKey,
}

impl KeySet {
    /// Creates a set of one key, which verifies tokens with any key id.
    pub(crate) fn of_one(numbers: RsaKey, crypto: Arc<dyn Rs256>) -> Self {
        let keys = Keys::One(Box::new(Key::new(numbers)));
        Self { crypto, keys }
    }

    /// Creates a set of the RSA keys for RS256. Other keys are skipped. `None` if no key is left.
    pub(crate) fn new(set: JsonWebKeySet, crypto: Arc<dyn Rs256>) -> Option<Self> {
        let mut keys: HashMap<String, Vec<Key>> = HashMap::new();
        for key in set.keys {
            if let Some(numbers) = usable(&key) {
                let of_id = keys.entry(key.kid).or_default();
                let is_new = of_id.iter().all(|known| known.numbers != numbers);
                if is_new && of_id.len() < MAX_OF_ONE_ID {
                    of_id.push(Key::new(numbers));
                }
            }
        }
        let keys = (!keys.is_empty()).then_some(Keys::ById(keys))?;
        Some(Self { crypto, keys })
    }

    /// Whether both sets have the same keys with the same ids. False for a set created by
    /// [`of_one`](Self::of_one), whose key has no id.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        let (Keys::ById(keys), Keys::ById(others)) = (&self.keys, &other.keys) else {
            return false;
        };
        let numbers = |keys: &Vec<Key>| -> Vec<RsaKey> {
            keys.iter().map(|key| key.numbers.clone()).collect()
        };
        keys.len() == others.len()
            && keys.iter().all(|(id, keys)| {
                let others = others.get(id);
                others.is_some_and(|others| numbers(others) == numbers(keys))
            })
    }

    /// Checks a signature with the keys whose id is `kid`.
    pub(crate) fn verify(&self, kid: Option<&str>, message: &[u8], signature: &[u8]) -> Verdict {
        let keys = match &self.keys {
            Keys::One(key) => std::slice::from_ref(&**key),
            Keys::ById(keys) => match kid.and_then(|kid| keys.get(kid)) {
                Some(keys) => keys,
                None => return Verdict::UnknownKey,
            },
        };
        let mut keys = keys.iter();
        if keys.any(|key| key.verify(&*self.crypto, message, signature)) {
            Verdict::Verified
        } else {
            Verdict::WrongSignature
        }
    }
}

/// Returns the numbers of a public RSA key for RS256. `None` for any other key.
fn usable(key: &JsonWebKey) -> Option<RsaKey> {
    let is_meant = key.usage.as_deref().is_none_or(|usage| usage == "sig")
        && key.alg.as_deref().is_none_or(|alg| alg == "RS256");
    // A key with the member `d` is a published private key, so anyone can sign with it.
    if key.kty != JsonWebKeyType::Rsa || !is_meant || key.d.is_some() || key.kid.is_empty() {
        return None;
    }
    RsaKey::from_jwk(key.n.as_deref()?, key.e.as_deref()?).ok()
}

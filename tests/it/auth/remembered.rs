//! Remembered tokens, whose signatures are checked once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use clerk_client::auth::{Ring, Rs256, Verifier, VerifyingKey};
use serde_json::json;

use super::signer::{Signer, encoded};
use super::{claims, claims_with, now};
use crate::support::run;

/// An implementation of the cryptography that counts the checked signatures.
#[derive(Debug, Clone, Default)]
struct Counting(Arc<AtomicUsize>);

#[derive(Debug)]
struct CountingKey(Counting, Box<dyn VerifyingKey>);

impl Rs256 for Counting {
    fn key(&self, modulus: &[u8], exponent: &[u8]) -> Option<Box<dyn VerifyingKey>> {
        let key = Ring.key(modulus, exponent)?;
        Some(Box::new(CountingKey(self.clone(), key)))
    }

    fn sha256(&self, message: &[u8]) -> [u8; 32] {
        Ring.sha256(message)
    }
}

impl VerifyingKey for CountingKey {
    fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        self.0.0.fetch_add(1, Ordering::SeqCst);
        self.1.verify(message, signature)
    }
}

/// Returns a verifier and its count of checked signatures. The verifier remembers at most `tokens`
/// tokens, rounded up to an even number. If `tokens` is `None`, the maximum is the default.
fn verifier(tokens: Option<usize>) -> (Verifier, Arc<AtomicUsize>) {
    let crypto = Counting::default();
    let count = Arc::clone(&crypto.0);
    let mut builder = Verifier::from_jwt_key(Signer::first().pem()).crypto(crypto);
    if let Some(tokens) = tokens {
        builder = builder.remember(tokens);
    }
    (builder.build().unwrap(), count)
}

#[test]
fn the_signature_of_a_token_is_checked_once() {
    let token = Signer::first().token(&claims());
    for (tokens, expected) in [(None, 1), (Some(1), 1), (Some(0), 5)] {
        let (verifier, count) = verifier(tokens);
        for _ in 0..5 {
            run(verifier.clone().verify_at(&token, now())).unwrap();
        }
        assert_eq!(count.load(Ordering::SeqCst), expected, "{tokens:?}");
    }
}

#[test]
fn a_remembered_signature_counts_only_for_its_token() {
    let (verifier, _) = verifier(None);
    let token = Signer::first().token(&claims());
    run(verifier.verify_at(&token, now())).unwrap();
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let (header, payload) = signed.split_once('.').unwrap();
    let other = encoded(claims_with(json!({ "sub": "user_2" })).to_string());
    for forged in [
        format!("{header}.{other}.{signature}"),
        format!("{payload}.{header}.{signature}"),
        format!("{signed}..{signature}"),
        format!(".{signature}"),
        signature.to_owned(),
    ] {
        assert!(run(verifier.verify_at(&forged, now())).is_err(), "{forged}");
    }
    assert!(run(verifier.verify_at(&token, now())).is_ok());
}

#[test]
fn a_remembered_token_with_another_signature_is_refused() {
    let (verifier, _) = verifier(None);
    let token = Signer::first().token(&claims());
    let first = run(verifier.verify_at(&token, now())).unwrap();
    let (signed, signature) = token.rsplit_once('.').unwrap();
    for at in 0..signature.len() {
        let (start, rest) = signature.split_at(at);
        let other = if rest.starts_with('A') { 'B' } else { 'A' };
        let forged = format!("{signed}.{start}{other}{}", &rest[1..]);
        assert!(run(verifier.verify_at(&forged, now())).is_err(), "{at}");
        let shortened = format!("{signed}.{start}");
        assert!(run(verifier.verify_at(&shortened, now())).is_err(), "{at}");
    }
    let lengthened = format!("{token}A");
    assert!(run(verifier.verify_at(&lengthened, now())).is_err());
    for _ in 0..3 {
        let again = run(verifier.verify_at(&token, now())).unwrap();
        assert_eq!(format!("{again:?}"), format!("{first:?}"));
    }
}

#[test]
fn tokens_that_are_not_seen_again_are_forgotten() {
    let of =
        |user: usize| Signer::first().token(&claims_with(json!({ "sub": format!("u{user}") })));
    let (verifier, count) = verifier(Some(4));
    let used = of(0);
    for user in 1..=20 {
        run(verifier.verify_at(&of(user), now())).unwrap();
        run(verifier.verify_at(&used, now())).unwrap();
    }
    // The signatures of `used` and of the 20 other tokens were checked once each.
    assert_eq!(count.load(Ordering::SeqCst), 21);
    run(verifier.verify_at(&of(1), now())).unwrap();
    assert_eq!(count.load(Ordering::SeqCst), 22);
}

#[test]
fn forged_tokens_are_checked_each_time() {
    let (verifier, count) = verifier(None);
    let forged = Signer::second().token(&claims());
    let expired = Signer::first().token(&claims_with(json!({ "exp": 0 })));
    for token in [&forged, &expired] {
        for _ in 0..3 {
            assert!(run(verifier.verify_at(token, now())).is_err());
        }
    }
    // The signature of the expired token is valid, so the verifier checks it only once.
    assert_eq!(count.load(Ordering::SeqCst), 3 + 1);
}

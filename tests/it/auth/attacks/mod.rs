//! Tokens that an attacker may send. Each is refused for the expected reason.

mod class;
mod jws;
mod key_set;

use serde_json::Value;

use crate::auth::signer::Signer;
use crate::auth::{reason, verify};

/// Asserts that every kind of verifier refuses a token for the expected reason.
#[track_caller]
fn assert_refused(name: &str, token: &str, expected: &str) {
    let result = verify(token);
    assert_eq!(reason(&result), expected, "{name}");
    let error = result.unwrap_err();
    assert_eq!(error.status(), 401, "{name}");
    let shown = format!("{error} {error:?}");
    assert!(shown.len() < 1_000, "{name}: {shown}");
    for part in token.split('.').filter(|part| part.len() > 8) {
        assert!(!shown.contains(part), "{name}: {shown}");
    }
}

fn header_with(changes: Value) -> String {
    let mut header = Signer::first().header();
    for (name, value) in changes.as_object().unwrap() {
        header[name] = value.clone();
    }
    header.to_string()
}

//! Session tokens.

mod attacks;
mod authorization;
mod configuration;
mod cryptography;
mod fake;
mod keys;
mod layers;
mod requests;
mod rules;
mod signer;

use std::sync::Arc;

use clerk_client::auth::{AuthError, Pure, Ring, SessionClaims, Verifier, VerifierBuilder};
use clerk_client::mock::{MockTransport, Reply};
use clerk_client::{Clerk, RetryPolicy, Timestamp};
use serde_json::{Value, json};

use self::signer::Signer;
use crate::support::{key, run};

/// The time at which tokens are made: that at which a virtual clock starts, in seconds.
const NOW: i64 = 1_767_225_600;

/// The claims of a session token of version 2.
fn claims() -> Value {
    json!({
        "v": 2,
        "azp": "https://example.com",
        "exp": NOW + 60,
        "fva": [3, -1],
        "iat": NOW,
        "iss": "https://clerk.example.com",
        "jti": "0b1c2d",
        "nbf": NOW - 10,
        "sid": "sess_1",
        "sts": "active",
        "sub": "user_1",
    })
}

/// Returns the claims with some of them changed. Null removes a claim.
fn claims_with(changes: Value) -> Value {
    let mut claims = claims();
    for (name, value) in changes.as_object().unwrap() {
        if value.is_null() {
            claims.as_object_mut().unwrap().remove(name);
        } else {
            claims[name] = value.clone();
        }
    }
    claims
}

/// Returns a client whose key sets are those of `keys`, in virtual time.
fn clerk_with_keys(keys: impl Fn() -> Value + Send + 'static) -> Clerk {
    let mut transport = MockTransport::new();
    transport.expect_send().returning(move |request| {
        assert_eq!(request.path(), "/v1/jwks");
        Reply::json(200, &keys())
    });
    let clerk = Clerk::builder(Arc::new(transport), key()).retry(RetryPolicy::none());
    clerk.build().unwrap()
}

/// Returns a builder for each way to have the first key: local and remote, by each cryptography.
fn builders() -> Vec<(&'static str, VerifierBuilder)> {
    let clerk = clerk_with_keys(|| json!({ "keys": [Signer::first().jwk()] }));
    let local = || Verifier::from_jwt_key(Signer::first().pem());
    vec![
        ("local ring", local().crypto(Ring)),
        ("local pure", local().crypto(Pure)),
        ("remote ring", Verifier::builder(&clerk).crypto(Ring)),
        ("remote pure", Verifier::builder(&clerk).crypto(Pure)),
    ]
}

fn now() -> Timestamp {
    Timestamp::from_millis(NOW * 1_000)
}

/// Verifies a token now, with the default settings.
fn verify(token: &str) -> Result<SessionClaims, AuthError> {
    verify_with(|builder| builder, token)
}

/// Verifies a token now, in every way of [`builders`], which must agree.
fn verify_with(
    settings: impl Fn(VerifierBuilder) -> VerifierBuilder,
    token: &str,
) -> Result<SessionClaims, AuthError> {
    let mut results = Vec::new();
    for (name, builder) in builders() {
        let verifier = settings(builder).build().unwrap();
        let result = run(verifier.verify_at(token, now()));
        // The second time, the token is remembered.
        let again = run(verifier.verify_at(token, now()));
        assert_eq!(reason(&result), reason(&again), "{name}");
        results.push((name, result));
    }
    let (_, first) = results.pop().unwrap();
    for (name, other) in results {
        assert_eq!(reason(&first), reason(&other), "{name}");
    }
    first
}

/// Returns the reason for which a token is refused; "accepted" if it is not.
fn reason(result: &Result<SessionClaims, AuthError>) -> &'static str {
    match result {
        Ok(_) => "accepted",
        Err(error) => error.reason().as_str(),
    }
}

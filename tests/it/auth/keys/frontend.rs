//! The keys of the Frontend API.

use std::sync::Arc;

use clerk_client::auth::{KeyPolicy, PublishableKey, Verifier};
use clerk_client::mock::Reply;
use clerk_client::transport::TransportErrorKind;
use futures_util::future::join_all;
use serde_json::json;

use super::{Instance, MINUTE, SECOND, is_ok, key_set, token};
use crate::auth::signer::Signer;
use crate::auth::{claims_with, reason};

#[tokio::test]
async fn keys_of_the_frontend_api_need_no_secret_key() {
    let instance = Instance::new();
    let key = PublishableKey::new("pk_test_Y2xlcmsuZXhhbXBsZS5jb20k").unwrap();
    let verifier = Verifier::from_publishable_key(Arc::clone(&instance.transport), &key);
    let verifier = verifier.build().unwrap();
    let good = token(&Signer::first());
    let verified = join_all((0..100).map(|_| verifier.verify(&good))).await;
    assert!(verified.iter().all(Result::is_ok));
    let other = claims_with(json!({ "iss": "https://clerk.evil.example" }));
    let refused = verifier.verify(&Signer::first().token(&other)).await;
    assert_eq!(reason(&refused), "token-invalid-issuer");
    let requests = instance.requests.lock().unwrap();
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].path(), "/.well-known/jwks.json");
    assert_eq!(requests[0].header("authorization"), None);
}

/// A fetch is retried after a lost response and after a 503. Without any response, the fetch fails
/// after three attempts of 5 seconds.
#[tokio::test]
async fn the_frontend_api_is_asked_three_times() {
    let instance = Instance::new();
    let mut attempts = 0;
    instance.replies(move || {
        attempts += 1;
        match attempts {
            1 => Reply::fail(TransportErrorKind::Io, "reset"),
            2 => Reply::bytes(503, ""),
            _ => key_set(&[&Signer::first()]),
        }
    });
    let key = PublishableKey::new("pk_test_Y2xlcmsuZXhhbXBsZS5jb20k").unwrap();
    let build = || Verifier::from_publishable_key(Arc::clone(&instance.transport), &key).build();
    assert!(is_ok(&build().unwrap(), &token(&Signer::first())).await);
    assert_eq!(instance.count(), 3);
    instance.replies(|| Reply::bytes(200, "").delayed_by(MINUTE * 60));
    let refused = build().unwrap().verify(&token(&Signer::first())).await;
    assert_eq!(reason(&refused), "jwk-remote-failed-to-load");
    assert_eq!((instance.count(), instance.clock().now()), (6, SECOND * 15));
}

#[tokio::test]
async fn an_error_of_the_frontend_api_names_its_cause() {
    let instance = Instance::new();
    instance.replies(|| Reply::fail(TransportErrorKind::Tls, "the certificate\nhas expired"));
    let key = PublishableKey::new("pk_test_Y2xlcmsuZXhhbXBsZS5jb20k").unwrap();
    let verifier = Verifier::from_publishable_key(Arc::clone(&instance.transport), &key);
    let verifier = verifier.build().unwrap();
    let error = verifier.verify(&token(&Signer::first())).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "jwk-remote-failed-to-load: the keys could not be fetched: the TLS handshake failed: the certificate has expired"
    );
}

#[tokio::test]
async fn a_key_set_that_takes_too_much_memory_is_invalid() {
    let instance = Instance::new();
    let keys = format!(r#"{{"keys":[{}{{}}]}}"#, "{},".repeat(200_000));
    instance.replies(move || Reply::bytes(200, keys.clone()));
    let key = PublishableKey::new("pk_test_Y2xlcmsuZXhhbXBsZS5jb20k").unwrap();
    let frontend = Verifier::from_publishable_key(Arc::clone(&instance.transport), &key);
    for verifier in [instance.verifier(), frontend.build().unwrap()] {
        let refused = verifier.verify(&token(&Signer::first())).await;
        assert_eq!(reason(&refused), "jwk-remote-invalid");
    }
}

/// The Frontend API may ask for a longer pause with `Retry-After`. A pause takes at least 10
/// seconds, and at most 5 minutes or `stale_for`, whichever is shorter.
#[tokio::test]
async fn the_frontend_api_may_ask_for_a_longer_pause() {
    let key = PublishableKey::new("pk_test_Y2xlcmsuZXhhbXBsZS5jb20k").unwrap();
    for (status, asked, stale_for, waits) in [
        (429, "30", 3_600, 30),
        (503, "30", 3_600, 30),
        (429, "3", 3_600, 10),
        (429, "7200", 3_600, 300),
        (429, "7200", 60, 60),
        (429, "soon", 3_600, 10),
    ] {
        let instance = Instance::new();
        instance.replies(move || Reply::bytes(status, "{}").header("retry-after", asked));
        let policy = KeyPolicy::new().stale_for(SECOND * stale_for);
        let verifier = Verifier::from_publishable_key(Arc::clone(&instance.transport), &key);
        let verifier = verifier.keys(policy).build().unwrap();
        let token = token(&Signer::first());
        let error = verifier.verify(&token).await.unwrap_err();
        let case = format!("{status}, {asked}, {stale_for}");
        assert_eq!(
            error.reason().as_str(),
            "jwk-remote-failed-to-load",
            "{case}"
        );
        assert_eq!(error.retry_after(), Some(SECOND * waits), "{case}");
        assert_eq!(instance.count(), 1, "{case}");
        instance.replies(|| key_set(&[&Signer::first()]));
        instance.clock().sleep(SECOND * waits - SECOND).await;
        assert!(!is_ok(&verifier, &token).await, "{case}");
        assert_eq!(instance.count(), 1, "{case}");
        instance.clock().sleep(SECOND).await;
        assert!(is_ok(&verifier, &token).await, "{case}");
    }
}

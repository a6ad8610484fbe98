//! How long keys are used, and when they are fetched again.

use std::task::Poll;
use std::time::Duration;

use clerk_client::auth::{Cookies, KeyPolicy, Verifier};
use clerk_client::http::HeaderMap;
use clerk_client::http::header::COOKIE;
use clerk_client::mock::Reply;
use clerk_client::transport::{HttpTransport, TransportErrorKind};
use futures_util::future::{join, join_all};
use futures_util::{FutureExt, poll};
use serde_json::json;

use super::{Instance, MINUTE, SECOND, is_ok, key_set, token};
use crate::auth::signer::Signer;
use crate::auth::{NOW, claims_with, reason};

/// The age of the keys counts from the fetch, not from the last use.
#[tokio::test]
async fn keys_are_fetched_again_after_five_minutes_of_steady_use() {
    let instance = Instance::new();
    instance.replies(|| key_set(&[&Signer::first()]));
    let verifier = instance.verifier();
    let token = token(&Signer::first());
    for _ in 0..(20 * 60) {
        assert!(is_ok(&verifier, &token).await);
        instance.clock().sleep(SECOND).await;
    }
    assert_eq!(instance.count(), 4);
}

#[tokio::test]
async fn one_of_the_requests_that_find_old_keys_waits() {
    let instance = Instance::new();
    // Without a pause between fetches, only a running fetch prevents a second fetch.
    let policy = KeyPolicy::new().at_most_every(Duration::ZERO);
    let verifier = Verifier::builder(&instance.clerk()).keys(policy);
    let verifier = verifier.build().unwrap();
    let token = token(&Signer::first());
    assert!(is_ok(&verifier, &token).await);
    instance.clock().sleep(MINUTE * 5).await;
    let mut waits = Vec::new();
    let mut pending = Vec::new();
    for _ in 0..100 {
        let mut verified = Box::pin(verifier.verify(&token));
        match poll!(verified.as_mut()) {
            Poll::Ready(result) => waits.push(result.is_ok()),
            Poll::Pending => pending.push(verified),
        }
    }
    assert_eq!((waits.len(), pending.len()), (99, 1));
    assert!(waits.into_iter().all(|is_ok| is_ok));
    assert!(join_all(pending).await.iter().all(Result::is_ok));
    assert_eq!(instance.count(), 2);
}

#[tokio::test]
async fn keys_outlive_an_outage_by_an_hour() {
    let instance = Instance::new();
    let verifier = instance.verifier();
    let token = token(&Signer::first());
    assert!(is_ok(&verifier, &token).await);
    let fetched_at = instance.clock().now();
    instance.replies(|| Reply::fail(TransportErrorKind::NotSent, "connection refused"));
    while instance.clock().now() - fetched_at < MINUTE * 65 {
        assert!(
            is_ok(&verifier, &token).await,
            "{:?}",
            instance.clock().now()
        );
        instance.clock().sleep(MINUTE).await;
    }
    instance.clock().sleep(MINUTE).await;
    let error = verifier.verify(&token).await.unwrap_err();
    assert_eq!(error.reason().as_str(), "jwk-remote-failed-to-load");
    assert_eq!(error.status(), 503);
    assert_eq!(error.retry_after(), Some(SECOND * 10));
    assert_eq!(error.www_authenticate(), None);
    assert!(error.to_string().contains("connection refused"), "{error}");

    // The verifier remembers the failure, so that later requests do not wait for a timeout.
    let count = instance.count();
    for _ in 0..100 {
        assert!(!is_ok(&verifier, &token).await);
    }
    assert_eq!(instance.count(), count);
    instance.replies(|| key_set(&[&Signer::first()]));
    assert!(!is_ok(&verifier, &token).await);
    instance.clock().sleep(SECOND * 10).await;
    assert!(is_ok(&verifier, &token).await);
}

/// During an outage, it is unknown whether a token has a new key or is forged.
#[tokio::test]
async fn a_token_of_a_new_key_leads_to_a_503_during_an_outage() {
    for kid in ["ins_2", "ins_1"] {
        let instance = Instance::new();
        let verifier = instance.verifier();
        let old = token(&Signer::first());
        assert!(is_ok(&verifier, &old).await);
        instance.replies(|| Reply::fail(TransportErrorKind::NotSent, "connection refused"));
        let rotated = move || Signer::second().named(kid);
        let new = token(&rotated());
        instance.clock().sleep(SECOND * 10).await;
        for fetches in [2, 2] {
            let error = verifier.verify(&new).await.unwrap_err();
            assert_eq!((error.status().as_u16(), instance.count()), (503, fetches));
            assert_eq!(error.retry_after(), Some(SECOND * 10), "{kid}");
            assert!(error.to_string().contains("connection refused"), "{error}");
            assert!(is_ok(&verifier, &old).await, "{kid}");
        }
        instance.replies(move || key_set(&[&rotated()]));
        instance.clock().sleep(SECOND * 10).await;
        assert!(is_ok(&verifier, &new).await, "{kid}");
    }
}

#[tokio::test]
async fn a_cookie_of_another_instance_causes_no_fetch() {
    let instance = Instance::new();
    let verifier = Verifier::builder(&instance.clerk()).any_party();
    let verifier = verifier.cookies(Cookies::any()).build().unwrap();
    let request = |cookies: [String; 2]| {
        let mut headers = HeaderMap::new();
        let cookies = cookies.join("; ") + "; __client_uat=1; __client_uat_other=1";
        headers.insert(COOKIE, cookies.parse().unwrap());
        headers
    };
    let foreign = |name| format!("{name}={}", token(&Signer::second()));
    let own = format!("__session={}", token(&Signer::first()));
    let both = request([foreign("__session_other"), own]);
    for _ in 0..20 {
        assert!(verifier.authenticate(&both).await.is_ok());
        instance.clock().sleep(SECOND * 10).await;
    }
    assert_eq!(instance.count(), 1);

    // If neither token is valid, one of them may be signed with a new key, so the keys are fetched.
    let neither = request([foreign("__session_other"), foreign("__session")]);
    let refused = verifier.authenticate(&neither).await;
    assert_eq!(
        (reason(&refused), instance.count()),
        ("jwk-kid-mismatch", 2)
    );
}

#[tokio::test]
async fn a_silent_clerk_costs_one_timeout() {
    let instance = Instance::new();
    instance.replies(|| key_set(&[&Signer::first()]).delayed_by(MINUTE * 60));
    let verifier = instance.verifier();
    let token = token(&Signer::first());
    let errors = join_all((0..50).map(|_| verifier.verify(&token))).await;
    assert_eq!(instance.clock().now(), SECOND * 5);
    for error in errors {
        assert_eq!(reason(&error), "jwk-remote-failed-to-load");
    }
    assert_eq!(instance.count(), 1);
}

#[tokio::test]
async fn a_new_key_is_found_at_once() {
    for kid in ["ins_2", "ins_1"] {
        let instance = Instance::new();
        let verifier = instance.verifier();
        let old = token(&Signer::first());
        assert!(is_ok(&verifier, &old).await);
        instance.clock().sleep(SECOND * 10).await;
        let rotated = move || Signer::second().named(kid);
        instance.replies(move || key_set(&[&rotated()]));
        let new = token(&rotated());
        let (first, second) = join(verifier.verify(&new), verifier.verify(&new)).await;
        assert!(first.is_ok() && second.is_ok(), "{kid}");
        assert_eq!(instance.count(), 2, "{kid}");
        // The verifier had remembered the old token. It forgets the token together with the key.
        let refused = verifier.verify(&old).await;
        let expected = match kid {
            "ins_1" => "token-invalid-signature",
            _ => "jwk-kid-mismatch",
        };
        assert_eq!(reason(&refused), expected, "{kid}");
        assert!(is_ok(&verifier, &new).await, "{kid}");
    }
}

#[tokio::test]
async fn forged_tokens_cause_one_fetch_in_ten_seconds() {
    let instance = Instance::new();
    instance.replies(|| key_set(&[&Signer::first()]));
    let verifier = instance.verifier();
    let good = token(&Signer::first());
    let forged = [
        token(&Signer::second()),
        token(&Signer::second().named("ins_1")),
    ];
    for n in 0..(60 * 200) {
        assert!(!is_ok(&verifier, &forged[n % 2]).await);
        if n % 100 == 0 {
            assert!(is_ok(&verifier, &good).await);
        }
        instance.clock().sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(instance.count(), 6);
}

/// Clients that hang up cause no more fetches than clients that wait.
#[tokio::test]
async fn forged_tokens_of_clients_that_hang_up_cause_one_fetch_in_ten_seconds() {
    let instance = Instance::new();
    let verifier = instance.verifier();
    let good = token(&Signer::first());
    assert!(is_ok(&verifier, &good).await);
    instance.clock().sleep(SECOND * 10).await;
    let forged = token(&Signer::second());
    for _ in 0..100 {
        let _ = verifier.verify(&forged).now_or_never();
    }
    assert_eq!(instance.count(), 2);
    assert!(is_ok(&verifier, &good).await);
}

#[tokio::test]
async fn a_response_that_is_not_a_key_set_refuses_every_token() {
    let token = token(&Signer::first());
    for (reply, expected) in [
        (
            || Reply::bytes(200, "<html>hello</html>"),
            "jwk-remote-invalid",
        ),
        (|| Reply::bytes(200, "[]"), "jwk-remote-invalid"),
        (|| Reply::bytes(200, ""), "jwk-remote-invalid"),
        (|| Reply::json(200, &json!({})), "jwk-remote-missing"),
        (
            || Reply::json(200, &json!({ "keys": [] })),
            "jwk-remote-missing",
        ),
        (|| Reply::bytes(500, "oops"), "jwk-remote-failed-to-load"),
        (|| Reply::bytes(302, ""), "jwk-remote-failed-to-load"),
        (|| Reply::bytes(401, "{}"), "secret-key-invalid"),
    ] as [(fn() -> Reply, &str); 8]
    {
        let instance = Instance::new();
        instance.replies(reply);
        let error = instance.verifier().verify(&token).await.unwrap_err();
        assert_eq!(error.reason().as_str(), expected);
        assert_eq!(error.status(), 503, "{expected}");
        assert!(error.retry_after().is_some());
    }
}

#[tokio::test]
async fn clerk_may_ask_for_a_longer_pause() {
    let instance = Instance::new();
    instance.replies(|| Reply::bytes(429, "{}").header("retry-after", "30"));
    let verifier = instance.verifier();
    let token = token(&Signer::first());
    let error = verifier.verify(&token).await.unwrap_err();
    assert_eq!(
        (error.status().as_u16(), error.retry_after()),
        (503, Some(SECOND * 30))
    );
    instance.replies(|| key_set(&[&Signer::first()]));
    instance.clock().sleep(SECOND * 29).await;
    assert!(!is_ok(&verifier, &token).await);
    instance.clock().sleep(SECOND).await;
    assert!(is_ok(&verifier, &token).await);
}

#[tokio::test]
async fn the_policy_is_settable_and_refresh_fetches_now() {
    let instance = Instance::new();
    instance.replies(|| key_set(&[&Signer::first()]));
    let policy = KeyPolicy::new()
        .fresh_for(MINUTE)
        .stale_for(MINUTE)
        .at_most_every(SECOND);
    let verifier = Verifier::builder(&instance.clerk())
        .keys(policy)
        .build()
        .unwrap();
    verifier.refresh().await.unwrap();
    verifier.refresh().await.unwrap();
    assert_eq!(instance.count(), 2);
    let token = token(&Signer::first());
    instance.clock().sleep(SECOND * 59).await;
    assert!(is_ok(&verifier, &token).await);
    assert_eq!(instance.count(), 2);
    instance.replies(|| Reply::bytes(500, ""));
    instance.clock().sleep(SECOND * 60).await;
    assert!(is_ok(&verifier, &token).await);
    assert_eq!(instance.count(), 3);
    instance.clock().sleep(SECOND * 2).await;
    assert!(!is_ok(&verifier, &token).await);
    assert_eq!(verifier.refresh().await.unwrap_err().status(), 503);
}

/// A wrong clock is the most frequent reason for tokens that seem expired or not yet valid.
#[tokio::test]
async fn a_wrong_clock_is_named() {
    let instance = Instance::new();
    // The virtual clock starts at 00:00:00, a minute before the time in the header.
    instance
        .replies(|| key_set(&[&Signer::first()]).header("date", "Thu, 01 Jan 2026 00:01:00 GMT"));
    let verifier = instance.verifier();
    let late = Signer::first().token(&claims_with(json!({ "iat": NOW + 60, "nbf": NOW + 50 })));
    let error = verifier.verify(&late).await.unwrap_err().to_string();
    assert_eq!(
        error,
        "token-not-active-yet: the token becomes valid in 50 s; the clock of this machine is 60 s behind Clerk's"
    );
}

#[tokio::test]
async fn verifiers_print_no_token_and_no_key() {
    let instance = Instance::new();
    let verifier = instance.verifier();
    let good = token(&Signer::first());
    let claims = verifier.verify(&good).await.unwrap();
    let forged = token(&Signer::second());
    let error = verifier.verify(&forged).await.unwrap_err();
    let printed = format!("{verifier:?} {verifier:#?} {claims:?} {error:?} {error}");
    for secret in [
        &good,
        &forged,
        &crate::support::KEY["sk_test_".len()..].to_owned(),
    ] {
        for part in secret.split('.') {
            assert!(!printed.contains(part), "{printed}");
        }
    }
    assert!(instance.transport.time_of_day().is_some());
}

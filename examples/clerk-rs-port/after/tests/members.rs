//! Tests the application on clerk-client against `FakeClerk`, without a network or real waits.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected should stop there"
)]

#[path = "../../scenario.rs"]
mod scenario;

use axum::Router;
use clerk_client::auth::{Cookies, PublishableKey, Verifier};
use clerk_client::mock::{FakeClerk, Fault};
use serde_json::Value;

use crate::scenario::{ORIGIN, ask, bearer, check, fake, session_v2, sign_in};

fn app(fake: &FakeClerk) -> Router {
    let clerk = fake.client();
    let key = PublishableKey::new(FakeClerk::PUBLISHABLE_KEY).unwrap();
    let verifier = Verifier::builder(&clerk)
        .authorized_parties([ORIGIN])
        .cookies(Cookies::of(&key))
        .build();
    after::app(&clerk, verifier.unwrap())
}

#[tokio::test]
async fn the_application_behaves_as_before() {
    let fake = fake();
    check(&app(&fake), &fake).await;
}

// In the following tests, the application on clerk-rs behaves differently.

#[tokio::test]
async fn a_token_of_version_2_has_its_organization() {
    let fake = fake();
    let ada = fake.sign_in(session_v2("user_ada", "org:members:ban"));
    assert_eq!(
        ask(&app(&fake), "GET", "/team", bearer(&ada), Value::Null)
            .await
            .0,
        200
    );
}

/// The test takes no real time, because attempts and waits take virtual time.
#[tokio::test]
async fn an_unavailable_clerk_is_reported_as_503() {
    let fake = fake();
    let ada = sign_in(&fake, "user_ada", "org:members:ban");
    fake.inject_faults(|_| Some(Fault::status(503)));
    assert_eq!(
        ask(&app(&fake), "GET", "/me", bearer(&ada), Value::Null)
            .await
            .0,
        503
    );
}

#[tokio::test]
async fn a_token_for_another_site_is_refused() {
    let fake = fake();
    let session = session_v2("user_ada", "org:members:ban");
    let other = fake.sign_in(session.authorized_party("https://evil.example"));
    assert_eq!(
        ask(&app(&fake), "GET", "/me", bearer(&other), Value::Null)
            .await
            .0,
        401
    );
}

//! Tests the application on clerk-rs against a served `FakeClerk`.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected should stop there"
)]

#[path = "../../scenario.rs"]
mod scenario;

use std::time::SystemTime;

use axum::Router;
use clerk_client::mock::{FakeClerk, FakeServer, Fault};
use clerk_rs::{Clerk, ClerkConfiguration};
use serde_json::Value;

use crate::scenario::{ask, bearer, check, fake, session_v2, sign_in};

/// Serves a fake, and creates an application that uses it. The fake issues tokens at the system's
/// time, because clerk-rs compares the times in tokens with the system's clock.
async fn serve(fake: FakeClerk) -> (FakeServer, Router) {
    fake.set_time(SystemTime::now().into());
    let server = FakeServer::start(fake).await.unwrap();
    let configuration = ClerkConfiguration::new("sk_test_1").with_base_path(server.url());
    (server, before::app(Clerk::new(configuration)))
}

#[tokio::test]
async fn the_application_behaves_as_the_port_does() {
    let (server, app) = serve(fake()).await;
    check(&app, server.fake()).await;
}

// In the following tests, the application on clerk-client behaves differently.

#[tokio::test]
async fn a_token_of_version_2_has_no_organization() {
    let (server, app) = serve(fake()).await;
    let ada = server
        .fake()
        .sign_in(session_v2("user_ada", "org:members:ban"));
    assert_eq!(
        ask(&app, "GET", "/team", bearer(&ada), Value::Null).await.0,
        403
    );
}

#[tokio::test]
async fn an_unavailable_clerk_signs_users_out() {
    let (server, app) = serve(fake()).await;
    let ada = sign_in(server.fake(), "user_ada", "org:members:ban");
    server.fake().inject_faults(|_| Some(Fault::status(503)));
    assert_eq!(
        ask(&app, "GET", "/me", bearer(&ada), Value::Null).await.0,
        401
    );
}

//! Tests the application against `FakeClerk`, without a key, a network or real waits.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected should stop there"
)]

use axum::body::Body;
use axum::http::{Request, StatusCode};
use axum_app::app;
use clerk_client::auth::Verifier;
use clerk_client::mock::{FakeClerk, FakeUser, Fault, RequestMatcher};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

async fn ask(fake: &FakeClerk, method: &str, path: &str, body: Value) -> (StatusCode, Value) {
    let request = Request::builder().method(method).uri(path);
    let request = request.header("content-type", "application/json");
    let request = request.body(Body::from(body.to_string())).unwrap();
    let (status, body) = send(fake, request).await;
    (status, serde_json::from_slice(&body).unwrap())
}

async fn send(fake: &FakeClerk, request: Request<Body>) -> (StatusCode, Vec<u8>) {
    let clerk = fake.client();
    let verifier = Verifier::new(&clerk).unwrap();
    let response = app(&clerk, verifier).oneshot(request).await.unwrap();
    let status = response.status();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, body.to_vec())
}

#[tokio::test]
async fn signing_up_creates_a_member() {
    let fake = FakeClerk::new();
    let form = json!({ "email": "ada@example.com", "password": "long enough", "name": "Ada" });
    let (status, ada) = ask(&fake, "POST", "/members", form.clone()).await;
    assert_eq!(status, StatusCode::CREATED);
    assert_eq!(ada["email"], "ada@example.com");

    let path = format!("/members/{}", ada["id"].as_str().unwrap());
    assert_eq!(
        ask(&fake, "GET", &path, Value::Null).await,
        (StatusCode::OK, ada)
    );

    let (status, body) = ask(&fake, "POST", "/members", form).await;
    assert_eq!(
        (status, &body["error"]),
        (
            StatusCode::CONFLICT,
            &json!("That e-mail address is already in use.")
        )
    );
}

#[tokio::test]
async fn validation_errors_are_shown_to_the_user() {
    let form = json!({ "email": "ada@example.com", "password": "short" });
    let (status, body) = ask(&FakeClerk::new(), "POST", "/members", form).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(body["error"], "Passwords must be 8 characters or more.");

    let form = json!({ "email": "ada", "password": "long enough" });
    let (_, body) = ask(&FakeClerk::new(), "POST", "/members", form).await;
    let sentence = "email_address must be a valid email address.";
    assert_eq!(body["error"], sentence);
}

#[tokio::test]
async fn a_ban_sends_one_request() {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada").email_address("ada@example.com"));
    let (status, ada) = ask(&fake, "POST", "/members/user_ada/ban", Value::Null).await;
    assert_eq!((status, &ada["banned"]), (StatusCode::OK, &json!(true)));
    fake.assert_requested(&RequestMatcher::operation("BanUser"), 1);
    assert!(fake.user("user_ada").unwrap().banned);

    for unknown in ["user_alan", "..", "count"] {
        let path = format!("/members/{unknown}/ban");
        let (status, _) = ask(&fake, "POST", &path, Value::Null).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{unknown}");
    }
}

/// The test takes no real time, because attempts and waits take virtual time.
#[tokio::test]
async fn an_unavailable_clerk_is_reported_as_503() {
    let fake = FakeClerk::new();
    fake.inject_faults(|_| Some(Fault::status(503)));
    let (status, body) = ask(&fake, "GET", "/members/user_ada", Value::Null).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(
        body["error"],
        "Temporarily unavailable. Please try again later."
    );
    fake.assert_requested(
        &RequestMatcher::operation("GetUser").path("/v1/users/user_ada"),
        3,
    );
}

#[tokio::test]
async fn only_a_member_who_is_signed_in_sees_their_own_page() {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada").email_address("ada@example.com"));
    let session = fake.sign_in("user_ada");
    let ask = |token: Option<String>| {
        let mut request = Request::get("/me");
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        send(&fake, request.body(Body::empty()).unwrap())
    };
    let (status, body) = ask(Some(session.token().expose().to_owned())).await;
    let body: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!((status, &body["id"]), (StatusCode::OK, &json!("user_ada")));
    assert_eq!(ask(None).await.0, StatusCode::UNAUTHORIZED);
    assert_eq!(
        ask(Some("x.y.z".to_owned())).await.0,
        StatusCode::UNAUTHORIZED
    );

    let token = session.token().expose().to_owned();
    fake.rotate_signing_key();
    assert_eq!(ask(Some(token)).await.0, StatusCode::UNAUTHORIZED);
}

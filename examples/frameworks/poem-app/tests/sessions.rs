//! Tests the application against `FakeClerk`, without a key or a network.

#![allow(
    clippy::unwrap_used,
    reason = "a test that meets the unexpected should stop there"
)]

use clerk_client::auth::Verifier;
use clerk_client::mock::{FakeClerk, FakeSession, FakeUser, Fault};
use poem::http::StatusCode;
use poem::test::{TestClient, TestResponse};
use poem::{Route, get, handler};
use poem_app::{Session, app};

fn fake() -> FakeClerk {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada"));
    fake
}

async fn get_me(verifier: &Verifier, token: Option<&str>) -> TestResponse {
    let client = TestClient::new(app(verifier.clone()));
    let mut request = client.get("/me");
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    request.send().await
}

#[tokio::test]
async fn only_a_user_who_is_signed_in_gets_their_id() {
    let fake = fake();
    let verifier = Verifier::new(&fake.client()).unwrap();
    let token = fake.sign_in("user_ada").token();
    let response = get_me(&verifier, Some(token.expose())).await;
    response.assert_status_is_ok();
    response.assert_text("user_ada").await;

    let response = get_me(&verifier, None).await;
    response.assert_status(StatusCode::UNAUTHORIZED);
    response.assert_header("www-authenticate", "Bearer");
    response.assert_header("content-type", "application/json");
    response
        .assert_text(r#"{"error":"session-token-missing"}"#)
        .await;

    let response = get_me(&verifier, Some("x.y.z")).await;
    response.assert_status(StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn only_a_user_with_the_permission_deletes_an_invoice() {
    let fake = fake();
    let verifier = Verifier::new(&fake.client()).unwrap();
    let ask = async |permission: &str| {
        let session = FakeSession::new("user_ada")
            .organization("org_1", "org:member")
            .permissions([permission]);
        let token = fake.sign_in(session).token();
        let client = TestClient::new(app(verifier.clone()));
        let request = client.delete("/invoices/7");
        let header = format!("Bearer {}", token.expose());
        request.header("authorization", header).send().await
    };
    let response = ask("org:invoices:delete").await;
    response.assert_status_is_ok();
    response.assert_text("user_ada deleted 7").await;

    let response = ask("org:invoices:read").await;
    response.assert_status(StatusCode::FORBIDDEN);
    response.assert_text(r#"{"error":"forbidden"}"#).await;
}

/// The test takes no real time, because attempts and waits take virtual time.
#[tokio::test]
async fn an_unavailable_clerk_is_reported_as_503() {
    let fake = fake();
    let verifier = Verifier::new(&fake.client()).unwrap();
    let token = fake.sign_in("user_ada").token();
    fake.inject_faults(|_| Some(Fault::status(503)));
    let response = get_me(&verifier, Some(token.expose())).await;
    response.assert_status(StatusCode::SERVICE_UNAVAILABLE);
    response.assert_header_exist("retry-after");
}

#[tokio::test]
async fn an_application_without_a_verifier_responds_with_500() {
    #[handler]
    fn unreachable(_: Session) -> &'static str {
        "unreachable"
    }
    let client = TestClient::new(Route::new().at("/me", get(unreachable)));
    let response = client.get("/me").send().await;
    response.assert_status(StatusCode::INTERNAL_SERVER_ERROR);
}

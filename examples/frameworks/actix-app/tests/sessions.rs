//! Tests the application against `FakeClerk`, without a key or a network.

#![allow(
    clippy::unwrap_used,
    reason = "a test that meets the unexpected should stop there"
)]

use actix_app::{Session, routes};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderMap};
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::{App, web};
use clerk_client::auth::{Cookies, PublishableKey, Verifier};
use clerk_client::mock::{FakeClerk, FakeSession, FakeUser, Fault};

fn fake() -> FakeClerk {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada"));
    fake
}

fn bearer(token: &str) -> (&'static str, String) {
    ("authorization", format!("Bearer {token}"))
}

fn get(headers: Vec<(&'static str, String)>) -> TestRequest {
    let request = TestRequest::get().uri("/me");
    let append = |request: TestRequest, header| request.append_header(header);
    headers.into_iter().fold(request, append)
}

async fn send(verifier: Verifier, request: TestRequest) -> (u16, HeaderMap, String) {
    let app = init_service(App::new().configure(routes(verifier))).await;
    let response = call_service(&app, request.to_request()).await;
    let status = response.status().as_u16();
    let headers = response.headers().clone();
    let body = read_body(response).await;
    (status, headers, String::from_utf8(body.to_vec()).unwrap())
}

#[actix_web::test]
async fn only_a_user_who_is_signed_in_gets_their_id() {
    let fake = fake();
    let verifier = Verifier::new(&fake.client()).unwrap();
    let token = fake.sign_in("user_ada").token();
    let token = token.expose();
    let (status, _, body) = send(verifier.clone(), get(vec![bearer(token)])).await;
    assert_eq!((status, body.as_str()), (200, "user_ada"));

    let (status, headers, body) = send(verifier.clone(), get(Vec::new())).await;
    assert_eq!(status, 401);
    assert_eq!(headers.get(header::WWW_AUTHENTICATE).unwrap(), "Bearer");
    assert_eq!(
        headers.get(header::CONTENT_TYPE).unwrap(),
        "application/json"
    );
    assert_eq!(body, r#"{"error":"session-token-missing"}"#);

    let twice = get(vec![bearer(token), bearer(token)]);
    assert_eq!(send(verifier.clone(), twice).await.0, 401);
    assert_eq!(send(verifier, get(vec![bearer("x.y.z")])).await.0, 401);
}

#[actix_web::test]
async fn a_session_cookie_is_read_if_cookies_are_on() {
    let fake = fake();
    let key = PublishableKey::new(FakeClerk::PUBLISHABLE_KEY).unwrap();
    let verifier = Verifier::builder(&fake.client())
        .cookies(Cookies::of(&key))
        .any_party();
    let cookie = ("cookie", fake.sign_in("user_ada").cookie());
    let (status, _, body) = send(verifier.build().unwrap(), get(vec![cookie])).await;
    assert_eq!((status, body.as_str()), (200, "user_ada"));
}

#[actix_web::test]
async fn only_a_user_with_the_permission_deletes_an_invoice() {
    let fake = fake();
    let verifier = Verifier::new(&fake.client()).unwrap();
    let ask = async |permission: &str| {
        let session = FakeSession::new("user_ada")
            .organization("org_1", "org:member")
            .permissions([permission]);
        let header = bearer(fake.sign_in(session).token().expose());
        let request = TestRequest::default()
            .method(Method::DELETE)
            .uri("/invoices/7");
        send(verifier.clone(), request.append_header(header)).await
    };
    let (status, _, body) = ask("org:invoices:delete").await;
    assert_eq!((status, body.as_str()), (200, "user_ada deleted 7"));
    let (status, _, body) = ask("org:invoices:read").await;
    assert_eq!((status, body.as_str()), (403, r#"{"error":"forbidden"}"#));
}

/// The test takes no real time, because attempts and waits take virtual time.
#[actix_web::test]
async fn an_unavailable_clerk_is_reported_as_503() {
    let fake = fake();
    let verifier = Verifier::new(&fake.client()).unwrap();
    let header = bearer(fake.sign_in("user_ada").token().expose());
    fake.inject_faults(|_| Some(Fault::status(503)));
    let (status, headers, _) = send(verifier, get(vec![header])).await;
    assert_eq!(status, 503);
    assert!(headers.contains_key(header::RETRY_AFTER));
}

#[actix_web::test]
async fn an_application_without_a_verifier_responds_with_500() {
    let route = web::get().to(|_: Session| async { "unreachable" });
    let app = init_service(App::new().route("/me", route)).await;
    let response = call_service(&app, get(Vec::new()).to_request()).await;
    assert_eq!(response.status().as_u16(), 500);
}

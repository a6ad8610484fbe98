//! Tests the application against `FakeClerk`, without a key or a network.

#![allow(
    clippy::unwrap_used,
    reason = "a test that meets the unexpected should stop there"
)]

use clerk_client::auth::{Cookies, PublishableKey, Verifier};
use clerk_client::mock::{FakeClerk, FakeSession, FakeUser, Fault};
use rocket::config::{Config, LogLevel};
use rocket::error::ErrorKind;
use rocket::http::Header;
use rocket::local::asynchronous::Client;
use rocket::{Build, Rocket, get, routes};
use rocket_app::{Refusal, Session, app};

fn fake() -> FakeClerk {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada"));
    fake
}

fn quiet() -> Rocket<Build> {
    rocket::custom(Config {
        log_level: LogLevel::Off,
        ..Config::debug_default()
    })
}

async fn client(verifier: Verifier) -> Client {
    Client::untracked(app(quiet(), verifier)).await.unwrap()
}

fn bearer(token: &str) -> Header<'static> {
    Header::new("authorization", format!("Bearer {token}"))
}

#[rocket::async_test]
async fn only_a_user_who_is_signed_in_gets_their_id() {
    let fake = fake();
    let client = client(Verifier::new(&fake.client()).unwrap()).await;
    let token = fake.sign_in("user_ada").token();
    let token = token.expose();
    let response = client.get("/me").header(bearer(token)).dispatch().await;
    assert_eq!(response.status().code, 200);
    assert_eq!(response.into_string().await.unwrap(), "user_ada");

    let response = client.get("/me").dispatch().await;
    assert_eq!(response.status().code, 401);
    let headers = response.headers();
    assert_eq!(headers.get_one("www-authenticate"), Some("Bearer"));
    assert_eq!(headers.get_one("content-type"), Some("application/json"));
    let body = response.into_string().await.unwrap();
    assert_eq!(body, r#"{"error":"session-token-missing"}"#);

    let request = client.get("/me").header(bearer(token));
    let twice = request.header(bearer(token)).dispatch().await;
    assert_eq!(twice.status().code, 401);
    let response = client.get("/me").header(bearer("x.y.z")).dispatch().await;
    assert_eq!(response.status().code, 401);
}

#[rocket::async_test]
async fn a_session_cookie_is_read_if_cookies_are_on() {
    let fake = fake();
    let key = PublishableKey::new(FakeClerk::PUBLISHABLE_KEY).unwrap();
    let verifier = Verifier::builder(&fake.client())
        .cookies(Cookies::of(&key))
        .any_party();
    let client = client(verifier.build().unwrap()).await;
    let cookie = fake.sign_in("user_ada").cookie();
    let header = Header::new("cookie", cookie.clone());
    let response = client.get("/me").header(header).dispatch().await;
    assert_eq!(response.into_string().await.unwrap(), "user_ada");
    // A cookie of another application may have any text.
    let header = Header::new("cookie", format!("city=Zürich; {cookie}"));
    let response = client.get("/me").header(header).dispatch().await;
    assert_eq!(response.into_string().await.unwrap(), "user_ada");
}

#[rocket::async_test]
async fn only_a_user_with_the_permission_deletes_an_invoice() {
    let fake = fake();
    let client = client(Verifier::new(&fake.client()).unwrap()).await;
    let ask = async |permission: &str| {
        let session = FakeSession::new("user_ada")
            .organization("org_1", "org:member")
            .permissions([permission]);
        let header = bearer(fake.sign_in(session).token().expose());
        let response = client.delete("/invoices/7").header(header).dispatch().await;
        (
            response.status().code,
            response.into_string().await.unwrap(),
        )
    };
    let allowed = (200, "user_ada deleted 7".to_owned());
    assert_eq!(ask("org:invoices:delete").await, allowed);
    let refused = (403, r#"{"error":"forbidden"}"#.to_owned());
    assert_eq!(ask("org:invoices:read").await, refused);
}

/// The test takes no real time, because attempts and waits take virtual time.
#[rocket::async_test]
async fn an_unavailable_clerk_is_reported_as_503() {
    let fake = fake();
    let client = client(Verifier::new(&fake.client()).unwrap()).await;
    let header = bearer(fake.sign_in("user_ada").token().expose());
    fake.inject_faults(|_| Some(Fault::status(503)));
    let response = client.get("/me").header(header).dispatch().await;
    assert_eq!(response.status().code, 503);
    assert!(response.headers().contains("retry-after"));
}

#[get("/")]
fn unreachable(_session: Result<Session, Refusal>) -> &'static str {
    "unreachable"
}

#[rocket::async_test]
async fn an_application_without_a_verifier_does_not_launch() {
    let client = Client::untracked(quiet().mount("/", routes![unreachable])).await;
    let error = client.err().unwrap();
    assert!(
        matches!(error.kind(), ErrorKind::SentinelAborts(_)),
        "{error:?}"
    );
}

//! The tower layer and the extractors for axum.

use std::convert::Infallible;

use axum::Router;
use axum::body::Body;
use axum::routing::get;
use clerk_client::auth::{
    AuthError, AuthLayer, Authorization, Reverification, SessionClaims, Verifier,
};
use clerk_client::http::{HeaderMap, Request, Response, StatusCode};
use clerk_client::mock::{FakeClerk, FakeSession, FakeUser, Fault};
use http_body_util::{BodyExt, Full};
use tower::{ServiceExt, service_fn};
use tower_layer::Layer;

fn fake() -> FakeClerk {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_1"));
    fake
}

fn layer(fake: &FakeClerk) -> AuthLayer {
    AuthLayer::new(Verifier::new(&fake.client()).unwrap())
}

/// Sends a request through the layer to a service that responds with the user id or "a guest".
async fn through(layer: AuthLayer, headers: HeaderMap) -> (StatusCode, HeaderMap, String) {
    let service = service_fn(async |request: Request<()>| {
        let claims = request.extensions().get::<SessionClaims>();
        let user = claims.map_or("a guest".to_owned(), |claims| claims.user_id.to_string());
        Ok::<_, Infallible>(Response::new(
            Full::<clerk_client::transport::bytes::Bytes>::from(user),
        ))
    });
    let mut request = Request::new(());
    *request.headers_mut() = headers;
    let response = layer.layer(service).oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    (
        parts.status,
        parts.headers,
        String::from_utf8(body.to_vec()).unwrap(),
    )
}

#[tokio::test]
async fn the_layer_lets_in_signed_in_users_only() {
    let fake = fake();
    let session = fake.sign_in("user_1");
    let (status, _, body) = through(layer(&fake), session.headers()).await;
    assert_eq!((status.as_u16(), body.as_str()), (200, "user_1"));
    let (status, headers, body) = through(layer(&fake), HeaderMap::new()).await;
    assert_eq!(
        (status.as_u16(), body.as_str()),
        (401, r#"{"error":"session-token-missing"}"#)
    );
    assert_eq!(headers["www-authenticate"], "Bearer");
    assert_eq!(headers["content-type"], "application/json");
}

#[tokio::test]
async fn an_optional_layer_lets_in_guests_but_fails_without_keys() {
    let fake = fake();
    let session = fake.sign_in("user_1");
    let optional = || layer(&fake).optional();
    assert_eq!(through(optional(), session.headers()).await.2, "user_1");
    assert_eq!(through(optional(), HeaderMap::new()).await.2, "a guest");
    let mut forged = HeaderMap::new();
    forged.insert("authorization", "Bearer x".parse().unwrap());
    assert_eq!(through(optional(), forged).await.2, "a guest");
    fake.inject_faults(|_| Some(Fault::status(401)));
    let (status, headers, _) = through(optional(), session.headers()).await;
    assert_eq!(status, 503);
    assert_eq!(headers["retry-after"], "10");
}

#[tokio::test]
async fn a_layer_refuses_requests_without_the_required_authorization() {
    let fake = fake();
    let admin = FakeSession::new("user_1").organization("org_1", "org:admin");
    let (admin, member) = (fake.sign_in(admin), fake.sign_in("user_1"));
    let admins = || layer(&fake).require(Authorization::role("org:admin"));
    assert_eq!(through(admins(), admin.headers()).await.0, 200);
    assert_eq!(through(admins(), member.headers()).await.0, 403);
    assert_eq!(through(admins(), HeaderMap::new()).await.0, 401);
    let strict = || layer(&fake).require(Authorization::reverification(Reverification::STRICT));
    assert_eq!(through(strict(), member.headers()).await.0, 200);
    let long_ago = FakeSession::new("user_1").factor_ages(Some(30), None);
    let (status, _, body) = through(strict(), fake.sign_in(long_ago).headers()).await;
    assert_eq!(status, 403);
    assert!(body.contains("reverification-error"), "{body}");
}

/// The handler does not run, so middleware can learn the cause of the refusal only from the
/// response.
#[tokio::test]
async fn middleware_around_the_layer_learns_why_a_request_was_refused() {
    let fake = fake();
    let session = fake.sign_in("user_1");
    fake.inject_faults(|_| Some(Fault::status(401)));
    let service =
        service_fn(async |_: Request<()>| Ok::<_, Infallible>(Response::new(String::new())));
    let mut request = Request::new(());
    *request.headers_mut() = session.headers();
    let response = layer(&fake).layer(service).oneshot(request).await.unwrap();
    assert_eq!(response.status(), 503);
    let error = response.extensions().get::<AuthError>().unwrap();
    let expected = "secret-key-invalid: invalid secret key: Clerk refused it";
    assert!(error.to_string().starts_with(expected), "{error}");
}

async fn get_from(router: &Router, path: &str, headers: HeaderMap) -> (StatusCode, String) {
    let mut request = Request::get(path).body(Body::empty()).unwrap();
    *request.headers_mut() = headers;
    let response = router.clone().oneshot(request).await.unwrap();
    let status = response.status();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn claims_are_extractors_of_axum() {
    let fake = fake();
    let session = fake.sign_in("user_1");
    let who = |claims: Option<SessionClaims>| async move {
        claims.map_or("a guest".to_owned(), |claims| claims.user_id.to_string())
    };
    let me = |claims: SessionClaims| async move { claims.user_id.to_string() };
    let router = Router::new()
        .route("/who", get(who))
        .route("/me", get(me))
        .layer(layer(&fake).optional())
        .route("/without", get(me))
        .route("/without/who", get(who));
    let none = HeaderMap::new;
    for (path, headers, status, body) in [
        ("/who", session.headers(), 200, "user_1"),
        ("/who", none(), 200, "a guest"),
        ("/me", session.headers(), 200, "user_1"),
        ("/me", none(), 401, r#"{"error":"session-token-missing"}"#),
        (
            "/without",
            session.headers(),
            500,
            r#"{"error":"layer-missing"}"#,
        ),
        ("/without/who", none(), 500, r#"{"error":"layer-missing"}"#),
    ] {
        let response = get_from(&router, path, headers).await;
        assert_eq!(
            (response.0.as_u16(), response.1.as_str()),
            (status, body),
            "{path}"
        );
    }
}

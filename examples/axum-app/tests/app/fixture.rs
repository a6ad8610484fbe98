//! An application on a fake Clerk, and requests to the application.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use axum_app::app;
use clerk_client::auth::Verifier;
use clerk_client::mock::{FakeClerk, FakeSignIn};
use clerk_client::webhooks::WebhookSecret;
use http_body_util::BodyExt;
use serde_json::Value;
use sync_users::UserTable;
use tower::ServiceExt;

pub(crate) fn secret() -> WebhookSecret {
    WebhookSecret::new(FakeClerk::WEBHOOK_SECRET).unwrap()
}

/// Creates an application on a fake, with an empty table.
pub(crate) async fn app_on(fake: &FakeClerk) -> Router {
    app_with(fake, UserTable::in_memory().await.unwrap())
}

/// Creates an application on a fake, with the given table.
pub(crate) fn app_with(fake: &FakeClerk, table: UserTable) -> Router {
    let clerk = fake.client();
    let verifier = Verifier::new(&clerk).unwrap();
    app(clerk, verifier, table, secret())
}

/// Sends a request with a JSON body.
pub(crate) async fn ask(
    app: &Router,
    method: &str,
    path: &str,
    body: Value,
) -> (StatusCode, Value) {
    let request = Request::builder().method(method).uri(path);
    let request = request.header("content-type", "application/json");
    send(app, request.body(Body::from(body.to_string())).unwrap()).await
}

/// Sends a request with the headers of a signed-in user.
pub(crate) async fn ask_as(
    session: &FakeSignIn,
    app: &Router,
    method: &str,
    path: &str,
) -> (StatusCode, Value) {
    let mut request = Request::builder().method(method).uri(path);
    request.headers_mut().unwrap().extend(session.headers());
    send(app, request.body(Body::empty()).unwrap()).await
}

/// Sends a request, and returns the status and the JSON of the response. The JSON is null if the
/// body is not JSON.
pub(crate) async fn send(app: &Router, request: Request<Body>) -> (StatusCode, Value) {
    let response = app.clone().oneshot(request).await.unwrap();
    let status = response.status();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, serde_json::from_slice(&body).unwrap_or_default())
}

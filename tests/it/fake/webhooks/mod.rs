//! The webhooks of the fake.

mod changes;
mod reading;
mod served;
mod setters;

use std::sync::LazyLock;

use clerk_client::mock::{FakeClerk, FakeWebhook};
use clerk_client::transport::{HttpRequest, HttpTransport};
use clerk_client::webhooks::{Webhook, WebhookSecret};
use serde_json::Value;

use crate::specification::document::Document;
use crate::specification::validator::ResponseValidator;

static VALIDATOR: LazyLock<Option<ResponseValidator>> = LazyLock::new(|| {
    Document::from_env("CLERK_WEBHOOKS_SPECIFICATION").map(ResponseValidator::new)
});

fn secret() -> WebhookSecret {
    WebhookSecret::new(FakeClerk::WEBHOOK_SECRET).unwrap()
}

/// Verifies a webhook, and validates its event if the specification is available.
fn verified(fake: &FakeClerk, webhook: &FakeWebhook) -> Webhook {
    let verified = secret().verify_at(webhook.headers(), webhook.body(), fake.time());
    let verified = verified.unwrap();
    assert_eq!(verified.message_id, webhook.message_id());
    assert_eq!(verified.event.data.event_type(), webhook.event_type());
    let body: Value = serde_json::from_slice(webhook.body()).unwrap();
    if let Some(validator) = &*VALIDATOR {
        let mut errors = validator.check_event(webhook.event_type(), &body);
        errors.retain(|error| match webhook.event_type() {
            // The specification has this event, but does not allow a session with the status
            // `pending`.
            "session.pending" => !error.contains("/data/status"),
            // The specification wrongly requires a property `data` inside the data.
            "organizationInvitation.accepted" => !error.contains("\"data\" is a required"),
            _ => true,
        });
        assert!(errors.is_empty(), "{errors:#?}\n{body:#}");
    }
    verified
}

/// Sends a request. If `body` is a string, it is a whole multipart form with an image. If it is
/// null, the body of the request is empty. Any other `body` is sent as JSON.
async fn send(fake: &FakeClerk, method: &str, path: &str, body: &Value) -> (u16, Value) {
    let (kind, body) = match body {
        Value::Null => ("application/json", String::new()),
        Value::String(image) => ("multipart/form-data; boundary=b", image.clone()),
        body => ("application/json", body.to_string()),
    };
    let request = clerk_client::http::Request::builder()
        .method(method)
        .uri(format!("https://api.clerk.com/v1{path}"))
        .header("authorization", "Bearer sk_test_fake")
        .header("user-agent", "tests/1")
        .header("content-type", kind);
    let request: HttpRequest = request.body(body.into()).unwrap();
    let response = fake.send(request).await.unwrap();
    let body = serde_json::from_slice(response.body()).unwrap_or_default();
    (response.status().as_u16(), body)
}

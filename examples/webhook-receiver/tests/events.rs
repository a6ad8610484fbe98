//! Tests the application with signed events, in different orders.

#![allow(
    clippy::unwrap_used,
    reason = "a test that meets the unexpected should stop there"
)]

use std::sync::Arc;
use std::time::SystemTime;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use clerk_client::webhooks::WebhookSecret;
use serde_json::{Value, json};
use tower::ServiceExt;
use webhook_receiver::{Table, app};

fn secret(text: &str) -> WebhookSecret {
    WebhookSecret::new(text).unwrap()
}

const OURS: &str = "whsec_b3Vycw==";

async fn post(table: &Arc<Table>, signed_with: &str, event: Value) -> StatusCode {
    let body = event.to_string();
    let headers = secret(signed_with).sign("msg_1", SystemTime::now(), body.as_bytes());
    let mut request = Request::post("/webhooks").body(Body::from(body)).unwrap();
    request.headers_mut().extend(headers);
    let app = app(secret(OURS), Arc::clone(table));
    app.oneshot(request).await.unwrap().status()
}

fn user(event: &str, name: &str, updated_at: u64) -> Value {
    json!({ "type": event, "data": { "id": "user_ada", "first_name": name, "updated_at": updated_at } })
}

fn deleted() -> Value {
    json!({ "type": "user.deleted", "data": { "id": "user_ada", "deleted": true } })
}

#[tokio::test]
async fn the_table_is_right_for_any_order_of_events() {
    let (old, new) = (
        user("user.created", "Ada", 1),
        user("user.updated", "Augusta", 2),
    );
    let cases = [
        (vec![old.clone()], Some("Ada")),
        (vec![old.clone(), old.clone()], Some("Ada")),
        (vec![old.clone(), new.clone()], Some("Augusta")),
        (vec![new.clone(), old.clone()], Some("Augusta")),
        (vec![old.clone(), new.clone(), deleted()], None),
        (vec![deleted(), new, old], None),
    ];
    for (events, name) in cases {
        let table = Arc::new(Table::default());
        for event in &events {
            assert_eq!(post(&table, OURS, event.clone()).await, StatusCode::OK);
        }
        let known = table.get("user_ada").map(|row| row.name.unwrap());
        assert_eq!(known.as_deref(), name, "{events:?}");
    }
}

#[tokio::test]
async fn forged_events_change_nothing() {
    let table = Arc::new(Table::default());
    let forged = post(&table, "whsec_dGhlaXJz", user("user.created", "Ada", 1)).await;
    assert_eq!(forged, StatusCode::BAD_REQUEST);
    assert_eq!(table.get("user_ada"), None);
}

/// Without a 200, Clerk would resend these events.
#[tokio::test]
async fn unknown_events_are_acknowledged() {
    let table = Arc::new(Table::default());
    let events = [
        json!({ "type": "session.created", "data": { "id": "user_ada" } }),
        json!({ "type": "user.created", "data": { "first_name": "Ada" } }),
        json!([]),
    ];
    for event in events {
        assert_eq!(post(&table, OURS, event).await, StatusCode::OK);
    }
    assert_eq!(table.get("user_ada"), None);
}

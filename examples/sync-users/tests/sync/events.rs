//! Tests the receiver with signed events, in different orders.

use std::time::SystemTime;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use clerk_client::webhooks::WebhookSecret;
use serde_json::{Value, json};
use sync_users::{UserTable, app};
use tower::ServiceExt;

use crate::fixture::{execute, number};

const OURS: &str = "whsec_b3Vycw==";

fn secret(text: &str) -> WebhookSecret {
    WebhookSecret::new(text).unwrap()
}

async fn post(table: &UserTable, signed_with: &str, event: &Value) -> StatusCode {
    let body = event.to_string();
    let headers = secret(signed_with).sign("msg_1", SystemTime::now(), body.as_bytes());
    let mut request = Request::post("/webhooks").body(Body::from(body)).unwrap();
    request.headers_mut().extend(headers);
    let app = app(secret(OURS), table.clone());
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
    let created = user("user.created", "Ada", 1);
    let updated = user("user.updated", "Augusta", 2);
    let cases: [(&[&Value], Option<&str>); 7] = [
        (&[&created], Some("Ada")),
        (&[&created, &created], Some("Ada")),
        (&[&created, &updated], Some("Augusta")),
        (&[&updated, &created], Some("Augusta")),
        (&[&created, &updated, &deleted()], None),
        (&[&deleted(), &updated, &created], None),
        (&[&created, &deleted(), &deleted(), &updated], None),
    ];
    for (events, name) in cases {
        let table = UserTable::in_memory().await.unwrap();
        for event in events {
            assert_eq!(post(&table, OURS, event).await, StatusCode::OK);
        }
        let row = table.get("user_ada").await.unwrap();
        let known = row.map(|row| row.name.unwrap());
        assert_eq!(known.as_deref(), name, "{events:?}");
    }
}

#[tokio::test]
async fn nothing_personal_is_kept_of_a_deleted_user() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("users.db");
    let table = UserTable::open(&path).await.unwrap();
    let personal = "SELECT count(*) FROM users WHERE coalesce(name, email_address) IS NOT NULL";
    post(&table, OURS, &user("user.created", "Ada", 1)).await;
    assert_eq!(number(&path, personal).await, 1);
    post(&table, OURS, &deleted()).await;
    post(&table, OURS, &user("user.updated", "Augusta", 2)).await;
    assert_eq!(number(&path, personal).await, 0);
}

#[tokio::test]
async fn forged_events_change_nothing() {
    let table = UserTable::in_memory().await.unwrap();
    let event = user("user.created", "Ada", 1);
    let forged = post(&table, "whsec_dGhlaXJz", &event).await;
    assert_eq!(forged, StatusCode::BAD_REQUEST);
    assert_eq!(table.get("user_ada").await.unwrap(), None);
}

/// Without a 200, Clerk would resend these events.
#[tokio::test]
async fn unknown_events_are_acknowledged() {
    let table = UserTable::in_memory().await.unwrap();
    let events = [
        json!({ "type": "session.created", "data": { "id": "user_ada" } }),
        json!({ "type": "user.created", "data": { "first_name": "Ada" } }),
        json!([]),
    ];
    for event in &events {
        assert_eq!(post(&table, OURS, event).await, StatusCode::OK);
    }
    assert_eq!(table.list("", 10).await.unwrap(), []);
}

#[tokio::test]
async fn an_event_that_cannot_be_stored_is_sent_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("users.db");
    let table = UserTable::open(&path).await.unwrap();
    let full = "CREATE TRIGGER full BEFORE INSERT ON users BEGIN SELECT RAISE(FAIL, 'full'); END";
    execute(&path, full).await;
    for event in [user("user.created", "Ada", 1), deleted()] {
        let status = post(&table, OURS, &event).await;
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
    }
}

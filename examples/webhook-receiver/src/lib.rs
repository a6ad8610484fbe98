//! Keeps a table of users up to date with Clerk's webhooks.
//!
//! Clerk resends an event until the response is a 2xx, but at most seven times. An event can
//! therefore arrive twice, or after a newer event. The table accepts events in any order.

mod table;

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use clerk_client::webhooks::{WebhookData, WebhookErrorKind, WebhookSecret};

pub use table::{Row, Table};

/// Creates the application: `POST /webhooks` accepts events that are signed with this secret.
pub fn app(secret: WebhookSecret, table: Arc<Table>) -> Router {
    Router::new()
        .route("/webhooks", post(receive))
        .with_state((Arc::new(secret), table))
}

/// Receives an event. The body is read as bytes, because the signature covers these bytes.
async fn receive(
    State((secret, table)): State<(Arc<WebhookSecret>, Arc<Table>)>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let webhook = match secret.verify(&headers, &body) {
        Ok(webhook) => webhook,
        Err(error) => {
            eprintln!("{error}");
            // An authentic event that this program cannot decode gets a 200. After a 400, Clerk
            // would resend the event.
            return match error.kind() {
                WebhookErrorKind::Payload => StatusCode::OK,
                _ => StatusCode::BAD_REQUEST,
            };
        }
    };
    println!(
        "{}: {}",
        webhook.message_id,
        webhook.event.data.event_type()
    );
    match webhook.event.data {
        WebhookData::UserCreated(user) | WebhookData::UserUpdated(user) => table.put(&user),
        WebhookData::UserDeleted(user) => {
            if let Some(id) = user.id {
                table.delete(&id);
            }
        }
        // The endpoint is subscribed to other events by mistake, or Clerk added a new event.
        _ => {}
    }
    StatusCode::OK
}

//! Clerk's webhooks keep a table of users up to date.
//!
//! Clerk sends an event again until it is answered with a 2xx, so one may come twice, and a late one
//! after a later one. The table takes them in any order.

mod table;

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use clerk_client::webhooks::{WebhookData, WebhookErrorKind, WebhookSecret};

pub use table::{Row, Table};

/// The application: `POST /webhooks` with events that this secret signed.
pub fn app(secret: WebhookSecret, table: Arc<Table>) -> Router {
    Router::new()
        .route("/webhooks", post(receive))
        .with_state((Arc::new(secret), table))
}

/// The body as it came: the signature is over its bytes.
async fn receive(
    State((secret, table)): State<(Arc<WebhookSecret>, Arc<Table>)>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let webhook = match secret.verify(&headers, &body) {
        Ok(webhook) => webhook,
        Err(error) => {
            eprintln!("{error}");
            // What is genuine and not understood would come again as it is.
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
        // What the endpoint is subscribed to by mistake, or of tomorrow.
        _ => {}
    }
    StatusCode::OK
}

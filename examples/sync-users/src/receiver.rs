//! The receiver of webhooks.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use clerk_client::webhooks::{WebhookData, WebhookErrorKind, WebhookSecret};

use crate::table::UserTable;

/// Creates the application: `POST /webhooks` changes the table according to the events that are
/// signed with this secret.
pub fn app(secret: WebhookSecret, table: UserTable) -> Router {
    Router::new()
        .route("/webhooks", post(receive))
        .with_state((Arc::new(secret), table))
}

/// Receives an event. The body is read as bytes, because the signature covers these bytes.
async fn receive(
    State((secret, table)): State<(Arc<WebhookSecret>, UserTable)>,
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
    let stored = match &webhook.event.data {
        WebhookData::UserCreated(user) | WebhookData::UserUpdated(user) => table.put(user).await,
        WebhookData::UserDeleted(user) => match &user.id {
            Some(id) => table.delete(id).await,
            None => Ok(()),
        },
        // The endpoint is subscribed to other events by mistake, or Clerk added a new event.
        _ => Ok(()),
    };
    match stored {
        Ok(()) => StatusCode::OK,
        // After a 500, Clerk resends the event.
        Err(error) => {
            eprintln!("{}: {error}", webhook.message_id);
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}

//! The deliveries of webhooks, as a test sees them.

use clerk_core::Timestamp;
use serde_json::{Value, json};

/// The delivery of a webhook by a [`FakeServer`](crate::FakeServer).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct WebhookDelivery {
    /// The message id, which every attempt sends in the header `svix-id`.
    pub message_id: String,
    /// The event type, such as `user.created`.
    pub event_type: &'static str,
    /// The id of the object that changed.
    pub object_id: String,
    /// The status of the delivery.
    pub status: WebhookDeliveryStatus,
    /// The attempts so far, at most 8.
    pub attempts: Vec<WebhookAttempt>,
}

/// The status of a [`WebhookDelivery`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum WebhookDeliveryStatus {
    /// The delivery has not ended. It may be waiting for its next attempt, or for the delivery of
    /// an earlier event of the object.
    Pending,
    /// The receiver responded with a 2xx.
    Succeeded,
    /// All attempts failed.
    Failed,
}

/// An attempt of a [`WebhookDelivery`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct WebhookAttempt {
    /// The time of the attempt, by the fake's clock.
    pub at: Timestamp,
    /// The status of the response, or the reason why there is none.
    pub result: Result<u16, String>,
}

impl WebhookDelivery {
    /// Returns the delivery as JSON.
    pub(crate) fn to_json(&self) -> Value {
        let attempts = self.attempts.iter().map(|attempt| {
            json!({
                "at": attempt.at,
                "status": attempt.result.as_ref().ok(),
                "error": attempt.result.as_ref().err(),
            })
        });
        json!({
            "message_id": self.message_id,
            "event_type": self.event_type,
            "object_id": self.object_id,
            "status": match self.status {
                WebhookDeliveryStatus::Pending => "pending",
                WebhookDeliveryStatus::Succeeded => "succeeded",
                WebhookDeliveryStatus::Failed => "failed",
            },
            "attempts": attempts.collect::<Vec<_>>(),
        })
    }
}

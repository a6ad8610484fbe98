use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

use crate::client::error::{Error, ErrorKind};
use crate::json::decode;
use crate::json::tolerant::Tolerant;
use crate::types::timestamp::Timestamp;
use crate::webhooks::attributes::WebhookEventAttributes;
use crate::webhooks::data::WebhookData;
use crate::webhooks::envelope::{Envelope, Number};
use crate::webhooks::error::short;

/// A verified event, with its message id and the time of its delivery.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Webhook {
    /// The message id. It is the same on every delivery, so use it to ignore duplicates.
    pub message_id: String,
    /// The time of this delivery, to the second.
    pub sent_at: Timestamp,
    /// The event.
    pub event: WebhookEvent,
}

/// An event of a Clerk instance.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct WebhookEvent {
    /// The event's type and data.
    pub data: WebhookData,
    /// The id of the event's instance. Empty if Clerk sends no string.
    pub instance_id: String,
    /// The time of the event as Clerk sends it: in milliseconds since 1970, although the example in
    /// Clerk's specification is in seconds. 0 if Clerk sends no number.
    pub timestamp: i64,
    /// The origin of the event. `None` if Clerk sends none, or if the origin cannot be decoded.
    pub event_attributes: Option<Box<WebhookEventAttributes>>,
}

impl WebhookEvent {
    /// Decodes an event **without verifying its signature**. Use this only for samples, and for
    /// events that were verified elsewhere. [`WebhookSecret::verify`](super::WebhookSecret::verify)
    /// verifies the signature.
    ///
    /// # Errors
    ///
    /// Returns an error of the kind [`ErrorKind::Decode`] if the body is not a valid event. The
    /// data must match the event's type: a `user.created` event without a user is an error.
    pub fn from_slice(body: &[u8]) -> Result<Self, Error> {
        let envelope: Envelope =
            decode::body(body).map_err(|message| invalid("webhook event", &message))?;
        Self::from_envelope(envelope)
    }

    fn from_envelope(envelope: Envelope) -> Result<Self, Error> {
        if envelope.event_type.is_empty() {
            return Err(invalid("webhook event", "it has no type"));
        }
        let data = WebhookData::read(envelope.event_type, envelope.data);
        let data = data.map_err(|(event_type, message)| {
            invalid(&format!("webhook event {}", short(&event_type)), &message)
        })?;
        Ok(Self {
            data,
            instance_id: envelope.instance_id.0,
            timestamp: envelope.timestamp.0.0,
            event_attributes: envelope.event_attributes.0,
        })
    }
}

fn invalid(what: &str, message: &str) -> Error {
    Error::new(ErrorKind::Decode, format!("invalid {what}: {message}"))
}

/// Serializes an event in Clerk's format.
impl Serialize for WebhookEvent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let envelope = Envelope {
            event_type: self.data.event_type().into(),
            instance_id: Tolerant(self.instance_id.clone()),
            timestamp: Tolerant(Number(self.timestamp)),
            event_attributes: Tolerant(self.event_attributes.clone()),
            data: self
                .data
                .to_json()
                .map_err(serde_core::ser::Error::custom)?,
        };
        envelope.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for WebhookEvent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let envelope = Envelope::deserialize(deserializer)?;
        Self::from_envelope(envelope).map_err(serde_core::de::Error::custom)
    }
}

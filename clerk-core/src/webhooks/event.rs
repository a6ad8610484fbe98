use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

use crate::api::users::models::user::User;
use crate::client::error::{Error, ErrorKind};
use crate::json::decode;
use crate::json::tolerant::Tolerant;
use crate::models::deleted_object::DeletedObject;
use crate::types::metadata::Metadata;
use crate::types::timestamp::Timestamp;
use crate::webhooks::attributes::WebhookEventAttributes;
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
    /// The id of the event's instance. Empty if Clerk sends none, or one of another form.
    pub instance_id: String,
    /// The time of the event as Clerk sends it: milliseconds since 1970. In the example of Clerk's
    /// specification, it is seconds. 0 if Clerk sends none, or one that is not a number.
    pub timestamp: i64,
    /// The origin of the event; `None` if Clerk sends none, or one of another form.
    pub event_attributes: Option<Box<WebhookEventAttributes>>,
}

/// The type and data of an event.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum WebhookData {
    /// `user.created`: the user after creation.
    UserCreated(Box<User>),
    /// `user.updated`: the user after the change.
    UserUpdated(Box<User>),
    /// `user.deleted`: the id of the user. By Clerk's specification, the id may be `None`.
    UserDeleted(DeletedObject),
    /// Any other event.
    Other(OtherData),
}

/// The data of an event that has no variant in [`WebhookData`].
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct OtherData {
    /// The event type: `session.created` …
    pub event_type: String,
    /// The data as JSON text. Hidden from `Debug`.
    pub data: Metadata,
}

impl std::fmt::Debug for OtherData {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("OtherData").field(&self.event_type).finish()
    }
}

impl WebhookData {
    /// Returns the event type in Clerk's spelling: `user.created` …
    #[must_use]
    pub fn event_type(&self) -> &str {
        match self {
            Self::UserCreated(_) => "user.created",
            Self::UserUpdated(_) => "user.updated",
            Self::UserDeleted(_) => "user.deleted",
            Self::Other(other) => &other.event_type,
        }
    }
}

impl WebhookEvent {
    /// Decodes an event **without verifying its signature**. Use this only for samples, and for
    /// events that were verified elsewhere. [`WebhookSecret::verify`](super::WebhookSecret::verify)
    /// verifies the signature.
    ///
    /// # Errors
    ///
    /// Returns an error of the kind [`ErrorKind::Decode`] if the body is not a valid event, or if a
    /// `user.created` or `user.updated` event contains no user.
    pub fn from_slice(body: &[u8]) -> Result<Self, Error> {
        let envelope: Envelope =
            decode::body(body).map_err(|message| invalid("webhook event", &message))?;
        Self::from_envelope(envelope)
    }

    fn from_envelope(envelope: Envelope) -> Result<Self, Error> {
        let data = match &*envelope.event_type {
            "user.created" => WebhookData::UserCreated(read(&envelope)?),
            "user.updated" => WebhookData::UserUpdated(read(&envelope)?),
            "user.deleted" => WebhookData::UserDeleted(read(&envelope)?),
            "" => return Err(invalid("webhook event", "it has no type")),
            _ => WebhookData::Other(OtherData {
                event_type: envelope.event_type,
                data: envelope.data,
            }),
        };
        Ok(Self {
            data,
            instance_id: envelope.instance_id.0,
            timestamp: envelope.timestamp.0.0,
            event_attributes: envelope.event_attributes.0,
        })
    }
}

/// Decodes the data as `T`, the type for this event type.
fn read<T: serde_core::de::DeserializeOwned>(envelope: &Envelope) -> Result<T, Error> {
    decode::body(envelope.data.as_json().as_bytes()).map_err(|message| {
        invalid(
            &format!("webhook event {}", short(&envelope.event_type)),
            &message,
        )
    })
}

fn invalid(what: &str, message: &str) -> Error {
    Error::new(ErrorKind::Decode, format!("invalid {what}: {message}"))
}

/// Serializes an event in Clerk's format.
impl Serialize for WebhookEvent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let data = match &self.data {
            WebhookData::UserCreated(user) | WebhookData::UserUpdated(user) => {
                Metadata::from_serialize(user)
            }
            WebhookData::UserDeleted(user) => Metadata::from_serialize(user),
            WebhookData::Other(other) => Ok(other.data.clone()),
        };
        let envelope = Envelope {
            event_type: self.data.event_type().into(),
            instance_id: Tolerant(self.instance_id.clone()),
            timestamp: Tolerant(Number(self.timestamp)),
            event_attributes: Tolerant(self.event_attributes.clone()),
            data: data.map_err(serde_core::ser::Error::custom)?,
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

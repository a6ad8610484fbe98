use serde_core::{Serialize, Serializer};

use crate::api::users::models::user::User;
use crate::client::error::{Error, ErrorKind};
use crate::json::decode;
use crate::models::deleted_object::DeletedObject;
use crate::types::metadata::Metadata;
use crate::types::timestamp::Timestamp;
use crate::webhooks::attributes::WebhookEventAttributes;
use crate::webhooks::envelope::Envelope;

/// An event that is genuine, and how it came.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Webhook {
    /// The same each time that this event is sent: what was dealt with need not be again.
    pub message_id: String,
    /// When it was sent, this time.
    pub sent_at: Timestamp,
    /// What it says.
    pub event: WebhookEvent,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct WebhookEvent {
    /// What happened, and to what.
    pub data: WebhookData,
    /// The instance in which it happened.
    pub instance_id: String,
    /// When it happened, as Clerk sends it: milliseconds or seconds since 1970, which its
    /// specification leaves open.
    pub timestamp: i64,
    /// The request that caused it, where one did.
    pub event_attributes: Option<Box<WebhookEventAttributes>>,
}

/// What happened, and to what.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum WebhookData {
    /// `user.created`: the user as they are.
    UserCreated(Box<User>),
    /// `user.updated`: the user as they now are.
    UserUpdated(Box<User>),
    /// `user.deleted`: what is left of the user. Clerk's specification leaves the id open.
    UserDeleted(DeletedObject),
    /// Any other event.
    Other(OtherData),
}

/// The data of an event that has no variant in [`WebhookData`].
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct OtherData {
    /// What happened: `session.created` …
    pub event_type: String,
    /// The data as it came. Hidden from `Debug`.
    pub data: Metadata,
}

impl std::fmt::Debug for OtherData {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("OtherData").field(&self.event_type).finish()
    }
}

impl WebhookData {
    /// What happened, as Clerk writes it: `user.created` …
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
    /// Reads an event **without asking whether it is genuine**: for one that was verified elsewhere,
    /// or is a sample. [`WebhookSecret::verify`](super::WebhookSecret::verify) asks.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Decode`] for what is no event, and for one of a user who was created or updated
    /// but is not in it.
    pub fn from_slice(body: &[u8]) -> Result<Self, Error> {
        let envelope: Envelope =
            decode::body(body).map_err(|message| misfit("an event", &message))?;
        let data = match &*envelope.event_type {
            "user.created" => WebhookData::UserCreated(read(&envelope)?),
            "user.updated" => WebhookData::UserUpdated(read(&envelope)?),
            "user.deleted" => WebhookData::UserDeleted(read(&envelope)?),
            "" => return Err(misfit("an event", "it has no type")),
            _ => WebhookData::Other(OtherData {
                event_type: envelope.event_type,
                data: envelope.data,
            }),
        };
        Ok(Self {
            data,
            instance_id: envelope.instance_id,
            timestamp: envelope.timestamp,
            event_attributes: envelope.event_attributes,
        })
    }
}

/// The second pass: the data, now that it is known what it is.
fn read<T: serde_core::de::DeserializeOwned>(envelope: &Envelope) -> Result<T, Error> {
    decode::body(envelope.data.as_json().as_bytes())
        .map_err(|message| misfit(&format!("the data of {}", envelope.event_type), &message))
}

fn misfit(what: &str, message: &str) -> Error {
    Error::new(
        ErrorKind::Decode,
        format!("webhook: {what} does not fit: {message}"),
    )
}

/// As Clerk writes it.
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
            instance_id: self.instance_id.clone(),
            timestamp: self.timestamp,
            event_attributes: self.event_attributes.clone(),
            data: data.map_err(serde_core::ser::Error::custom)?,
        };
        envelope.serialize(serializer)
    }
}

//! The envelope of an event. It contains the event type, so it is decoded before the data.

#![allow(unreachable_pub, reason = "`model!` writes public types")]

use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

use crate::json::model::model;
use crate::json::tolerant::Tolerant;
use crate::types::metadata::Metadata;
use crate::webhooks::attributes::WebhookEventAttributes;

model! {
    /// An event before its data is decoded.
    Envelope("event") {
        /// The event type.
        event_type as "type": String,
        /// The id of the instance.
        instance_id: Tolerant<String>,
        /// The time of the event as Clerk sends it.
        timestamp: Tolerant<Number>,
        /// The origin of the event; `None` if Clerk sends none.
        event_attributes: Tolerant<Option<Box<WebhookEventAttributes>>> = optional,
        /// The data as JSON.
        data: Metadata = secret,
    }
}

/// A whole number. Fractions are truncated.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Number(pub(crate) i64);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.0)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = serde_json::Number::deserialize(deserializer)?;
        // A float saturates at the limits of `i64`.
        let whole = number.as_f64().map(|float| float as i64);
        Ok(Self(number.as_i64().or(whole).unwrap_or_default()))
    }
}

//! The envelope of an event. It is decoded first, because its type determines the type of the data.

#![allow(unreachable_pub, reason = "`model!` writes public types")]

use crate::json::model::model;
use crate::types::metadata::Metadata;
use crate::webhooks::attributes::WebhookEventAttributes;

model! {
    /// An event before its data is decoded.
    Envelope("event") {
        /// The event type.
        event_type as "type": String,
        /// The instance id.
        instance_id: String,
        /// The time.
        timestamp: i64,
        /// The origin of the event; `None` if Clerk sends none.
        event_attributes: Option<Box<WebhookEventAttributes>> = optional,
        /// The data as JSON.
        data: Metadata = secret,
    }
}

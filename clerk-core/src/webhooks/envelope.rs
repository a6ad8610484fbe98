//! The envelope of an event, which is decoded before the data, because it has the event type.

#![allow(unreachable_pub, reason = "`model!` writes public types")]

use crate::json::model::model;
use crate::types::metadata::Metadata;
use crate::webhooks::attributes::WebhookEventAttributes;

model! {
    /// An event before its data is decoded.
    Envelope("event") {
        /// The event type.
        event_type as "type": String,
        /// The id of the instance.
        instance_id: String,
        /// The time of the event as Clerk sends it.
        timestamp: i64,
        /// The origin of the event; `None` if Clerk sends none.
        event_attributes: Option<Box<WebhookEventAttributes>> = optional,
        /// The data as JSON.
        data: Metadata = secret,
    }
}

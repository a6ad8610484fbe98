//! What every event has around its data, of which the type says what it is: read first, as text.

#![allow(unreachable_pub, reason = "`model!` writes public types")]

use crate::json::model::model;
use crate::types::metadata::Metadata;
use crate::webhooks::attributes::WebhookEventAttributes;

model! {
    /// An event as it comes.
    Envelope("event") {
        /// What happened.
        event_type as "type": String,
        /// Where.
        instance_id: String,
        /// When.
        timestamp: i64,
        /// The request that caused it.
        event_attributes: Option<Box<WebhookEventAttributes>> = optional,
        /// What it happened to.
        data: Metadata = secret,
    }
}

//! Verification and decoding of Clerk's webhooks.
//!
//! [`WebhookData`] has a variant for each of Clerk's 45 event types, and the variant `Other` for
//! any other type.
//!
//! Clerk resends an event until you respond with 2xx, but at most seven times within about 28
//! hours. It may resend an event even after a 2xx. To ignore duplicates, store the
//! [`message_id`](Webhook::message_id) of each event that you have processed.
//!
//! ```
//! use clerk_client::http::HeaderMap;
//! use clerk_client::webhooks::{WebhookData, WebhookError, WebhookSecret};
//!
//! /// Handles a request. `body` is the request's original body, byte for byte.
//! fn handle(
//!     secret: &WebhookSecret,
//!     headers: &HeaderMap,
//!     body: &[u8],
//! ) -> Result<(), WebhookError> {
//!     let webhook = secret.verify(headers, body)?;
//!     match webhook.event.data {
//!         WebhookData::UserCreated(user) => println!("{} is new", user.id),
//!         WebhookData::UserUpdated(user) => println!("{} has changed", user.id),
//!         WebhookData::UserDeleted(user) => println!("{:?} is gone", user.id),
//!         other => println!("{} is ignored", other.event_type()),
//!     }
//!     Ok(())
//! }
//! # let secret = WebhookSecret::new("whsec_c2VjcmV0IG9mIHRoZSBleGFtcGxl")?;
//! # let body = br#"{"type":"user.deleted","data":{"id":"user_1","deleted":true}}"#;
//! # let headers = secret.sign("msg_1", std::time::SystemTime::now(), body);
//! # handle(&secret, &headers, body)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub(crate) mod attributes;
pub(crate) mod data;
pub(crate) mod envelope;
pub(crate) mod error;
pub(crate) mod event;
pub(crate) mod message;
pub(crate) mod payment_attempt;
pub(crate) mod secret;
pub(crate) mod subscription;

pub use attributes::{WebhookEventAttributes, WebhookHttpRequest};
pub use data::{OtherData, WebhookData};
pub use error::{WebhookError, WebhookErrorKind};
pub use event::{Webhook, WebhookEvent};
pub use message::{EmailMessage, SmsMessage};
pub use payment_attempt::{
    PaymentAttemptEvent, PaymentAttemptEventStatus, PaymentChargeType, PaymentFailedReason,
    PaymentPayee, PaymentSource, PaymentSubscriptionItem, PaymentTotals, PaymentUnitTotal,
};
pub use secret::WebhookSecret;
pub use subscription::{
    SubscriptionEvent, SubscriptionEventPlan, SubscriptionEventSeats, SubscriptionEventUnitPrice,
    SubscriptionEventUnitPriceTier, SubscriptionItemEvent,
};

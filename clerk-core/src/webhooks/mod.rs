//! Clerk's webhooks: whether an event is genuine, and what it says.
//!
//! Clerk sends an event again until it is answered with 2xx, and sometimes twice although it was:
//! keep the [`message_id`](Webhook::message_id)s that were dealt with.
//!
//! ```
//! use clerk_client::http::HeaderMap;
//! use clerk_client::webhooks::{WebhookData, WebhookError, WebhookSecret};
//!
//! /// What an HTTP handler does with the request's headers and its body, byte by byte as it came.
//! fn handle(secret: &WebhookSecret, headers: &HeaderMap, body: &[u8]) -> Result<(), WebhookError> {
//!     let webhook = secret.verify(headers, body)?;
//!     match webhook.event.data {
//!         WebhookData::UserCreated(user) => println!("{} is new", user.id),
//!         WebhookData::UserUpdated(user) => println!("{} has changed", user.id),
//!         WebhookData::UserDeleted(user) => println!("{:?} is gone", user.id),
//!         other => println!("{} is of no interest", other.event_type()),
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
pub(crate) mod envelope;
pub(crate) mod error;
pub(crate) mod event;
pub(crate) mod secret;

pub use attributes::{WebhookEventAttributes, WebhookHttpRequest};
pub use error::{WebhookError, WebhookErrorKind};
pub use event::{OtherData, Webhook, WebhookData, WebhookEvent};
pub use secret::WebhookSecret;

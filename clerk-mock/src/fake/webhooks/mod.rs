//! Webhooks: the events that changes of an instance cause.
//!
//! - `changes`: compares the objects that a change touches with their earlier states.
//! - `outbox`: the events of an instance.
//! - `fake_webhooks`: the signed requests that a test reads.

pub(crate) mod changes;
pub(crate) mod fake_webhooks;
pub(crate) mod outbox;

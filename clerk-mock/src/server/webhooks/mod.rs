//! The delivery of webhooks over HTTP.
//!
//! - `endpoint`: the URL that receives webhooks, and one request to it.
//! - `delivery`: a delivery, as a test sees it.
//! - `deliveries`: the webhooks of a server, and the state of each delivery.
//! - `deliverer`: the task that sends them, and repeats failed attempts.

pub(crate) mod deliverer;
pub(crate) mod deliveries;
pub(crate) mod delivery;
pub(crate) mod endpoint;

//! The delivery of webhooks over HTTP.
//!
//! - `endpoint`: the URL that receives webhooks, and one request to it.
//! - `delivery`: what a test sees of a delivery.
//! - `deliveries`: the webhooks of a server, and how far each of them is.
//! - `deliverer`: the task that sends them, and sends them again.

pub(crate) mod deliverer;
pub(crate) mod deliveries;
pub(crate) mod delivery;
pub(crate) mod endpoint;

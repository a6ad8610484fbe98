//! The delivery of webhooks over HTTP. Each world, which is one instance of Clerk, has its own
//! endpoint.
//!
//! - `endpoint`: the URL that receives webhooks, and the request that delivers a webhook there.
//! - `delivery`: a delivery, as a test sees it.
//! - `delivery_log`: the log of deliveries.
//! - `deliveries`: the webhooks of a world, and their progress.
//! - `deliverer`: the task that sends the webhooks, and retries failed attempts.
//! - `world_webhooks`: the endpoint of a world, and the task that sends to the endpoint.

mod deliverer;
mod deliveries;
pub(crate) mod delivery;
mod delivery_log;
pub(crate) mod endpoint;
pub(crate) mod world_webhooks;

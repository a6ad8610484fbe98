//! The requests that a test double received, and conditions for these requests.

pub(crate) mod recorded_request;
#[cfg(feature = "fake")]
pub(crate) mod request_matcher;
#[cfg(feature = "fake")]
pub(crate) mod request_order;

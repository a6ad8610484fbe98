//! The requests that a double received, and conditions for them.

pub(crate) mod recorded_request;
#[cfg(feature = "fake")]
pub(crate) mod request_matcher;
#[cfg(feature = "fake")]
pub(crate) mod request_order;

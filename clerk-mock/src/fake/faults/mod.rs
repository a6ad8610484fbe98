//! Injected faults, latency and the rate limit.

pub(crate) mod fault;
pub(crate) mod injectors;
pub(crate) mod throttle;

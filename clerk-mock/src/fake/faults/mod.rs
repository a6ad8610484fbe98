//! Injected faults, responses that a test sets, latency and the rate limit.

pub(crate) mod fault;
pub(crate) mod fault_plan;
pub(crate) mod injectors;
pub(crate) mod responders;
pub(crate) mod throttle;

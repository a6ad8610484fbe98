//! The faults that a test plans over HTTP.

pub(crate) mod fault_plan;
pub(crate) mod fault_plans;

//! The faults that a test plans over HTTP.

pub(crate) mod planned_fault;
pub(crate) mod planned_faults;

//! The operations on users, and the helpers that combine several of them.

mod bulk;
pub(crate) mod every_operation;
pub(crate) mod lifecycle;
mod memory;
mod operations;
pub(crate) mod paging;
pub(crate) mod parameter_sets;
mod streams;

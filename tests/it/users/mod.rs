//! The operations on users, and the helpers that combine several of them.

mod bulk;
pub(crate) mod lifecycle;
mod memory;
pub(crate) mod paging;
mod streams;

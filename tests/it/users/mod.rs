//! The operations on users, and the helpers that send several requests.

mod bulk;
pub(crate) mod lifecycle;
mod memory;
pub(crate) mod paging;
mod streams;

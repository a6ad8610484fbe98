//! Paging through whole lists.

pub(crate) mod by_offset;
pub(crate) mod pager;
pub(crate) mod position;
pub(crate) mod source;
#[cfg(feature = "stream")]
pub(crate) mod stream;

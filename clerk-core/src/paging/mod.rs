//! Lists of which a page is only a part, walked from end to end.

pub(crate) mod offsets;
pub(crate) mod pager;
pub(crate) mod position;
#[cfg(feature = "stream")]
pub(crate) mod stream;

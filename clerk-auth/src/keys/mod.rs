//! The keys of an instance: their sources, and how long they are used.

pub(crate) mod backend;
pub(crate) mod fetched;
pub(crate) mod flight;
pub(crate) mod frontend;
pub(crate) mod key_cache;
pub(crate) mod key_policy;
pub(crate) mod key_set;
pub(crate) mod source;

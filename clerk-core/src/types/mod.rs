//! The types of single values: ids, times, metadata, secrets.

pub(crate) mod id;
pub(crate) mod metadata;
pub(crate) mod secret;
pub(crate) mod timestamp;

//! The requests that a world received, and their responses.

pub(crate) mod entry;
pub(crate) mod requests;

//! The requests that a world (one instance of the server) received, and their responses.

pub(crate) mod entry;
pub(crate) mod requests;

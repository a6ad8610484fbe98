//! The requests that a world received, and their responses. A world is one instance of Clerk.

pub(crate) mod entry;
pub(crate) mod requests;

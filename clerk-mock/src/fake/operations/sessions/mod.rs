//! The operations on sessions.

pub(crate) mod draft;
pub(crate) mod listing;
pub(crate) mod session;
#[cfg(feature = "server")]
pub(crate) mod sign_in;
#[cfg(feature = "auth")]
pub(crate) mod tokens;

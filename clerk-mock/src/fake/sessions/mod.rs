//! Sessions of signed-in users, and their tokens.

pub(crate) mod der;
pub(crate) mod fake_session;
pub(crate) mod sign_in;
pub(crate) mod signature;

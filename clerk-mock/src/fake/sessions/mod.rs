//! Sessions of signed-in users, and their tokens.

#[cfg(feature = "auth")]
pub(crate) mod der;
#[cfg(feature = "auth")]
mod keys;
pub(crate) mod sign_in;
#[cfg(feature = "auth")]
pub(crate) mod signature;
#[cfg(feature = "auth")]
pub(crate) mod template;
#[cfg(feature = "auth")]
pub(crate) mod token;
#[cfg(feature = "auth")]
pub(crate) mod tokens;

//! The claims of a session token after it has been verified, and what they allow.

pub(crate) mod authorization;
pub(crate) mod billing;
pub(crate) mod mask;
pub(crate) mod organization;
pub(crate) mod reverification;
pub(crate) mod session_claims;

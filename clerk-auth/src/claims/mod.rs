//! The claims of a verified session token, and the conditions on them.

pub(crate) mod authorization;
pub(crate) mod billing;
pub(crate) mod mask;
pub(crate) mod organization;
pub(crate) mod reverification;
pub(crate) mod session_claims;

//! The claims of verified tokens, and the conditions on them.

pub(crate) mod any_claims;
pub(crate) mod authorization;
pub(crate) mod billing;
pub(crate) mod custom;
pub(crate) mod machine_claims;
pub(crate) mod mask;
pub(crate) mod organization;
pub(crate) mod reverification;
pub(crate) mod session_claims;
pub(crate) mod standard;
pub(crate) mod template_claims;

//! The lifecycles, written once for both versions.

pub(crate) mod organizations;
pub(crate) mod sessions;
pub(crate) mod users;

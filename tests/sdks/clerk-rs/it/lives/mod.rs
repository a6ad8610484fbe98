//! The lifecycles of users, organizations and sessions, written once for both versions of clerk-rs.

pub(crate) mod organizations;
pub(crate) mod sessions;
pub(crate) mod users;

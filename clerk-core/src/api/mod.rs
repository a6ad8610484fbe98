//! The operations of Clerk's Backend API, tag by tag.

pub(crate) mod users;

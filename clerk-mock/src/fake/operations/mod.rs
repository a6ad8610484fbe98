//! The operations of Clerk's API: a folder for each tag of the specification, and what they share.

pub(crate) mod claims;
pub(crate) mod clients;
pub(crate) mod form;
pub(crate) mod jwks;
pub(crate) mod multipart;
pub(crate) mod query;
pub(crate) mod response;
pub(crate) mod sessions;
pub(crate) mod users;

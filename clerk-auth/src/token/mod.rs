//! A token: its three parts, its header and its claims, before they are trusted.

pub(crate) mod header;
pub(crate) mod jws;
pub(crate) mod members;
pub(crate) mod numeric_date;
pub(crate) mod payload;

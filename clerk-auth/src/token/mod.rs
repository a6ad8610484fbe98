//! A token before it is verified: its three parts, its header and its claims.

pub(crate) mod any;
pub(crate) mod class;
pub(crate) mod header;
pub(crate) mod jws;
pub(crate) mod members;
pub(crate) mod numeric_date;
pub(crate) mod object;
pub(crate) mod opaque;
pub(crate) mod payload;

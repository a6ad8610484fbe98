//! Parses tokens before they are verified: the header and the claims of a JWT, and the prefix of an
//! opaque token.

pub(crate) mod any;
pub(crate) mod class;
pub(crate) mod header;
pub(crate) mod jws;
pub(crate) mod members;
pub(crate) mod numeric_date;
pub(crate) mod object;
pub(crate) mod opaque;
pub(crate) mod payload;

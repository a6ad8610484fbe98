//! The token of a request: in a header or in a cookie.

pub(crate) mod bearer;
pub(crate) mod cookies;
pub(crate) mod sha1;

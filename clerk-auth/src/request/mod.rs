//! The token of a request, from a header or a cookie.

pub(crate) mod bearer;
pub(crate) mod cookies;
pub(crate) mod sha1;

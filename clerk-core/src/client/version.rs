//! The version of Clerk's API.

use http::{HeaderName, HeaderValue};

/// The version of Clerk's API that the models follow. The client sends it in the header
/// `Clerk-API-Version`.
pub const API_VERSION: &str = "2026-05-12";

/// The header with the API version of a request.
pub(crate) const API_VERSION_HEADER: HeaderName = HeaderName::from_static("clerk-api-version");

/// Checks an API version, which has the form of a date: `2026-05-12`.
pub(crate) fn api_version(version: &str) -> Result<HeaderValue, String> {
    let is_date = version.len() == 10
        && version.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let value = HeaderValue::try_from(version).ok().filter(|_| is_date);
    value.ok_or_else(|| format!("invalid API version {version:?}: write it like {API_VERSION}"))
}

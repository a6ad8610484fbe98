//! The headers of a response that describe an error.

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};

/// Returns the id to quote to Clerk's support. `None` if the headers do not contain one.
pub(crate) fn trace_id(headers: &HeaderMap) -> Option<&str> {
    ["clerk-trace-id", "cf-ray"]
        .into_iter()
        .filter_map(|name| headers.get(name)?.to_str().ok())
        .find(|id| !id.is_empty())
}

/// Reads `Retry-After`, which is a number of seconds or a date.
///
/// If it is a date, the wait is counted from the response's `Date` header, because the clocks of
/// client and server may differ. Returns `None` if `Retry-After` is missing or invalid, or if it is
/// a date and `Date` is missing or invalid.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number that overflows means a wait that is longer than any timeout.
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let date = |text: &str| -> Option<SystemTime> { httpdate::parse_http_date(text).ok() };
    let until = date(value)?;
    let sent = date(headers.get(DATE)?.to_str().ok()?)?;
    Some(until.duration_since(sent).unwrap_or_default())
}

//! The header `Authorization: Bearer`.

use http::HeaderMap;
use http::header::AUTHORIZATION;

use crate::error::AuthError;

/// Returns the bearer token of a request. `None` if the request has no `Authorization` header, or
/// if the header has another scheme.
///
/// Two `Authorization` headers are an error, because a proxy and this server might read different
/// ones.
pub(crate) fn token(headers: &HeaderMap) -> Result<Option<&str>, AuthError> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let Some(value) = values.next() else {
        return Ok(None);
    };
    if values.next().is_some() {
        return Err(AuthError::invalid(
            "invalid Authorization header: the request has several; send one",
        ));
    }
    let bytes = value.as_bytes();
    let end = bytes.iter().position(|byte| !is_of_scheme(*byte));
    let (scheme, rest) = bytes.split_at(end.unwrap_or(bytes.len()));
    if !scheme.eq_ignore_ascii_case(b"bearer") {
        return Ok(None);
    }
    // A malformed token is an error, not `None`. After `None`, the caller would read the cookies.
    let malformed = |why: &str| {
        let message = format!("invalid Authorization header: it {why}");
        Err(AuthError::invalid(message))
    };
    match std::str::from_utf8(rest).map(|rest| rest.trim_matches(' ')) {
        Ok(token) if !token.is_ascii() => malformed("is not ASCII"),
        Ok("") => malformed("has no token"),
        Ok(token) if rest.first() == Some(&b' ') => Ok(Some(token)),
        Ok(_) => malformed("has no space after Bearer"),
        Err(_) => malformed("is not ASCII"),
    }
}

/// Whether a byte may be part of the name of a scheme (RFC 9110, 5.6.2).
fn is_of_scheme(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

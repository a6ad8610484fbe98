//! The header `Authorization: Bearer`.

use http::HeaderMap;
use http::header::AUTHORIZATION;

use crate::error::AuthError;

/// Returns the bearer token of a request. `None` if it has no token or another scheme.
///
/// Two headers are an error, because a proxy and this server might read different ones.
pub(crate) fn token(headers: &HeaderMap) -> Result<Option<&str>, AuthError> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let Some(value) = values.next() else {
        return Ok(None);
    };
    if values.next().is_some() {
        return Err(AuthError::invalid(
            "the request has several Authorization headers",
        ));
    }
    let bytes = value.as_bytes();
    let is_bearer = bytes
        .get(..6)
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case(b"bearer"));
    match bytes.get(6..) {
        Some([]) if is_bearer => Ok(None),
        Some([b' ', ..]) if is_bearer => {
            let token = value.to_str().ok().and_then(|text| text.get(7..));
            let token = token.ok_or_else(|| {
                AuthError::invalid("the token is malformed: the Authorization header is not ASCII")
            })?;
            let token = token.trim_matches(' ');
            Ok((!token.is_empty()).then_some(token))
        }
        _ => Ok(None),
    }
}

//! Response bodies, read up to a limit.

use clerk_core::TransportErrorKind::{Body, BodyTooLarge};
use clerk_core::{HttpResponse, TransportError};
use http::{Method, StatusCode};
use reqwest::Response;

use crate::classify;

/// Reads a whole response.
///
/// # Errors
///
/// Returns an error if the body is truncated or is longer than `limit` bytes.
pub(crate) async fn read(
    method: &Method,
    mut response: Response,
    limit: usize,
) -> Result<HttpResponse, TransportError> {
    let status = response.status();
    let no_body = *method == Method::HEAD
        || matches!(status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED);
    let length = response.content_length().filter(|_| !no_body);
    if length.is_some_and(|length| length > limit as u64) {
        return Err(too_large(limit));
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(classify::body)? {
        if body.len() + chunk.len() > limit {
            return Err(too_large(limit));
        }
        body.extend_from_slice(&chunk);
    }
    // Over HTTP/2, a reset with `NO_ERROR` ends the body early, and reqwest reports no error.
    if let Some(length) = length.filter(|length| *length != body.len() as u64) {
        let message = format!("the response ended after {} of {length} bytes", body.len());
        return Err(TransportError::new(Body, message));
    }
    let mut complete = HttpResponse::new(body.into());
    *complete.status_mut() = status;
    *complete.headers_mut() = std::mem::take(response.headers_mut());
    Ok(complete)
}

/// Returns the error for a body of more than `limit` bytes.
fn too_large(limit: usize) -> TransportError {
    TransportError::new(
        BodyTooLarge,
        format!("the response has more than {limit} bytes"),
    )
}

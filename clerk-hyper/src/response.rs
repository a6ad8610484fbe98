//! The reading of a response: its body is read completely and decompressed.

use clerk_core::{HttpResponse, TransportError};
use http::Response;
use hyper::body::Incoming;

use crate::body;

/// Receives the body of a response. `is_head` says whether the request's method is HEAD. `gzip`
/// says whether a compressed body is decompressed.
///
/// # Errors
///
/// Returns an error if the body is truncated, is longer than `limit` bytes, or cannot be
/// decompressed.
pub(crate) async fn receive(
    response: Response<Incoming>,
    is_head: bool,
    #[cfg_attr(not(feature = "gzip"), allow(unused_variables))] gzip: bool,
    limit: usize,
) -> Result<HttpResponse, TransportError> {
    #[cfg_attr(not(feature = "gzip"), allow(unused_mut))]
    let (mut parts, incoming) = response.into_parts();
    let expected = body::expected(is_head, &parts);
    #[cfg(feature = "gzip")]
    if gzip && crate::gzip::is_compressed(&parts.headers) {
        let body = crate::gzip::read(incoming, expected, limit).await?;
        crate::gzip::strip_encoding(&mut parts.headers);
        return Ok(HttpResponse::from_parts(parts, body));
    }
    let body = body::read(incoming, expected, limit).await?;
    Ok(HttpResponse::from_parts(parts, body))
}

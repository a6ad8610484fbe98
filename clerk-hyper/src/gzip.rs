//! The request for compressed response bodies, and their decompression up to a limit.

use std::io::{self, Write};

use bytes::Bytes;
use clerk_core::{TransportError, TransportErrorKind};
use flate2::write::MultiGzDecoder;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH};
use http::{HeaderMap, HeaderValue};
use hyper::body::Incoming;

use crate::body::{self, Expected, too_large};

/// Requests gzip, and returns true. If the request already has an `accept-encoding`, returns false.
/// The user of the transport then decompresses the response.
pub(crate) fn request_gzip(headers: &mut HeaderMap) -> bool {
    let requested = !headers.contains_key(ACCEPT_ENCODING);
    if requested {
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
    }
    requested
}

/// Whether the headers announce a body that is compressed by gzip.
pub(crate) fn is_compressed(headers: &HeaderMap) -> bool {
    let encoding = headers.get(CONTENT_ENCODING).map(HeaderValue::as_bytes);
    encoding.is_some_and(|encoding| {
        encoding.eq_ignore_ascii_case(b"gzip") || encoding.eq_ignore_ascii_case(b"x-gzip")
    })
}

/// Removes the headers that describe the compressed body.
pub(crate) fn strip_encoding(headers: &mut HeaderMap) {
    headers.remove(CONTENT_ENCODING);
    headers.remove(CONTENT_LENGTH);
}

/// Reads and decompresses a whole response body.
///
/// # Errors
///
/// Returns an error if the body is truncated or not gzip, or if it has more than `limit` bytes when
/// decompressed.
pub(crate) async fn read(
    mut body: Incoming,
    expected: Expected,
    limit: usize,
) -> Result<Bytes, TransportError> {
    let output = Limited {
        bytes: Vec::new(),
        limit,
    };
    let mut decoder = MultiGzDecoder::new(output);
    let mut received = 0;
    while let Some(data) = body::next(&mut body).await? {
        received += data.len() as u64;
        decoder
            .write_all(&data)
            .map_err(|error| decompression_error(error, limit))?;
    }
    expected.check(&body, received)?;
    // A response to HEAD and a 304 may name the encoding without having a body.
    if received == 0 {
        return Ok(Bytes::new());
    }
    let output = decoder
        .finish()
        .map_err(|error| decompression_error(error, limit))?;
    Ok(output.bytes.into())
}

fn decompression_error(error: io::Error, limit: usize) -> TransportError {
    match error.kind() {
        io::ErrorKind::FileTooLarge => too_large(limit),
        _ => TransportError::new(TransportErrorKind::Body, error),
    }
}

/// A writer that accepts up to `limit` bytes.
struct Limited {
    bytes: Vec<u8>,
    limit: usize,
}

impl Write for Limited {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + data.len() > self.limit {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(data);
        Ok(data.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

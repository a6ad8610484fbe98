//! Compressed bodies: asked for, undone while they arrive, and bounded by what they come to.

use std::future::poll_fn;
use std::io::{self, Write};
use std::pin::Pin;

use bytes::Bytes;
use clerk_core::{TransportError, TransportErrorKind};
use flate2::write::MultiGzDecoder;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH};
use http::{HeaderMap, HeaderValue};
use hyper::body::{Body, Incoming};

use crate::body::too_large;
use crate::classify;

/// Asks for gzip, unless somebody asked for something else: then that one undoes it.
pub(crate) fn ask(headers: &mut HeaderMap) -> bool {
    let ask = !headers.contains_key(ACCEPT_ENCODING);
    if ask {
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
    }
    ask
}

pub(crate) fn is_compressed(headers: &HeaderMap) -> bool {
    let encoding = headers.get(CONTENT_ENCODING).map(HeaderValue::as_bytes);
    encoding.is_some_and(|encoding| {
        encoding.eq_ignore_ascii_case(b"gzip") || encoding.eq_ignore_ascii_case(b"x-gzip")
    })
}

/// What was said of the compressed body does not hold for the other.
pub(crate) fn forget(headers: &mut HeaderMap) {
    headers.remove(CONTENT_ENCODING);
    headers.remove(CONTENT_LENGTH);
}

pub(crate) async fn read(mut body: Incoming, limit: usize) -> Result<Bytes, TransportError> {
    let output = Limited {
        bytes: Vec::new(),
        limit,
    };
    let mut decoder = MultiGzDecoder::new(output);
    let mut empty = true;
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let Ok(data) = frame.map_err(classify::body)?.into_data() else {
            continue;
        };
        empty &= data.is_empty();
        decoder
            .write_all(&data)
            .map_err(|error| broken(error, limit))?;
    }
    // A HEAD or a 304 may name the encoding and have no body.
    if empty {
        return Ok(Bytes::new());
    }
    let output = decoder.finish().map_err(|error| broken(error, limit))?;
    Ok(output.bytes.into())
}

fn broken(error: io::Error, limit: usize) -> TransportError {
    match error.kind() {
        io::ErrorKind::FileTooLarge => too_large(limit),
        _ => TransportError::new(TransportErrorKind::Body, error),
    }
}

/// Takes so many bytes and no more.
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

//! Request bodies in one piece, and response bodies that are read up to a limit.

use std::convert::Infallible;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use clerk_core::{TransportError, TransportErrorKind};
use http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use http::{StatusCode, Version, response};
use hyper::body::{Body, Frame, Incoming, SizeHint};

use crate::classify;

/// A request body in one piece.
#[derive(Clone, Default)]
pub(crate) struct FullBody(Option<Bytes>);

impl From<Bytes> for FullBody {
    fn from(bytes: Bytes) -> Self {
        Self((!bytes.is_empty()).then_some(bytes))
    }
}

impl Body for FullBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.0.take().map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.as_ref().map_or(0, Bytes::len) as u64)
    }
}

/// The maximum number of bytes that are reserved because of a `content-length`.
const MAX_RESERVE: usize = 1 << 20;

/// The length that a response body must have.
#[derive(Clone, Copy)]
pub(crate) enum Expected {
    /// This number of bytes.
    Bytes(u64),
    /// Any length. The stream of an HTTP/2 response must end without a reset.
    EndOfStream,
    /// Any length. hyper detects a truncated body if the protocol allows it.
    Any,
}

/// Returns the length that the body of a response must have.
pub(crate) fn expected(is_head: bool, response: &response::Parts) -> Expected {
    let no_body = is_head
        || matches!(
            response.status,
            StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED
        );
    let headers = &response.headers;
    // In HTTP/1.1, `transfer-encoding` overrides `content-length`.
    if no_body || headers.contains_key(TRANSFER_ENCODING) {
        return Expected::Any;
    }
    let length = headers
        .get(CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok());
    match length.and_then(|length| length.parse().ok()) {
        Some(length) => Expected::Bytes(length),
        None if response.version == Version::HTTP_2 => Expected::EndOfStream,
        None => Expected::Any,
    }
}

impl Expected {
    /// Returns the number of bytes, if it is known.
    fn bytes(self) -> Option<u64> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::EndOfStream | Self::Any => None,
        }
    }

    /// Checks a body of `received` bytes at its end.
    ///
    /// If a server resets the stream of a response with `NO_ERROR`, hyper ends the body without an
    /// error. Therefore, this function checks whether the body is complete.
    ///
    /// # Errors
    ///
    /// Returns an error if the body is truncated.
    pub(crate) fn check(self, body: &Incoming, received: u64) -> Result<(), TransportError> {
        let message = match self {
            Self::Bytes(length) if length != received => {
                format!("the response ended after {received} of {length} bytes")
            }
            Self::EndOfStream if !body.is_end_stream() => {
                format!("the server reset the response after {received} bytes")
            }
            _ => return Ok(()),
        };
        Err(TransportError::new(TransportErrorKind::Body, message))
    }
}

/// Reads a whole response body. A body that arrives in one piece is not copied.
///
/// # Errors
///
/// Returns an error if the body is truncated or is longer than `limit` bytes.
pub(crate) async fn read(
    mut body: Incoming,
    expected: Expected,
    limit: usize,
) -> Result<Bytes, TransportError> {
    let announced = expected.bytes();
    if announced.is_some_and(|length| length > limit as u64) {
        return Err(too_large(limit));
    }
    let mut first = Bytes::new();
    let mut rest = BytesMut::new();
    while let Some(data) = next(&mut body).await? {
        if first.len() + rest.len() + data.len() > limit {
            return Err(too_large(limit));
        }
        if first.is_empty() && rest.is_empty() {
            first = data;
            continue;
        }
        if rest.is_empty() {
            let announced = announced.and_then(|length| usize::try_from(length).ok());
            rest.reserve(
                announced
                    .unwrap_or_default()
                    .min(MAX_RESERVE)
                    .max(first.len() + data.len()),
            );
            rest.extend_from_slice(&std::mem::take(&mut first));
        }
        rest.extend_from_slice(&data);
    }
    let whole = if rest.is_empty() {
        first
    } else {
        rest.freeze()
    };
    expected.check(&body, whole.len() as u64)?;
    Ok(whole)
}

/// Returns the next bytes of a body, without trailers, or `None` at its end.
pub(crate) async fn next(body: &mut Incoming) -> Result<Option<Bytes>, TransportError> {
    while let Some(frame) = poll_fn(|context| Pin::new(&mut *body).poll_frame(context)).await {
        if let Ok(data) = frame.map_err(classify::body)?.into_data() {
            return Ok(Some(data));
        }
    }
    Ok(None)
}

/// Creates the error for a body of more than `limit` bytes.
pub(crate) fn too_large(limit: usize) -> TransportError {
    TransportError::new(
        TransportErrorKind::BodyTooLarge,
        format!("the response has more than {limit} bytes"),
    )
}

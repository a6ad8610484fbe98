//! The error kinds of hyper's failures.

use std::error::Error as StdError;

use clerk_core::{TransportError, TransportErrorKind};
use hyper_util::client::legacy;

use crate::connect::ConnectError;

/// Converts a failure before the response.
pub(crate) fn request(error: legacy::Error) -> TransportError {
    let kind = if error.is_connect() {
        // A connect failure that is not from the connector is a failed TLS handshake.
        match error.source() {
            Some(source) if source.is::<ConnectError>() => TransportErrorKind::NotSent,
            _ => TransportErrorKind::Tls,
        }
    } else {
        causes(&error)
            .find_map(|cause| cause.downcast_ref::<hyper::Error>())
            .map_or(TransportErrorKind::Io, kind_of)
    };
    TransportError::new(kind, error)
}

/// Converts a failure while the body is read.
pub(crate) fn body(error: hyper::Error) -> TransportError {
    let kind = if error.is_timeout() {
        TransportErrorKind::Timeout
    } else {
        TransportErrorKind::Body
    };
    TransportError::new(kind, error)
}

fn kind_of(error: &hyper::Error) -> TransportErrorKind {
    if error.is_canceled() || never_processed(error) {
        TransportErrorKind::NotSent
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else if error.is_parse() {
        TransportErrorKind::Body
    } else if error.is_user() {
        TransportErrorKind::Other
    } else {
        TransportErrorKind::Io
    }
}

/// Whether an HTTP/2 server reported that it did not process the request.
#[cfg(feature = "http2")]
fn never_processed(error: &hyper::Error) -> bool {
    causes(error)
        .find_map(|cause| cause.downcast_ref::<h2::Error>())
        .is_some_and(|error| {
            let graceful = error.is_go_away() && error.reason() == Some(h2::Reason::NO_ERROR);
            error.is_remote() && (graceful || error.reason() == Some(h2::Reason::REFUSED_STREAM))
        })
}

#[cfg(not(feature = "http2"))]
fn never_processed(_: &hyper::Error) -> bool {
    false
}

fn causes<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}

//! The error kinds of hyper's failures.

use std::error::Error as StdError;

use clerk_core::{TransportError, TransportErrorKind};
use hyper_util::client::legacy;

use crate::dial::ConnectError;

/// Converts a failure that happened before the response.
pub(crate) fn request(error: legacy::Error) -> TransportError {
    let cause = || causes(&error).find_map(|cause| cause.downcast_ref::<hyper::Error>());
    let kind = if error.is_connect() {
        let failed = error.source().and_then(<dyn StdError>::downcast_ref);
        failed.map_or(TransportErrorKind::NotSent, |error: &ConnectError| {
            error.kind
        })
    } else if error.connect_info().is_some() {
        // If no cause is an error of hyper, the connection does not support the request's HTTP
        // version.
        cause().map_or(TransportErrorKind::InvalidRequest, kind_of)
    } else {
        // The connection broke before it was assigned to the request, or hyper cancelled the
        // opening of the connection because another one was opened.
        TransportErrorKind::NotSent
    };
    TransportError::new(kind, error)
}

/// Converts a failure that happened while the body was read.
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
    } else {
        // This includes hyper's user errors. hyper returns one if the connection's runtime was shut
        // down.
        TransportErrorKind::Io
    }
}

/// Whether an HTTP/2 server reported that it did not process the request.
///
/// A GOAWAY names the last stream that the server may have processed. For later streams, h2 reports
/// the GOAWAY as an error, with any reason code. For this stream and earlier streams, h2 reports no
/// GOAWAY.
#[cfg(feature = "http2")]
fn never_processed(error: &hyper::Error) -> bool {
    causes(error)
        .find_map(|cause| cause.downcast_ref::<h2::Error>())
        .is_some_and(|error| {
            let refused = error.reason() == Some(h2::Reason::REFUSED_STREAM);
            error.is_remote() && (error.is_go_away() || refused)
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

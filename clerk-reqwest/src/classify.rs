//! The error kinds of reqwest's failures.

use std::error::Error as StdError;
use std::io;

use clerk_core::{TransportError, TransportErrorKind};

/// Converts a failure that happened before the response.
pub(crate) fn request(error: reqwest::Error) -> TransportError {
    let kind = if error.is_builder() {
        TransportErrorKind::InvalidRequest
    } else if error.is_redirect() {
        // A redirect was followed, so the request may have been processed.
        TransportErrorKind::Other
    } else if error.is_connect() {
        return connecting(error);
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else {
        causes(&error)
            .find_map(|cause| cause.downcast_ref())
            .map_or(TransportErrorKind::Io, exchange)
    };
    TransportError::new(kind, error.without_url())
}

/// Converts a failure that happened while the body was read.
pub(crate) fn body(error: reqwest::Error) -> TransportError {
    let kind = if error.is_timeout() {
        TransportErrorKind::Timeout
    } else {
        TransportErrorKind::Body
    };
    TransportError::new(kind, error.without_url())
}

/// Converts a failure that happened before the connection was ready.
fn connecting(error: reqwest::Error) -> TransportError {
    if lacks_tls(&error) {
        let message = "the reqwest client has no TLS; enable the feature `rustls` or `native-tls` \
                       of clerk-reqwest or of reqwest";
        return TransportError::new(TransportErrorKind::InvalidRequest, message);
    }
    if let Some(message) = causes(&error).find_map(native_tls_fault) {
        return TransportError::new(TransportErrorKind::Tls, message);
    }
    let kind = if causes(&error).any(is_rustls_fault) {
        TransportErrorKind::Tls
    } else {
        TransportErrorKind::NotSent
    };
    TransportError::new(kind, error.without_url())
}

/// Whether the client has no TLS. The connector of such a client refuses `https` URLs with this
/// message.
fn lacks_tls(error: &reqwest::Error) -> bool {
    causes(error).any(|cause| cause.to_string() == "invalid URL, scheme is not http")
}

/// Whether rustls found a fault in the certificate or the protocol, or received an alert. rustls
/// reports these errors as invalid data. Other I/O errors in a handshake are failures of the
/// connection.
fn is_rustls_fault(cause: &(dyn StdError + 'static)) -> bool {
    cause
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::InvalidData)
}

/// Returns the message of the operating system's TLS library about a fault of the certificate or
/// the protocol. The message is taken from the error itself, because its innermost source does not
/// name the reason.
#[cfg(feature = "native-tls")]
fn native_tls_fault(cause: &(dyn StdError + 'static)) -> Option<String> {
    let message = cause.downcast_ref::<native_tls::Error>()?.to_string();
    // If the connection ends unexpectedly, OpenSSL reports no I/O error.
    let broken = causes(cause).any(|cause| cause.is::<io::Error>())
        || message.to_lowercase().contains("unexpected eof");
    (!broken).then_some(message)
}

#[cfg(not(feature = "native-tls"))]
fn native_tls_fault(_: &(dyn StdError + 'static)) -> Option<String> {
    None
}

/// Returns the kind of a failure on an open connection.
fn exchange(error: &hyper::Error) -> TransportErrorKind {
    if error.is_canceled() || never_processed(error) {
        TransportErrorKind::NotSent
    } else if error.is_parse() {
        TransportErrorKind::Body
    } else {
        TransportErrorKind::Io
    }
}

/// Whether an HTTP/2 server reported that it did not process the request.
///
/// A GOAWAY names the last stream that the server may have processed. For later streams, h2 reports
/// the GOAWAY as an error, whatever its reason code is. For other streams, h2 reports no GOAWAY.
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

/// Returns the error and its causes.
fn causes<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |&error| {
        match error.downcast_ref::<io::Error>() {
            // `io::Error::source` skips the inner error and returns its source.
            Some(error) => error.get_ref().map(|inner| inner as _),
            None => error.source(),
        }
    })
}

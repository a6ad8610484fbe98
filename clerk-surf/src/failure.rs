//! The error kinds of libcurl's failures.

use clerk_core::{TransportError, TransportErrorKind};

/// The point that an exchange had reached when it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Progress {
    /// No byte of the request was sent.
    Connecting,
    /// At least a part of the request was sent.
    Sent,
    /// The head of the response was received.
    Responding,
}

/// Converts a failure of libcurl.
pub(crate) fn classify(error: curl::Error, progress: Progress) -> TransportError {
    let kind = match progress {
        Progress::Connecting if error.is_url_malformed() || error.is_unsupported_protocol() => {
            TransportErrorKind::InvalidRequest
        }
        Progress::Connecting if is_tls(&error) => TransportErrorKind::Tls,
        Progress::Connecting => TransportErrorKind::NotSent,
        _ if error.is_operation_timedout() => TransportErrorKind::Timeout,
        Progress::Responding => TransportErrorKind::Body,
        // The response is not HTTP/1 or HTTP/2.
        Progress::Sent if error.is_unsupported_protocol() || is_malformed(&error) => {
            TransportErrorKind::Body
        }
        Progress::Sent => TransportErrorKind::Io,
    };
    TransportError::new(kind, error)
}

/// Returns the error for a response with more than `limit` bytes.
pub(crate) fn too_large(limit: usize) -> TransportError {
    TransportError::new(
        TransportErrorKind::BodyTooLarge,
        format!("the response has more than {limit} bytes"),
    )
}

/// Whether the certificate, the protocol, or the TLS settings are at fault.
fn is_tls(error: &curl::Error) -> bool {
    error.is_ssl_cacert()
        || error.is_peer_failed_verification()
        || error.is_ssl_cacert_badfile()
        || error.is_ssl_certproblem()
        || error.is_ssl_cipher()
        || error.is_ssl_crl_badfile()
        || error.is_ssl_issuer_error()
        || error.is_ssl_engine_notfound()
        || error.is_ssl_engine_setfailed()
        || error.is_ssl_engine_initfailed()
        || error.is_use_ssl_failed()
        || error.is_ssl_connect_error() && !is_broken_handshake(error)
}

/// Whether the connection broke in the handshake. Only the message shows this, because libcurl
/// reports TLS alerts with the same code.
fn is_broken_handshake(error: &curl::Error) -> bool {
    let text = error.extra_description().unwrap_or_default();
    [
        "Recv failure: ",
        "Send failure: ",
        // These messages are from OpenSSL.
        "unexpected eof",
        "SSL_connect: ",
        // These messages are from Schannel.
        "failed to receive handshake",
        "failed to send initial handshake",
        "failed to send next handshake",
    ]
    .iter()
    .any(|broken| text.contains(broken))
}

fn is_malformed(error: &curl::Error) -> bool {
    // `CURLE_WEIRD_SERVER_REPLY`
    error.code() == 8
}

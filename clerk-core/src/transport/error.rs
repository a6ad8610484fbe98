//! The errors of transports.

use std::error::Error as StdError;
use std::fmt;

/// The failure of an exchange (one request and its response): there is no complete response.
///
/// Transports create this error with [`TransportError::new`]. The client returns it as the
/// [`source`](StdError::source) of an [`Error`](crate::Error).
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Box<dyn StdError + Send + Sync>,
}

impl TransportError {
    /// Creates an error of this kind. `source` is its cause: an error or a message.
    pub fn new(
        kind: TransportErrorKind,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self {
            kind,
            source: source.into(),
        }
    }

    /// Returns the kind, which says what may have happened to the request.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.describe())
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}

/// The state of a request without a complete response. It decides whether the request is retried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The request was certainly not processed. Every operation can be retried.
    ///
    /// These are the usual causes:
    ///
    /// - Name resolution, TCP or a proxy's tunnel failed, or the connection broke in the TLS
    ///   handshake.
    /// - Together, these steps took longer than the transport's connect timeout.
    /// - A pooled connection was dead.
    /// - The server said that it ignored the request: HTTP/2 `REFUSED_STREAM`, or a `GOAWAY` that
    ///   names an earlier stream as the last processed stream.
    NotSent,
    /// The server's certificate or TLS protocol is at fault, or the server sent a TLS alert. No
    /// part of the request was sent. A retry does not help. The source says what is wrong.
    ///
    /// If the connection breaks in the handshake, the kind is [`NotSent`](Self::NotSent) instead.
    Tls,
    /// The response did not arrive in time. The request may have been processed. Only idempotent
    /// operations are retried.
    Timeout,
    /// The connection broke after the request was sent or may have been sent. Only idempotent
    /// operations are retried.
    Io,
    /// The response was truncated or malformed. Only idempotent operations are retried.
    Body,
    /// The response is larger than the transport's limit. A retry does not help.
    BodyTooLarge,
    /// The transport cannot send this request. A retry does not help.
    InvalidRequest,
    /// Any other error. The client never retries the request.
    Other,
}

impl TransportErrorKind {
    pub(crate) fn describe(self) -> &'static str {
        match self {
            Self::NotSent => "the request was not sent",
            Self::Tls => "the TLS handshake failed",
            Self::Timeout => "no response in time",
            Self::Io => "the connection broke before the response arrived",
            Self::Body => "the response was truncated or malformed",
            Self::BodyTooLarge => "the response is larger than the transport's limit",
            Self::InvalidRequest => "the transport cannot send this request",
            Self::Other => "the transport failed",
        }
    }
}

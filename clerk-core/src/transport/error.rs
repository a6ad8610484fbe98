//! Why an exchange has no response.

use std::error::Error as StdError;
use std::fmt;

/// An exchange that ended without a complete response.
///
/// Made by transports ([`TransportError::new`]); users of the client meet it as the
/// [`source`](StdError::source) of an [`Error`](crate::Error).
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Box<dyn StdError + Send + Sync>,
}

impl TransportError {
    /// An error of this kind, with what caused it: an error, or a sentence.
    pub fn new(
        kind: TransportErrorKind,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self {
            kind,
            source: source.into(),
        }
    }

    /// What may have happened to the request.
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

/// What may have happened to a request without a response, and so whether it may be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// Provably not processed: the connection was refused, the host did not resolve, a pooled
    /// connection was dead, or the server said that it did not look at the request (HTTP/2
    /// `REFUSED_STREAM`, `GOAWAY`). Safe to send again, whatever the operation.
    NotSent,
    /// The TLS handshake failed; nothing of the request was sent. Sending again does not help:
    /// the source says what is wrong with the certificate.
    Tls,
    /// No answer in time; the request may have been processed. Safe to send again for idempotent
    /// operations only.
    Timeout,
    /// The connection broke after the request was, or may have been, sent. Safe to send again for
    /// idempotent operations only.
    Io,
    /// The server answered, but the response was cut short or malformed. Safe to send again for
    /// idempotent operations only.
    Body,
    /// The response is larger than the transport's limit. Sending again does not help.
    BodyTooLarge,
    /// The transport cannot send such a request. Sending again does not help.
    InvalidRequest,
    /// Anything else. Never sent again.
    Other,
}

impl TransportErrorKind {
    pub(crate) fn describe(self) -> &'static str {
        match self {
            Self::NotSent => "the request was not sent",
            Self::Tls => "the TLS handshake failed",
            Self::Timeout => "no answer in time",
            Self::Io => "the connection broke before an answer came",
            Self::Body => "the response was cut short",
            Self::BodyTooLarge => "the response is larger than the transport's limit",
            Self::InvalidRequest => "the transport cannot send this request",
            Self::Other => "the transport failed",
        }
    }
}

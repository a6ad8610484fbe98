use std::fmt;

use crate::client::error::Error;

/// Why an event was not taken.
///
/// Answer it with status 400, but for [`Payload`](WebhookErrorKind::Payload): what is genuine comes
/// again, and such an event would come as it is until the sender gives up. Log it, and answer with 200.
#[derive(Debug)]
pub struct WebhookError {
    kind: WebhookErrorKind,
    message: String,
    source: Option<Error>,
}

/// What is wrong with an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WebhookErrorKind {
    /// A header is missing, malformed, or there twice.
    Headers,
    /// It was sent too long ago, or is of the future: a recording that is played again, or one of
    /// the two clocks is wrong.
    Time,
    /// No signature fits: it is forged, or changed on its way, or the secret is of another endpoint.
    Signature,
    /// It is genuine, and not what an event looks like.
    Payload,
}

impl WebhookError {
    pub(super) fn new(kind: WebhookErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            source: None,
        }
    }

    pub(super) fn payload(source: Error) -> Self {
        Self {
            kind: WebhookErrorKind::Payload,
            message: source.to_string(),
            source: Some(source),
        }
    }

    /// What is wrong.
    #[must_use]
    pub fn kind(&self) -> WebhookErrorKind {
        self.kind
    }
}

impl fmt::Display for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for WebhookError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}

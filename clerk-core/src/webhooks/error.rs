use std::borrow::Cow;
use std::fmt;

use crate::client::error::Error;
use crate::client::error::single_line::SingleLine;

/// The error of an event that was rejected.
///
/// If the kind is [`Payload`](WebhookErrorKind::Payload), log the error and respond with 200. The
/// event is authentic, but cannot be decoded. After a 400, Clerk would resend it unchanged. If the
/// error has any other kind, respond with 400.
#[derive(Debug)]
pub struct WebhookError {
    kind: WebhookErrorKind,
    message: String,
    source: Option<Error>,
}

/// The reason why an event was rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WebhookErrorKind {
    /// A header is missing, malformed or repeated.
    Headers,
    /// The time of delivery is more than 5 minutes in the past or in the future. The delivery may be
    /// a replay, or your clock or the sender's clock is wrong.
    Time,
    /// No signature matches: the event is forged or altered, or the secret belongs to another
    /// endpoint.
    Signature,
    /// The event is authentic, but its body is not a valid event.
    Payload,
}

impl WebhookError {
    pub(super) fn new(kind: WebhookErrorKind, message: &str) -> Self {
        Self {
            kind,
            message: SingleLine(message).to_string(),
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

    /// Returns the kind of the error.
    #[must_use]
    pub fn kind(&self) -> WebhookErrorKind {
        self.kind
    }
}

/// Cuts off a name or an id after 64 characters, so that the rest of an error message remains
/// readable.
pub(super) fn short(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(64) {
        Some((end, _)) => Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(text),
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

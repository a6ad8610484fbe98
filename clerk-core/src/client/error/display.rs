//! The one-line `Display` output and the `Debug` output of an error.

use std::fmt;

use http::header::CONTENT_TYPE;

use crate::client::error::single_line::SingleLine;
use crate::client::error::{Error, ErrorKind, Inner};
use crate::transport::HttpResponse;
use crate::transport::error::TransportErrorKind;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.operation_id() {
            write!(f, "{operation}: ")?;
        }
        match self.0.kind {
            ErrorKind::Configuration => {
                write!(f, "configuration: {}", SingleLine(&self.0.message))?
            }
            ErrorKind::InvalidRequest => write!(
                f,
                "invalid request (not sent): {}",
                SingleLine(&self.0.message)
            )?,
            ErrorKind::PolledAfterCompletion => f.write_str(&self.0.message)?,
            ErrorKind::RateLimit => write!(f, "not sent: {}", self.0.message)?,
            ErrorKind::Transport(kind) => {
                f.write_str(kind.describe())?;
                if let Some(cause) = self.cause() {
                    write!(f, ": {}", SingleLine(&cause))?;
                }
            }
            ErrorKind::Api | ErrorKind::Decode => {
                if let Some(response) = &self.0.response {
                    self.fmt_response(response, f)?;
                } else {
                    write!(f, "{}", SingleLine(&self.0.message))?;
                }
            }
        }
        if self.0.attempts > 1 {
            write!(f, " (attempt {}", self.0.attempts)?;
            let not_sent = self.0.kind == ErrorKind::Transport(TransportErrorKind::NotSent);
            if not_sent && self.0.earlier_may_have_run {
                f.write_str("; an earlier attempt may have been processed")?;
            }
            f.write_str(")")?;
        }
        Ok(())
    }
}

impl Error {
    fn fmt_response(&self, response: &HttpResponse, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = response.status();
        f.write_str(status.as_str())?;
        if let Some(reason) = status.canonical_reason() {
            write!(f, " {reason}")?;
        }
        match self.clerk_errors() {
            _ if self.0.kind == ErrorKind::Decode => {
                write!(
                    f,
                    ", but the body could not be decoded: {}",
                    SingleLine(&self.0.message)
                )?;
            }
            [] if status.is_redirection() => {
                f.write_str(": redirects are not followed; is the base URL right?")?;
            }
            [] => {
                let length = response.body().len();
                write!(f, ": not a Clerk error body ({length} bytes")?;
                if let Some(content_type) = response.headers().get(CONTENT_TYPE) {
                    let content_type = String::from_utf8_lossy(content_type.as_bytes());
                    write!(f, ", {}", SingleLine(&content_type))?;
                }
                f.write_str(")")?;
            }
            [first, more @ ..] => {
                let text = match (&*first.long_message, &*first.message) {
                    ("", message) => message,
                    (long_message, _) => long_message,
                };
                for part in [&*first.code, text] {
                    if !part.is_empty() {
                        write!(f, ": {}", SingleLine(part))?;
                    }
                }
                if first.code.is_empty() && text.is_empty() {
                    f.write_str(": a Clerk error without a code and a message")?;
                }
                if !more.is_empty() {
                    write!(f, " (and {} more)", more.len())?;
                }
            }
        }
        if let Some(wait) = self.retry_after() {
            write!(f, "; retry after {} s", wait.as_secs())?;
        }
        if let Some(trace_id) = self.trace_id() {
            write!(f, " [trace {}]", SingleLine(trace_id))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            kind,
            message,
            clerk,
            transport,
            attempts,
            ..
        } = &*self.0;
        f.debug_struct("Error")
            .field("kind", kind)
            .field("operation_id", &self.operation_id())
            .field("status", &self.status())
            .field("message", message)
            .field("clerk_errors", &clerk.errors)
            .field("trace_id", &self.trace_id())
            .field("attempts", attempts)
            .field("body_bytes", &self.body().len())
            .field("transport", transport)
            .finish()
    }
}

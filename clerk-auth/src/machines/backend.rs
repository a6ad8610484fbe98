//! The verification of opaque tokens by the Backend API.

use std::fmt;
use std::time::Duration;

use clerk_core::{Clerk, Error, ErrorKind, HttpTransport, Metadata, SecretString};
use http::{Method, StatusCode};
use serde_json::json;

use crate::error::{AuthError, AuthErrorReason};
use crate::keys::source::{ATTEMPT_TIMEOUT, BoxFuture, TIMEOUT};
use crate::machines::answer::{self, Verified};
use crate::token::opaque::Opaque;

/// The maximum length of a response in bytes. It limits the memory that the check for repeated
/// names in a response takes.
const MAX_ANSWER: usize = 128 << 10;

/// A service that verifies opaque tokens. It also provides the clock of its transport.
pub(crate) trait TokenSource: fmt::Debug + Send + Sync {
    /// Verifies a token. The caller must still compare the time of expiration with the clock.
    fn verify(&self, kind: Opaque, token: SecretString) -> BoxFuture<Result<Verified, AuthError>>;

    fn sleep(&self, duration: Duration) -> BoxFuture<()>;

    /// Returns the monotonic time.
    fn now(&self) -> Duration;
}

/// The endpoints of the Backend API that verify tokens. A client with a secret key calls them.
#[derive(Debug)]
pub(crate) struct VerifyEndpoints<T>(pub(crate) Clerk<T>);

impl<T: HttpTransport> TokenSource for VerifyEndpoints<T> {
    fn verify(&self, kind: Opaque, token: SecretString) -> BoxFuture<Result<Verified, AuthError>> {
        let clerk = self.0.clone();
        Box::pin(async move {
            let (path, parameter): (&[&str], _) = match kind {
                Opaque::ApiKey => (&["api_keys", "verify"], "secret"),
                Opaque::M2m => (&["m2m_tokens", "verify"], "token"),
                Opaque::OAuth => (
                    &["oauth_applications", "access_tokens", "verify"],
                    "access_token",
                ),
            };
            // The response is kept as JSON text, because a model would replace missing fields by
            // defaults.
            let call = clerk.request::<Metadata>(Method::POST, path);
            let call = call.json(&json!({ parameter: token })).idempotent(true);
            let call = call.attempt_timeout(ATTEMPT_TIMEOUT).timeout(TIMEOUT);
            let answer = call.await.map_err(|error| refusal(&error))?;
            let json = answer.as_json();
            if json.len() > MAX_ANSWER {
                return Err(too_long(json.len()));
            }
            answer::read(kind, json)
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<()> {
        let clerk = self.0.clone();
        Box::pin(async move { clerk.transport().sleep(duration).await })
    }

    fn now(&self) -> Duration {
        self.0.transport().now()
    }
}

/// Converts an error of the client into an [`AuthError`]. The client returns an error if the status
/// is not 2xx, if the response is neither a JSON object nor null, or if there is no response.
///
/// Of the response, the returned error contains at most the status, the trace id and the time in
/// `Retry-After`. It does not contain the body, which may repeat the token.
fn refusal(error: &Error) -> AuthError {
    let trace = |text: String| match error.trace_id() {
        Some(id) => format!("{text} [trace {}]", shown(id)),
        None => text,
    };
    match error.status() {
        Some(StatusCode::BAD_REQUEST | StatusCode::NOT_FOUND) if is_object(error.body()) => {
            AuthError::invalid(trace("invalid token: Clerk does not know it".to_owned()))
        }
        Some(StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) => {
            let message =
                "invalid secret key: Clerk refused it; check that it is the key of this instance";
            AuthError::new(AuthErrorReason::SecretKeyInvalid, trace(message.to_owned()))
        }
        status => {
            let why = match status {
                Some(status) if error.kind() == ErrorKind::Api => {
                    format!("the response has the status {}", status.as_u16())
                }
                Some(_) => "the response is not a JSON object".to_owned(),
                None => error.to_string(),
            };
            let message = trace(format!("Clerk could not verify the token: {why}"));
            let reason = AuthErrorReason::UnexpectedError;
            AuthError::unavailable(reason, message, None, error.retry_after())
        }
    }
}

/// Whether a body starts like a JSON object. Every error body of Clerk is a JSON object. The error
/// page of a gateway is not, and it says nothing about the token.
fn is_object(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"{")
}

/// Creates the error of a response with too many bytes.
fn too_long(bytes: usize) -> AuthError {
    let message = format!(
        "Clerk could not verify the token: the response has {bytes} bytes; the limit is {MAX_ANSWER}"
    );
    AuthError::new(AuthErrorReason::UnexpectedError, message)
}

/// Returns the letters, digits and hyphens at the start of an id, at most 64.
fn shown(id: &str) -> String {
    let fits = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
    id.chars().take(64).take_while(fits).collect()
}

//! The keys from the Frontend API, which needs no secret key.

use std::error::Error as _;
use std::sync::Arc;
use std::time::Duration;

use clerk_core::bytes::Bytes;
use clerk_core::{
    AttemptTimeout, DynTransport, Error, HttpRequest, HttpTransport, Timestamp, TransportError,
    TransportErrorKind, decode, operations, with_timeout,
};
use http::header::ACCEPT;
use http::{HeaderValue, Request, StatusCode};

use crate::error::AuthErrorReason;
use crate::keys::fetched::{Failure, Fetched, clock_ahead};
use crate::keys::source::{ATTEMPT_TIMEOUT, BoxFuture, Fetch, KeySource};

const ATTEMPTS: usize = 3;

/// A source that requests `GET https://<frontend API>/.well-known/jwks.json` without a secret key.
#[derive(Debug)]
pub(crate) struct Frontend {
    transport: DynTransport,
    request: Request<()>,
}

impl Frontend {
    pub(crate) fn new(transport: DynTransport, host: &str) -> Result<Self, Error> {
        let url = format!("https://{host}/.well-known/jwks.json");
        let json = HeaderValue::from_static("application/json");
        let request = Request::get(url).header(ACCEPT, json).body(());
        let request = request.map_err(|error| {
            Error::configuration(format!("invalid host of the Frontend API: {error}"))
        })?;
        Ok(Self { transport, request })
    }

    fn request(&self) -> HttpRequest {
        let mut request = self.request.clone().map(|()| Bytes::new());
        let extensions = request.extensions_mut();
        extensions.insert(operations::GetJWKS);
        extensions.insert(AttemptTimeout(ATTEMPT_TIMEOUT));
        request
    }
}

impl KeySource for Frontend {
    fn fetch(&self) -> Fetch {
        let requests: Vec<HttpRequest> = (0..ATTEMPTS).map(|_| self.request()).collect();
        let transport = Arc::clone(&self.transport);
        Box::pin(async move {
            let mut failure = None;
            for request in requests {
                match attempt(&transport, request).await {
                    Ok(fetched) => return Ok(fetched),
                    Err((failed, true)) => failure = Some(failed),
                    Err((failed, false)) => return Err(failed),
                }
            }
            let reason = AuthErrorReason::JwkRemoteFailedToLoad;
            Err(failure.unwrap_or_else(|| Failure::new(reason, "the keys were not fetched")))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<()> {
        let transport = Arc::clone(&self.transport);
        Box::pin(async move { transport.sleep(duration).await })
    }

    fn now(&self) -> Duration {
        self.transport.now()
    }

    fn time_of_day(&self) -> Option<Timestamp> {
        self.transport.time_of_day()
    }
}

/// Makes one attempt to fetch the keys. The `bool` of the error tells whether to retry immediately.
async fn attempt(
    transport: &DynTransport,
    request: HttpRequest,
) -> Result<Fetched, (Failure, bool)> {
    let failed = |message: String| Failure::new(AuthErrorReason::JwkRemoteFailedToLoad, message);
    let response = match with_timeout(transport, ATTEMPT_TIMEOUT, transport.send(request)).await {
        Some(Ok(response)) => response,
        Some(Err(error)) => {
            let retried = !matches!(
                error.kind(),
                TransportErrorKind::Tls
                    | TransportErrorKind::BodyTooLarge
                    | TransportErrorKind::InvalidRequest
                    | TransportErrorKind::Other
            );
            let cause = cause(&error);
            let message = format!("the keys could not be fetched: {error}{cause}");
            return Err((failed(message), retried));
        }
        None => {
            let message = format!("the keys could not be fetched within {ATTEMPT_TIMEOUT:?}");
            return Err((failed(message), true));
        }
    };
    let status = response.status();
    if status != StatusCode::OK {
        let may_pass = status.is_server_error() || status == StatusCode::REQUEST_TIMEOUT;
        // `decode` turns the response into an `Error`. Its `retry_after` returns the wait that the
        // header `Retry-After` asks for.
        let error = decode::<()>(&operations::GetJWKS, response).err();
        let retry_after = error.and_then(|error| error.retry_after());
        let failure = Failure::of_status(status, retry_after);
        return Err((failure, may_pass && retry_after.is_none()));
    }
    let clock_ahead = clock_ahead(transport.time_of_day(), response.headers());
    // `decode` also limits the memory of the keys.
    match decode(&operations::GetJWKS, response) {
        Ok(keys) => Ok(Fetched { keys, clock_ahead }),
        Err(error) => Err((Failure::from(error), false)),
    }
}

/// Returns a colon and the text of the innermost cause, in one line of limited length. Returns an
/// empty text if the error has no cause.
fn cause(error: &TransportError) -> String {
    /// The maximum number of characters, as in the errors of the client.
    const MAX: usize = 400;

    let Some(mut cause) = error.source() else {
        return String::new();
    };
    while let Some(source) = cause.source() {
        cause = source;
    }
    let ends_line = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let text = cause.to_string();
    let text = text.chars().take(MAX);
    let text: String = text.map(|c| if ends_line(c) { ' ' } else { c }).collect();
    format!(": {text}")
}

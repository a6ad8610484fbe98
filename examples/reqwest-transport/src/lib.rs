//! A custom transport over reqwest.
//!
//! A transport is one `impl` of [`HttpTransport`]. `classify` maps the errors of reqwest to the
//! client's error kinds. `tests/contract.rs` runs the contract suite with the transport.

use std::error::Error;
use std::io;
use std::sync::OnceLock;
use std::time::Duration;

use clerk_core::TransportErrorKind::{
    Body, BodyTooLarge, InvalidRequest, Io, NotSent, Other, Timeout, Tls,
};
use clerk_core::{
    HttpRequest, HttpResponse, HttpTransport, TransportError, TransportErrorKind, async_trait,
    catch_panic, monotonic_now,
};
use reqwest::{Method, StatusCode};
use tokio::runtime::{Handle, Id};

/// A transport over reqwest, for one tokio runtime.
#[derive(Debug)]
pub struct ReqwestTransport {
    client: reqwest::Client,
    max_response_bytes: usize,
    /// The runtime of the first request, to which the connections belong.
    runtime: OnceLock<Id>,
}

impl ReqwestTransport {
    /// Creates a transport from the builder of a reqwest client. Redirects are never followed. A
    /// response body of more than `max_response_bytes` is an error.
    ///
    /// # Errors
    ///
    /// Returns an error if reqwest cannot create its client.
    pub fn new(client: reqwest::ClientBuilder, max_response_bytes: usize) -> reqwest::Result<Self> {
        Ok(Self {
            client: client.redirect(reqwest::redirect::Policy::none()).build()?,
            max_response_bytes,
            runtime: OnceLock::new(),
        })
    }

    async fn exchange(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let head = request.method() == Method::HEAD;
        let request = request
            .try_into()
            .map_err(|error| TransportError::new(InvalidRequest, error))?;
        let mut response = self.client.execute(request).await.map_err(classify)?;
        let (status, headers) = (response.status(), response.headers().clone());
        let too_large = || TransportError::new(BodyTooLarge, "the response is too large");
        let no_body = head || matches!(status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED);
        let length = response.content_length().filter(|_| !no_body);
        if length.is_some_and(|length| length > self.max_response_bytes as u64) {
            return Err(too_large());
        }
        let mut body = Vec::new();
        while let Some(chunk) = response
            .chunk()
            .await
            .map_err(|error| TransportError::new(Body, error))?
        {
            if body.len() + chunk.len() > self.max_response_bytes {
                return Err(too_large());
            }
            body.extend_from_slice(&chunk);
        }
        // Over HTTP/2, a reset without an error ends the body.
        if length.is_some_and(|length| length != body.len() as u64) {
            return Err(TransportError::new(Body, "the response is truncated"));
        }
        let mut complete = HttpResponse::new(body.into());
        *complete.status_mut() = status;
        *complete.headers_mut() = headers;
        Ok(complete)
    }
}

#[async_trait]
impl HttpTransport for ReqwestTransport {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let Ok(runtime) = Handle::try_current() else {
            let message = "not inside a tokio runtime; ReqwestTransport needs one";
            return Err(TransportError::new(Other, message));
        };
        if *self.runtime.get_or_init(|| runtime.id()) != runtime.id() {
            let message = "a second tokio runtime; create a ReqwestTransport for each runtime";
            return Err(TransportError::new(Other, message));
        }
        catch_panic(self.exchange(request), "reqwest needs a tokio runtime").await?
    }

    async fn sleep(&self, duration: Duration) {
        tokio::time::sleep(duration).await;
    }

    fn now(&self) -> Duration {
        monotonic_now()
    }
}

fn classify(error: reqwest::Error) -> TransportError {
    let kind: TransportErrorKind = match () {
        () if error.is_builder() => InvalidRequest,
        () if error.is_connect() && is_tls(&error) => Tls,
        // This includes timeouts of connecting.
        () if error.is_connect() => NotSent,
        () if error.is_timeout() => Timeout,
        () if error.is_request() => Io,
        () => Other,
    };
    TransportError::new(kind, error.without_url())
}

/// Whether rustls found a fault in the certificate or the protocol. rustls reports it as invalid
/// data. Other I/O errors in a TLS handshake are failures of the connection.
fn is_tls(error: &reqwest::Error) -> bool {
    fn is_invalid_data(error: &(dyn Error + 'static)) -> bool {
        let Some(error) = error.downcast_ref::<io::Error>() else {
            return false;
        };
        let inner = error.get_ref().is_some_and(|inner| is_invalid_data(inner));
        inner || error.kind() == io::ErrorKind::InvalidData
    }

    std::iter::successors(error.source(), |&cause| cause.source()).any(is_invalid_data)
}

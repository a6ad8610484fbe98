//! A custom transport over reqwest.
//!
//! A transport is one `impl` of [`HttpTransport`]. `classify` maps the errors of reqwest to kinds
//! of errors. `tests/contract.rs` runs the contract suite over the transport.

use std::error::Error as _;
use std::time::Duration;

use clerk_core::TransportErrorKind::{
    Body, BodyTooLarge, InvalidRequest, Io, NotSent, Other, Timeout, Tls,
};
use clerk_core::{
    HttpRequest, HttpResponse, HttpTransport, TransportError, TransportErrorKind, async_trait,
    catch_panic, monotonic_now,
};

/// A transport over reqwest, whose client follows no redirects.
#[derive(Debug, Clone)]
pub struct ReqwestTransport {
    client: reqwest::Client,
    max_response_bytes: usize,
}

impl ReqwestTransport {
    /// Creates a transport. A response body of more than `max_response_bytes` is an error.
    ///
    /// # Errors
    ///
    /// Returns an error if reqwest cannot create its client.
    pub fn new(max_response_bytes: usize, pool_idle_timeout: Duration) -> reqwest::Result<Self> {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .pool_idle_timeout(pool_idle_timeout)
            .no_proxy()
            .build()?;
        Ok(Self {
            client,
            max_response_bytes,
        })
    }

    async fn exchange(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let request = request
            .try_into()
            .map_err(|error| TransportError::new(InvalidRequest, error))?;
        let mut response = self.client.execute(request).await.map_err(classify)?;
        let (status, headers) = (response.status(), response.headers().clone());
        let too_large = || TransportError::new(BodyTooLarge, "the response is too large");
        if response
            .content_length()
            .is_some_and(|length| length > self.max_response_bytes as u64)
        {
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
        let mut complete = HttpResponse::new(body.into());
        *complete.status_mut() = status;
        *complete.headers_mut() = headers;
        Ok(complete)
    }
}

#[async_trait]
impl HttpTransport for ReqwestTransport {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
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
    // After a failed connect, the source of the source is an I/O error only if the TLS handshake
    // failed. After a failed TCP connection, it has another type.
    let dialled = || {
        error
            .source()?
            .source()
            .map(|source| source.is::<std::io::Error>())
    };
    let kind: TransportErrorKind = match () {
        () if error.is_builder() => InvalidRequest,
        () if error.is_timeout() => Timeout,
        () if error.is_connect() && dialled() == Some(true) => Tls,
        () if error.is_connect() => NotSent,
        () if error.is_request() => Io,
        () => Other,
    };
    TransportError::new(kind, error.without_url())
}

//! The transport on reqwest.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use clerk_core::{
    Error, HttpRequest, HttpResponse, HttpTransport, TransportError, TransportErrorKind,
    async_trait, catch_panic, monotonic_now,
};
use http::header::CONTENT_LENGTH;
use http::{HeaderValue, Method};
use reqwest::{Client, ClientBuilder, Request};
use tokio::runtime::Handle;
use tokio::task::yield_now;

use crate::body;
use crate::classify;
use crate::clients::Clients;
use crate::sleep::sleep;

/// An [`HttpTransport`] on reqwest.
///
/// Its calls need a tokio runtime with I/O and time enabled (`enable_all`). Creating a transport
/// needs no runtime. Clones share their connections.
///
/// Outside of a runtime, a call returns an error. If the call must first wait for the rate limiter,
/// it waits on a short-lived thread, and then returns the error.
///
/// A transport from [`new`](Self::new) or [`from_builder`](Self::from_builder) keeps the
/// connections of up to 256 runtimes.
///
/// | constructor | client | runtimes |
/// |---|---|---|
/// | [`new`](Self::new) | its own, with default settings | several; each has its own connections |
/// | [`from_builder`](Self::from_builder) | its own, with your settings | several; each has its own connections |
/// | [`from_client`](Self::from_client) | yours | the one that sends the first request |
#[derive(Clone)]
pub struct ReqwestTransport {
    clients: Arc<Clients>,
    max_response_bytes: usize,
}

impl ReqwestTransport {
    /// Creates a transport with the default settings.
    ///
    /// Connecting (name resolution, TCP and TLS together) has a timeout of 10 s. An idle connection
    /// is kept open for 90 s. No proxy is used. To use the proxies of the environment, call
    /// [`from_builder`](Self::from_builder) with [`Client::builder`], and set a connect timeout.
    ///
    /// # Errors
    ///
    /// Returns an error if reqwest cannot create its client.
    pub fn new() -> Result<Self, Error> {
        Self::from_builder(|| {
            let builder = Client::builder()
                .no_proxy()
                .connect_timeout(Duration::from_secs(10));
            // With these settings, a dead connection is closed after 20 s if requests are in
            // flight.
            #[cfg(feature = "http2")]
            let builder = builder
                .http2_keep_alive_interval(Duration::from_secs(10))
                .http2_keep_alive_timeout(Duration::from_secs(10));
            builder
        })
    }

    /// Creates a transport from the settings of a reqwest client, such as proxies, certificates and
    /// timeouts.
    ///
    /// `builder` is called now, and once for each further runtime that uses the transport. A client
    /// reads the system's certificates, unless its builder selects others. Redirects and retries of
    /// reqwest are turned off. Do not turn on cookies. reqwest uses the proxies of the environment
    /// unless you call `no_proxy`, and has no connect timeout unless you set one.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use clerk_reqwest::{ReqwestTransport, reqwest};
    ///
    /// # fn main() -> Result<(), clerk_core::Error> {
    /// let transport = ReqwestTransport::from_builder(|| {
    ///     reqwest::Client::builder().connect_timeout(Duration::from_secs(5))
    /// })?;
    /// # drop(transport);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if reqwest cannot create its client. If it cannot create the client of a
    /// further runtime, the call on this runtime returns an error.
    pub fn from_builder(
        builder: impl Fn() -> ClientBuilder + Send + Sync + 'static,
    ) -> Result<Self, Error> {
        let clients = Clients::built(builder).map_err(Error::configuration)?;
        Ok(Self::over(clients))
    }

    /// Creates a transport on the application's client, with its proxies, certificates, TLS and
    /// layers.
    ///
    /// Build the client with `redirect(Policy::none())`. Do not turn on cookies, and set no `retry`
    /// policy. If the client follows a redirect, the call returns an error of kind
    /// [`Other`](TransportErrorKind::Other), but the request was already sent to the new URL.
    ///
    /// All calls must be on one tokio runtime, because the connections of the client belong to this
    /// runtime. On a second runtime, calls return an error. If you send requests to Clerk with the
    /// client itself, send them on the same runtime.
    ///
    /// ```
    /// use clerk_reqwest::{ReqwestTransport, reqwest};
    ///
    /// # fn main() -> Result<(), reqwest::Error> {
    /// let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    /// let transport = ReqwestTransport::from_client(client);
    /// # drop(transport);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn from_client(client: Client) -> Self {
        Self::over(Clients::given(client))
    }

    /// Sets the maximum size of a response body in bytes, after decompression. Default: 32 MiB.
    ///
    /// A longer body is an error of kind [`BodyTooLarge`](TransportErrorKind::BodyTooLarge).
    #[must_use]
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.max_response_bytes = bytes;
        self
    }

    fn over(clients: Clients) -> Self {
        Self {
            clients: Arc::new(clients),
            max_response_bytes: 32 << 20,
        }
    }

    async fn exchange(
        &self,
        runtime: &Handle,
        mut request: HttpRequest,
    ) -> Result<HttpResponse, TransportError> {
        let client = self
            .clients
            .of(runtime)
            .map_err(|reason| TransportError::new(TransportErrorKind::Other, reason))?;
        // hyper omits `content-length` for an empty body, but some servers require the header
        // (411).
        if request.body().is_empty()
            && matches!(
                *request.method(),
                Method::POST | Method::PUT | Method::PATCH
            )
        {
            let headers = request.headers_mut();
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        let request = Request::try_from(request).map_err(classify::request)?;
        let (method, url) = (request.method().clone(), request.url().clone());
        // Between two calls of `block_on`, a current-thread runtime does nothing, so it does not
        // notice that the server has closed a connection. A write on this connection would fail,
        // and might not be retried. While this call yields, the runtime notices the closed
        // connection.
        if !method.is_safe() {
            yield_now().await;
        }
        let response = client.execute(request).await.map_err(classify::request)?;
        if *response.url() != url {
            let message = "the reqwest client followed a redirect; build it with \
                           `redirect(Policy::none())`";
            return Err(TransportError::new(TransportErrorKind::Other, message));
        }
        body::read(&method, response, self.max_response_bytes).await
    }
}

#[async_trait]
impl HttpTransport for ReqwestTransport {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let Ok(runtime) = Handle::try_current() else {
            let message = "not inside a tokio runtime; ReqwestTransport needs one";
            return Err(TransportError::new(TransportErrorKind::Other, message));
        };
        let hint = "ReqwestTransport needs a tokio runtime with I/O and time enabled (enable_all)";
        catch_panic(self.exchange(&runtime, request), hint).await?
    }

    async fn sleep(&self, duration: Duration) {
        sleep(duration).await;
    }

    fn now(&self) -> Duration {
        monotonic_now()
    }
}

/// Omits the client, because the addresses of its proxies may contain passwords.
impl fmt::Debug for ReqwestTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReqwestTransport")
            .field("max_response_bytes", &self.max_response_bytes)
            .finish_non_exhaustive()
    }
}

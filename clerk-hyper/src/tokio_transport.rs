//! hyper on tokio.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use clerk_core::{
    Error, HttpRequest, HttpResponse, HttpTransport, TransportError, TransportErrorKind,
    async_trait, monotonic,
};
use http::header::CONTENT_LENGTH;
use http::{HeaderValue, Method};
use http_body_util::Full;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::runtime::Handle;

use crate::guard::guard;
use crate::{body, classify, tls};

/// An [`HttpTransport`] on hyper and tokio.
///
/// It is made anywhere, and its calls are made on a tokio runtime with I/O and time enabled
/// (`enable_all`). Connections live on the runtime that opened them: with several runtimes, use a
/// transport for each. Clones share their connections.
#[derive(Clone)]
pub struct TokioTransport {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    max_response_bytes: usize,
}

impl TokioTransport {
    /// One with the default settings.
    ///
    /// # Errors
    ///
    /// When the crate was built without what TLS needs: the error names the feature.
    pub fn new() -> Result<Self, Error> {
        Self::builder().build()
    }

    /// One with settings of the caller's.
    pub fn builder() -> TokioTransportBuilder {
        TokioTransportBuilder::default()
    }

    async fn exchange(&self, mut request: HttpRequest) -> Result<HttpResponse, TransportError> {
        // hyper leaves it out for an empty body, and some servers insist on it (411).
        if request.body().is_empty()
            && matches!(
                *request.method(),
                Method::POST | Method::PUT | Method::PATCH
            )
        {
            let headers = request.headers_mut();
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        let sent = self.client.request(request.map(Full::new)).await;
        let (parts, incoming) = sent.map_err(classify::request)?.into_parts();
        let body = body::read(incoming, &parts.headers, self.max_response_bytes).await?;
        Ok(HttpResponse::from_parts(parts, body))
    }
}

#[async_trait]
impl HttpTransport for TokioTransport {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let other = |message: &str| TransportError::new(TransportErrorKind::Other, message);
        if Handle::try_current().is_err() {
            return Err(other(
                "TokioTransport needs a tokio runtime, and there is none here",
            ));
        }
        guard(self.exchange(request)).await.unwrap_or_else(|_| {
            Err(other(
                "TokioTransport panicked; it needs a tokio runtime with I/O and time enabled (enable_all)",
            ))
        })
    }

    async fn sleep(&self, duration: Duration) {
        // Without a runtime or its timer nothing wakes this up; `send` has said why by then.
        if Handle::try_current().is_err()
            || guard(async { tokio::time::sleep(duration).await })
                .await
                .is_err()
        {
            std::future::pending().await
        }
    }

    fn now(&self) -> Duration {
        monotonic()
    }
}

impl fmt::Debug for TokioTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokioTransport")
            .field("max_response_bytes", &self.max_response_bytes)
            .finish_non_exhaustive()
    }
}

/// Settings of a [`TokioTransport`].
#[must_use = "a builder does nothing until it is built"]
#[derive(Debug, Clone)]
pub struct TokioTransportBuilder {
    connect_timeout: Duration,
    pool_idle_timeout: Duration,
    max_response_bytes: usize,
}

impl Default for TokioTransportBuilder {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            pool_idle_timeout: Duration::from_secs(90),
            max_response_bytes: 32 << 20,
        }
    }
}

impl TokioTransportBuilder {
    /// How long a TCP connection may take to be made. Default: 10 s.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// After which time without use a connection is closed. Default: 90 s.
    pub fn pool_idle_timeout(mut self, timeout: Duration) -> Self {
        self.pool_idle_timeout = timeout;
        self
    }

    /// The largest response body, in bytes. Default: 32 MiB.
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.max_response_bytes = bytes;
        self
    }

    /// The transport.
    ///
    /// # Errors
    ///
    /// When the crate was built without what TLS needs: the error names the feature.
    pub fn build(self) -> Result<TokioTransport, Error> {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_connect_timeout(Some(self.connect_timeout));
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(tls::config()?)
            .https_or_http()
            .enable_http1();
        #[cfg(feature = "http2")]
        let connector = connector.enable_http2();
        let connector = connector.wrap_connector(tcp);

        let mut client = Client::builder(TokioExecutor::new());
        client
            .timer(TokioTimer::new())
            // Without its timer the pool closes idle connections only when it meets them.
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(self.pool_idle_timeout);
        // A peer that vanished is found out, instead of costing every call its deadline.
        #[cfg(feature = "http2")]
        client
            .http2_keep_alive_interval(Duration::from_secs(15))
            .http2_keep_alive_timeout(Duration::from_secs(10));
        Ok(TokioTransport {
            client: client.build(connector),
            max_response_bytes: self.max_response_bytes,
        })
    }
}

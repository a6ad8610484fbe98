//! hyper's connection pool, on any runtime.

use std::future::Future;
use std::pin::Pin;

use clerk_core::{
    Error, HttpRequest, HttpResponse, TransportError, TransportErrorKind, catch_panic,
};
use http::header::CONTENT_LENGTH;
use http::{HeaderValue, Method};
use hyper::rt::{Executor, Timer};
use hyper_rustls::HttpsConnector;
use hyper_util::client::legacy::Client;

use crate::builder::Settings;
use crate::connect::{Connector, TcpConnector};
use crate::{body, classify};

/// The size of a connection's read buffer, and thus of the longest response head. With hyper's
/// default, a connection would hold 400 KiB beside a long body.
const MAX_BUFFER: usize = 1 << 16;

/// A pooled HTTP client.
#[derive(Clone)]
pub(crate) struct Pool<C> {
    client: Client<HttpsConnector<Connector<C>>, body::FullBody>,
    pub(crate) max_response_bytes: usize,
}

impl<C: TcpConnector> Pool<C> {
    /// Creates a pool on the runtime of `tcp`, `executor` and `timer`.
    ///
    /// # Errors
    ///
    /// Returns an error if the TLS settings are invalid.
    pub(crate) fn new<E, M>(
        settings: Settings,
        tcp: C,
        executor: E,
        timer: M,
    ) -> Result<Self, Error>
    where
        E: Executor<Pin<Box<dyn Future<Output = ()> + Send>>> + Clone + Send + Sync + 'static,
        M: Timer + Clone + Send + Sync + 'static,
    {
        let connector = Connector::new(tcp, &settings);
        let mut client = Client::builder(executor);
        client
            .timer(timer.clone())
            // Without a timer, the pool closes an expired connection only when it would reuse it.
            .pool_timer(timer)
            .pool_idle_timeout(settings.pool_idle_timeout)
            .http1_max_buf_size(MAX_BUFFER);
        // Pings detect a dead connection before every call on it times out.
        #[cfg(feature = "http2")]
        client
            .http2_only(settings.http2_only)
            .http2_keep_alive_interval(settings.http2_keep_alive)
            .http2_keep_alive_timeout(settings.http2_keep_alive);
        let config = settings.tls.config()?;
        Ok(Self {
            client: client.build(HttpsConnector::from((connector, config))),
            max_response_bytes: settings.max_response_bytes,
        })
    }

    /// Sends a request. A panic below is an error with `hint`.
    pub(crate) async fn send(
        &self,
        request: HttpRequest,
        hint: &str,
    ) -> Result<HttpResponse, TransportError> {
        catch_panic(self.exchange(request), hint).await?
    }

    async fn exchange(&self, mut request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let uri = request.uri();
        if uri.authority().is_none() || !matches!(uri.scheme_str(), Some("http" | "https")) {
            let message = "invalid URI: it must start with http:// or https:// and a host";
            return Err(TransportError::new(
                TransportErrorKind::InvalidRequest,
                message,
            ));
        }
        // hyper omits the header for an empty body, and some servers require it (411).
        if request.body().is_empty()
            && matches!(
                *request.method(),
                Method::POST | Method::PUT | Method::PATCH
            )
        {
            let headers = request.headers_mut();
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        #[cfg(feature = "gzip")]
        let gzip = crate::gzip::request_gzip(request.headers_mut());
        let result = self.client.request(request.map(body::FullBody::from)).await;
        #[allow(unused_mut)]
        let (mut parts, incoming) = result.map_err(classify::request)?.into_parts();
        let limit = self.max_response_bytes;
        #[cfg(feature = "gzip")]
        if gzip && crate::gzip::is_compressed(&parts.headers) {
            let body = crate::gzip::read(incoming, limit).await?;
            crate::gzip::strip_encoding(&mut parts.headers);
            return Ok(HttpResponse::from_parts(parts, body));
        }
        let body = body::read(incoming, &parts.headers, limit).await?;
        Ok(HttpResponse::from_parts(parts, body))
    }
}

//! hyper's pool of connections, on any runtime.

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
use crate::dial::{Dial, Tcp};
use crate::{body, classify};

/// What a connection reads at once, and so the longest head of a response: hyper's own default
/// would hold 400 KiB beside a long body.
const MAX_BUFFER: usize = 1 << 16;

#[derive(Clone)]
pub(crate) struct Pool<C> {
    client: Client<HttpsConnector<Dial<C>>, body::Whole>,
    pub(crate) max_response_bytes: usize,
}

impl<C: Tcp> Pool<C> {
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
        let dial = Dial::new(tcp, &settings);
        let mut client = Client::builder(executor);
        client
            .timer(timer.clone())
            // Without its timer the pool closes idle connections only when it meets them.
            .pool_timer(timer)
            .pool_idle_timeout(settings.pool_idle_timeout)
            .http1_max_buf_size(MAX_BUFFER);
        // A peer that vanished is found out, instead of costing every call its deadline.
        #[cfg(feature = "http2")]
        client
            .http2_only(settings.http2_only)
            .http2_keep_alive_interval(settings.http2_keep_alive)
            .http2_keep_alive_timeout(settings.http2_keep_alive);
        let config = settings.tls.config()?;
        Ok(Self {
            client: client.build(HttpsConnector::from((dial, config))),
            max_response_bytes: settings.max_response_bytes,
        })
    }

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
            let message = "the URI must begin with http:// or https:// and a host";
            return Err(TransportError::new(
                TransportErrorKind::InvalidRequest,
                message,
            ));
        }
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
        #[cfg(feature = "gzip")]
        let asked = crate::gzip::ask(request.headers_mut());
        let sent = self.client.request(request.map(body::Whole::from)).await;
        #[allow(unused_mut)]
        let (mut parts, incoming) = sent.map_err(classify::request)?.into_parts();
        let limit = self.max_response_bytes;
        #[cfg(feature = "gzip")]
        if asked && crate::gzip::is_compressed(&parts.headers) {
            let body = crate::gzip::read(incoming, limit).await?;
            crate::gzip::forget(&mut parts.headers);
            return Ok(HttpResponse::from_parts(parts, body));
        }
        let body = body::read(incoming, &parts.headers, limit).await?;
        Ok(HttpResponse::from_parts(parts, body))
    }
}

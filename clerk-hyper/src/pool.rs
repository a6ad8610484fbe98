//! hyper's connection pool, on any runtime.

use std::future::Future;
#[cfg(feature = "http2")]
use std::future::{poll_fn, ready};
use std::pin::Pin;
use std::sync::Arc;
#[cfg(feature = "http2")]
use std::task::{Context, Poll};
use std::time::Duration;

use clerk_core::{
    Error, HttpRequest, HttpResponse, TransportError, TransportErrorKind, catch_panic,
};
#[cfg(feature = "http2")]
use http::Response;
use http::header::CONTENT_LENGTH;
use http::{HeaderValue, Method, Request, Version};
#[cfg(feature = "http2")]
use hyper::body::Incoming;
use hyper::rt::{Executor, Timer};
use hyper_rustls::HttpsConnector;
use hyper_util::client::legacy::{self, Client};

use crate::body::FullBody;
use crate::builder::Settings;
use crate::classify;
use crate::connect::Connector;
#[cfg(feature = "http2")]
use crate::dial::ConnectError;
use crate::dial::Dialer;
#[cfg(feature = "http2")]
use crate::gate::{Gate, Watch};
use crate::limit::limit;
use crate::net::Net;
use crate::response::receive;

/// The maximum size in bytes of a connection's read buffer, and thus of a response head. With
/// hyper's default, a connection would hold 400 KiB in addition to a long body.
const MAX_BUFFER: usize = 1 << 16;

/// The flow-control window in bytes that all responses of an HTTP/2 connection share.
///
/// Each response also has its own window of 2 MiB. With hyper's default of 5 MiB for the
/// connection, three large responses whose calls are not polled stop all other calls.
#[cfg(feature = "http2")]
const CONNECTION_WINDOW: u32 = 1 << 30;

/// The future of a response.
#[cfg(feature = "http2")]
type Sending<'a> =
    Pin<Box<dyn Future<Output = Result<Response<Incoming>, legacy::Error>> + Send + 'a>>;

/// The checked settings of a transport, from which the transport creates its pools.
#[derive(Clone)]
pub(crate) struct Plan<N> {
    dialer: Dialer<N>,
    pool_idle_timeout: Duration,
    pub(crate) max_response_bytes: usize,
    #[cfg(feature = "http2")]
    http2_only: bool,
    #[cfg(feature = "http2")]
    http2_keep_alive: Option<Duration>,
}

impl<N: Net> Plan<N> {
    /// Checks the settings.
    ///
    /// # Errors
    ///
    /// Returns an error if a setting is invalid.
    pub(crate) fn new(settings: Settings, net: N) -> Result<Self, Error> {
        settings.check_durations().map_err(Error::configuration)?;
        let connector = Connector::new(net.clone(), &settings).map_err(Error::configuration)?;
        let tls = settings.tls.config()?;
        // Without a pool, no call can use the connection of another call.
        #[cfg(feature = "http2")]
        let shares = !settings.http2_only
            && !settings.pool_idle_timeout.is_zero()
            && tls.alpn_protocols.iter().any(|name| name == b"h2");
        Ok(Self {
            dialer: Dialer {
                net,
                https: HttpsConnector::from((connector, Arc::new(tls))),
                timeout: limit(settings.connect_timeout),
                #[cfg(feature = "http2")]
                gate: shares.then(Gate::default),
            },
            pool_idle_timeout: settings.pool_idle_timeout,
            max_response_bytes: settings.max_response_bytes,
            #[cfg(feature = "http2")]
            http2_only: settings.http2_only,
            #[cfg(feature = "http2")]
            http2_keep_alive: limit(settings.http2_keep_alive),
        })
    }
}

/// A pooled HTTP client.
#[derive(Clone)]
pub(crate) struct Pool<N> {
    client: Client<Dialer<N>, FullBody>,
    pub(crate) max_response_bytes: usize,
    #[cfg(feature = "http2")]
    gate: Option<Gate>,
}

impl<N: Net> Pool<N> {
    /// Creates a pool on the runtime of `executor` and `timer`.
    pub(crate) fn new<E, M>(plan: &Plan<N>, executor: E, timer: M) -> Self
    where
        E: Executor<Pin<Box<dyn Future<Output = ()> + Send>>> + Clone + Send + Sync + 'static,
        M: Timer + Clone + Send + Sync + 'static,
    {
        let mut client = Client::builder(executor);
        client
            .timer(timer.clone())
            // Without a timer, an expired connection stays open until the next request.
            .pool_timer(timer)
            .pool_idle_timeout(limit(plan.pool_idle_timeout))
            .http1_max_buf_size(MAX_BUFFER);
        if plan.pool_idle_timeout.is_zero() {
            client.pool_max_idle_per_host(0);
        }
        #[cfg(feature = "http2")]
        {
            client
                .http2_only(plan.http2_only)
                .http2_initial_connection_window_size(CONNECTION_WINDOW)
                // The same limit as over HTTP/1.1. hyper's default for HTTP/2 is 16 KiB.
                .http2_max_header_list_size(MAX_BUFFER as u32)
                // Pings detect a dead connection before all calls on it time out.
                .http2_keep_alive_interval(plan.http2_keep_alive);
            if let Some(timeout) = plan.http2_keep_alive {
                client.http2_keep_alive_timeout(timeout);
            }
        }
        #[cfg_attr(not(feature = "http2"), allow(unused_mut))]
        let mut dialer = plan.dialer.clone();
        // The gate makes calls wait for another call's connection. This connection must not belong
        // to another runtime, so each pool has its own gate.
        #[cfg(feature = "http2")]
        let gate = dialer.gate.take().map(|_| Gate::default());
        #[cfg(feature = "http2")]
        dialer.gate.clone_from(&gate);
        Self {
            client: client.build(dialer),
            max_response_bytes: plan.max_response_bytes,
            #[cfg(feature = "http2")]
            gate,
        }
    }

    /// Sends a request. A panic becomes an error that contains `hint`.
    // This function, `exchange`, `connect` and `watched` are not `async fn`s. The future of an `async
    // fn` holds each argument twice, and a request has 256 bytes.
    pub(crate) fn send(
        &self,
        request: HttpRequest,
        hint: &str,
    ) -> impl Future<Output = Result<HttpResponse, TransportError>> {
        let response = catch_panic(self.exchange(request), hint);
        async move { response.await? }
    }

    fn exchange(
        &self,
        mut request: HttpRequest,
    ) -> impl Future<Output = Result<HttpResponse, TransportError>> {
        let checked = check(&request);
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
        #[cfg(feature = "gzip")]
        let gzip = crate::gzip::request_gzip(request.headers_mut());
        #[cfg(not(feature = "gzip"))]
        let gzip = false;
        let is_head = *request.method() == Method::HEAD;
        let limit = self.max_response_bytes;
        let response = checked.map(|()| self.request(request.map(FullBody::from)));
        async move {
            let response = response?.await.map_err(classify::request)?;
            // The box keeps the future of a waiting call small.
            Box::pin(receive(response, is_head, gzip, limit)).await
        }
    }

    #[cfg(not(feature = "http2"))]
    fn request(&self, request: Request<FullBody>) -> legacy::ResponseFuture {
        self.client.request(request)
    }

    #[cfg(feature = "http2")]
    fn request(&self, request: Request<FullBody>) -> Sending<'_> {
        match self.watch(&request) {
            Some(watch) => {
                // `connecting` holds a copy of the request, and is freed before the response is
                // awaited.
                let connecting = Box::pin(self.connect(watch, request));
                Box::pin(async move { connecting.await?.await })
            }
            None => Box::pin(self.client.request(request)),
        }
    }

    #[cfg(feature = "http2")]
    fn watch(&self, request: &Request<FullBody>) -> Option<Watch> {
        self.gate.as_ref()?.watch(request.uri())
    }

    /// Sends the request, waits until it has a connection, and returns the future of its response.
    ///
    /// If the request waits for a shared connection and does not get it, nothing was sent. This
    /// function then tries again, at most twice. Even the last try uses [`watched`](Self::watched),
    /// because other calls may wait for the connection of this try. The returned future does not try
    /// again: it may wait for a shared connection in vain if the first connection was closed. Its
    /// error then says that nothing was sent.
    ///
    /// # Errors
    ///
    /// Returns an error if the request gets no connection, or fails as soon as it has a connection.
    #[cfg(feature = "http2")]
    fn connect(
        &self,
        watch: Watch,
        request: Request<FullBody>,
    ) -> impl Future<Output = Result<Sending<'static>, legacy::Error>> {
        const TRIES: usize = 3;
        let mut watch = Some(watch);
        async move {
            for left in (0..TRIES).rev() {
                let Some(watch) = watch.take().or_else(|| self.watch(&request)) else {
                    break;
                };
                match self.watched(watch, request.clone()).await {
                    Err(error) if left > 0 && ConnectError::is_shared(&error) => {}
                    result => return result,
                }
            }
            Ok(Box::pin(self.client.request(request)))
        }
    }

    /// Sends the request, and tells the [`Gate`] when the request has a connection. Returns the
    /// future of the response.
    ///
    /// # Errors
    ///
    /// Returns an error if the request gets no connection, or fails as soon as it has a connection.
    #[cfg(feature = "http2")]
    fn watched(
        &self,
        mut watch: Watch,
        mut request: Request<FullBody>,
    ) -> impl Future<Output = Result<Sending<'static>, legacy::Error>> {
        let connection = legacy::connect::capture_connection(&mut request);
        let mut response = self.client.request(request);
        async move {
            let ended = poll_fn(|context| {
                let poll = poll_watched(&mut response, &mut watch, context);
                if watch.is_waiting()
                    && let Some(connected) = &*connection.connection_metadata()
                {
                    watch.connected(connected.is_negotiated_h2());
                }
                match poll {
                    Poll::Ready(result) => Poll::Ready(Some(result)),
                    Poll::Pending if watch.is_waiting() => Poll::Pending,
                    Poll::Pending => Poll::Ready(None),
                }
            })
            .await;
            let response: Sending<'static> = match ended {
                Some(result) => Box::pin(ready(Ok(result?))),
                None => Box::pin(poll_fn(move |context| {
                    poll_watched(&mut response, &mut watch, context)
                })),
            };
            Ok(response)
        }
    }
}

/// Polls a response, and tells the [`Watch`] what the result says about the connection.
#[cfg(feature = "http2")]
fn poll_watched(
    response: &mut legacy::ResponseFuture,
    watch: &mut Watch,
    context: &mut Context<'_>,
) -> Poll<Result<Response<Incoming>, legacy::Error>> {
    let poll = Pin::new(response).poll(context);
    match &poll {
        Poll::Ready(Err(error)) if ConnectError::is_shared(error) => watch.record_wait(),
        // hyper may have replaced a closed connection with a new one. The new one is now in the
        // pool, and other calls may wait for it.
        Poll::Ready(Ok(received)) if received.version() == Version::HTTP_2 => {
            watch.connected(true);
        }
        _ => {}
    }
    poll
}

/// Checks the URI and the HTTP version.
///
/// # Errors
///
/// Returns an error if hyper cannot send the request.
fn check(request: &HttpRequest) -> Result<(), TransportError> {
    let uri = request.uri();
    let message =
        if uri.authority().is_none() || !matches!(uri.scheme_str(), Some("http" | "https")) {
            "invalid URI: it must start with http:// or https:// and a host"
        } else if !matches!(
            request.version(),
            Version::HTTP_10 | Version::HTTP_11 | Version::HTTP_2
        ) {
            "invalid HTTP version: it must be 1.0, 1.1 or 2"
        } else {
            return Ok(());
        };
    Err(TransportError::new(
        TransportErrorKind::InvalidRequest,
        message,
    ))
}

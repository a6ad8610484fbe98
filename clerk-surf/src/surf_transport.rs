//! The transport on surf.

use std::fmt;
use std::fs;
use std::io;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clerk_core::{
    Error, HttpRequest, HttpResponse, HttpTransport, TransportError, TransportErrorKind,
    async_trait, catch_panic, monotonic_now,
};
use futures_util::io::AsyncReadExt;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use surf::http::headers::{HeaderName as SurfName, HeaderValue as SurfValue};

use crate::curl::{Curl, Settings};
use crate::failure::too_large;
use crate::transfer::announced;

/// The end of the line `-----BEGIN CERTIFICATE-----`, which starts a certificate in a PEM file.
const LABEL: &[u8] = b"CERTIFICATE-----";

/// An [`HttpTransport`] on surf.
///
/// A thread of async-io drives the timers. Clones share their connections.
///
/// Without a custom client, calls run on any executor. libcurl does the I/O on up to two threads,
/// and only GET requests reuse connections.
#[derive(Clone)]
pub struct SurfTransport {
    client: Client,
    max_response_bytes: usize,
}

#[derive(Clone)]
enum Client {
    Own(Arc<Curl>),
    Custom(Arc<surf::Client>),
}

impl SurfTransport {
    /// Creates a transport on libcurl with the default settings.
    ///
    /// # Errors
    ///
    /// Returns an error if libcurl cannot be initialized.
    pub fn new() -> Result<Self, Error> {
        Self::builder().build()
    }

    /// Returns a builder to change the settings of libcurl.
    pub fn builder() -> SurfTransportBuilder {
        SurfTransportBuilder::default()
    }

    /// Creates a transport on a custom surf client, with its backend and middleware.
    ///
    /// surf's types cannot represent headers that are not ASCII, and some nonstandard statuses,
    /// such as 520. A custom client may be unable to return a response with such a status or
    /// header. If the client panics, the call returns an error. Do not use
    /// `surf::middleware::Redirect`, because it may send the secret key to another host.
    ///
    /// With surf's feature `middleware-logger`, which is on by default, every custom client logs
    /// the URLs of its requests through the crate `log`. The URLs contain ids, e-mail addresses and
    /// phone numbers. The feature is off if each dependency on surf in the program has
    /// `default-features = false`. [`new`](Self::new) and [`builder`](Self::builder) create
    /// transports that never log URLs.
    ///
    /// A failure before the response is an error of kind [`Io`](TransportErrorKind::Io). If the
    /// client reports a refused connection as an [`io::Error`], the kind is
    /// [`NotSent`](TransportErrorKind::NotSent). A failure while the body is read is an error of
    /// kind [`Body`](TransportErrorKind::Body). A response body of more than 32 MiB is an error of
    /// kind [`BodyTooLarge`](TransportErrorKind::BodyTooLarge).
    #[must_use]
    pub fn from_client(client: surf::Client) -> Self {
        Self {
            client: Client::Custom(Arc::new(client)),
            max_response_bytes: SurfTransportBuilder::default().max_response_bytes,
        }
    }

    async fn exchange(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let request = to_surf(request)?;
        match &self.client {
            Client::Own(curl) => curl.send(request.into()).await,
            Client::Custom(client) => {
                let is_head = request.method() == surf::http::Method::Head;
                let response = client.send(request).await.map_err(classify)?;
                from_surf(is_head, response, self.max_response_bytes).await
            }
        }
    }
}

/// A builder of a [`SurfTransport`].
#[must_use = "a builder does nothing until it is built"]
#[derive(Debug, Clone)]
pub struct SurfTransportBuilder {
    connect_timeout: Duration,
    pool_idle_timeout: Duration,
    max_response_bytes: usize,
    root_certificates: Option<PathBuf>,
}

impl Default for SurfTransportBuilder {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            pool_idle_timeout: Duration::from_secs(90),
            max_response_bytes: 32 << 20,
            root_certificates: None,
        }
    }
}

impl SurfTransportBuilder {
    /// Sets the timeout for opening a connection: DNS, TCP and TLS together. Default: 10 s.
    ///
    /// libcurl counts milliseconds. A timeout below 1 ms becomes 1 ms, and a timeout above 24 days
    /// becomes 24 days. A connection that is not open in time is an error of kind
    /// [`NotSent`](TransportErrorKind::NotSent).
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets how long an idle connection may be reused by a GET request. Default: 90 s.
    ///
    /// With [`Duration::ZERO`], no connection is reused. While other requests are in flight, the
    /// timeout is rounded up to whole seconds. A timeout above 24 days then means no limit.
    pub fn pool_idle_timeout(mut self, timeout: Duration) -> Self {
        self.pool_idle_timeout = timeout;
        self
    }

    /// Sets the maximum size of a response body in bytes. Default: 32 MiB.
    ///
    /// A longer body is an error of kind [`BodyTooLarge`](TransportErrorKind::BodyTooLarge).
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.max_response_bytes = bytes;
        self
    }

    /// Sets a PEM file of trusted root certificates. They replace those of the system.
    pub fn root_certificates(mut self, path: impl Into<PathBuf>) -> Self {
        self.root_certificates = Some(path.into());
        self
    }

    /// Creates the transport.
    ///
    /// # Errors
    ///
    /// Returns an error if libcurl cannot be initialized, or if the file of root certificates
    /// cannot be read or contains no certificate.
    pub fn build(self) -> Result<SurfTransport, Error> {
        if let Some(path) = &self.root_certificates {
            check_certificates(path)?;
        }
        // The curl crate panics if libcurl reports an error.
        catch_unwind(curl::init).map_err(|_| Error::configuration("cannot initialize libcurl"))?;
        let curl = Curl::new(Settings {
            connect_timeout: self.connect_timeout,
            idle_timeout: self.pool_idle_timeout,
            max_response_bytes: self.max_response_bytes,
            roots: self.root_certificates,
        });
        Ok(SurfTransport {
            client: Client::Own(Arc::new(curl)),
            max_response_bytes: self.max_response_bytes,
        })
    }
}

/// Checks that a file contains certificates. libcurl reads the file only when it connects.
fn check_certificates(path: &Path) -> Result<(), Error> {
    let file = fs::read(path).map_err(|error| {
        let message = format!("cannot read root certificates {}: {error}", path.display());
        Error::configuration(message)
    })?;
    if file.windows(LABEL.len()).any(|part| part == LABEL) {
        return Ok(());
    }
    let name = path.display();
    Err(Error::configuration(format!(
        "invalid root certificates {name}: the file contains no certificate in PEM form"
    )))
}

#[async_trait]
impl HttpTransport for SurfTransport {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let hint = "the panic hook printed the message";
        catch_panic(self.exchange(request), hint).await?
    }

    async fn sleep(&self, duration: Duration) {
        async_io::Timer::after(duration).await;
    }

    fn now(&self) -> Duration {
        monotonic_now()
    }
}

impl fmt::Debug for SurfTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SurfTransport")
            .field("max_response_bytes", &self.max_response_bytes)
            .finish_non_exhaustive()
    }
}

fn to_surf(request: HttpRequest) -> Result<surf::Request, TransportError> {
    let invalid = |part: &str, reason: &dyn fmt::Display| {
        let message = format!("invalid {part}: {reason}");
        TransportError::new(TransportErrorKind::InvalidRequest, message)
    };
    let (parts, body) = request.into_parts();
    if !matches!(parts.uri.scheme_str(), Some("http" | "https")) {
        return Err(invalid(
            "URI",
            &"it must start with http:// or https:// and a host",
        ));
    }
    let method = parts.method.as_str().parse();
    let method = method.map_err(|error| invalid("method", &error))?;
    let url = surf::Url::parse(&parts.uri.to_string());
    let url = url.map_err(|error| invalid("URI", &error))?;
    let mut surf_request = surf::Request::new(method, url);
    if !body.is_empty() {
        surf_request.body_bytes(&body);
    }
    // surf adds a content type to every body.
    surf_request.remove_header("content-type");
    for (name, value) in &parts.headers {
        let surf_name = SurfName::from_bytes(name.as_str().as_bytes().to_vec());
        let surf_name = surf_name.map_err(|error| invalid("header name", &error))?;
        let value = SurfValue::from_bytes(value.as_bytes().to_vec());
        let value = value.map_err(|_| {
            let header = format!("header {name}");
            invalid(&header, &"surf supports ASCII values only")
        })?;
        surf_request.append_header(surf_name, value);
    }
    Ok(surf_request)
}

/// Converts a response of a custom client. `is_head` says whether the request's method is HEAD.
async fn from_surf(
    is_head: bool,
    response: surf::Response,
    limit: usize,
) -> Result<HttpResponse, TransportError> {
    let status = StatusCode::from_u16(response.status().into())
        .map_err(|error| TransportError::new(TransportErrorKind::Body, error))?;
    let mut headers = HeaderMap::new();
    for (name, values) in response.iter() {
        for value in values {
            let name = HeaderName::from_bytes(name.as_str().as_bytes());
            // An invalid header is skipped, because the response is usable without it.
            if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(value.as_str())) {
                let _ = headers.try_append(name, value);
            }
        }
    }
    let announced = announced(is_head, status, &headers);
    if announced.is_some_and(|length| length > limit as u64) {
        return Err(too_large(limit));
    }
    let mut body = Vec::new();
    let limited = &mut response.take((limit as u64).saturating_add(1));
    let read = limited.read_to_end(&mut body).await;
    read.map_err(|error| TransportError::new(TransportErrorKind::Body, error))?;
    if body.len() > limit {
        return Err(too_large(limit));
    }
    let mut converted = HttpResponse::new(body.into());
    *converted.status_mut() = status;
    *converted.headers_mut() = headers;
    Ok(converted)
}

/// Converts a failure of a custom client that happened before the response.
fn classify(error: surf::Error) -> TransportError {
    let kind = match error.downcast_ref::<io::Error>().map(io::Error::kind) {
        Some(io::ErrorKind::ConnectionRefused) => TransportErrorKind::NotSent,
        _ => TransportErrorKind::Io,
    };
    // The error is kept as text, because its `Debug` output would contain a backtrace.
    TransportError::new(kind, error.to_string())
}

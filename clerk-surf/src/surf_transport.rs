//! The transport on surf.

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

use bytes::Bytes;
use clerk_core::{
    AttemptTimeout, Error, HttpRequest, HttpResponse, HttpTransport, TransportError,
    TransportErrorKind, async_trait, catch_panic, monotonic_now,
};
use futures_util::io::AsyncReadExt;
use http::header::CONTENT_LENGTH;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use surf::http::headers::{HeaderName as SurfName, HeaderValue as SurfValue};

use crate::curl::{Curl, ResponseHead};
use crate::curl_worker::Settings;

/// The maximum number of bytes that are reserved because of a `content-length`.
const MAX_RESERVE: usize = 1 << 20;

/// An [`HttpTransport`] on surf.
///
/// Its calls run on any executor: a thread of libcurl does the I/O, and a thread of async-io drives
/// the timers. Clones share their connections.
#[derive(Clone)]
pub struct SurfTransport {
    client: surf::Client,
    max_response_bytes: usize,
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
    /// The client decides whether statuses that surf does not know and non-ASCII headers arrive; if
    /// it panics, the call returns an error. Do not use `surf::middleware::Redirect`, because it
    /// follows redirects.
    #[must_use]
    pub fn from_client(client: surf::Client) -> Self {
        Self {
            client,
            max_response_bytes: SurfTransportBuilder::default().max_response_bytes,
        }
    }

    async fn exchange(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let request = to_surf(request)?;
        let mut response = self.client.send(request).await.map_err(classify)?;
        let (status, headers) = match response.ext::<ResponseHead>() {
            Some(head) => from_head(head)?,
            None => from_surf(&response)?,
        };
        let body = read(&mut response, &headers, self.max_response_bytes).await?;
        let mut converted = HttpResponse::new(body);
        *converted.status_mut() = status;
        *converted.headers_mut() = headers;
        Ok(converted)
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
    /// Sets the timeout for opening a connection, TLS included. Default: 10 s.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets how long an idle connection may be reused. Default: 90 s.
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

    /// Sets a file of trusted root certificates in PEM form, which replace the system's.
    pub fn root_certificates(mut self, path: impl Into<PathBuf>) -> Self {
        self.root_certificates = Some(path.into());
        self
    }

    /// Creates the transport.
    ///
    /// # Errors
    ///
    /// Returns an error if libcurl cannot be initialized.
    pub fn build(self) -> Result<SurfTransport, Error> {
        let curl = Curl::new(Settings {
            connect_timeout: self.connect_timeout,
            idle_timeout: self.pool_idle_timeout,
            roots: self.root_certificates,
            max_idle: None,
        });
        let curl = curl
            .map_err(|error| Error::configuration(format!("cannot initialize libcurl: {error}")))?;
        Ok(SurfTransport {
            client: surf::Client::with_http_client(curl),
            max_response_bytes: self.max_response_bytes,
        })
    }
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
    if let Some(timeout) = parts.extensions.get::<AttemptTimeout>() {
        let inner: &mut surf::http::Request = surf_request.as_mut();
        inner.ext_mut().insert(*timeout);
    }
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

fn from_head(head: &ResponseHead) -> Result<(StatusCode, HeaderMap), TransportError> {
    let mut headers = HeaderMap::with_capacity(head.headers.len());
    for (name, value) in &head.headers {
        let name = HeaderName::from_bytes(name.as_bytes());
        // An invalid header is skipped; the response is usable without it.
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_bytes(value)) {
            headers.append(name, value);
        }
    }
    Ok((status(head.status)?, headers))
}

fn from_surf(response: &surf::Response) -> Result<(StatusCode, HeaderMap), TransportError> {
    let headers = response.iter().flat_map(|(name, values)| {
        values
            .iter()
            .map(|value| (name.as_str().to_owned(), value.as_str().as_bytes().to_vec()))
    });
    from_head(&ResponseHead {
        status: response.status().into(),
        headers: headers.collect(),
    })
}

fn status(status: u16) -> Result<StatusCode, TransportError> {
    StatusCode::from_u16(status)
        .map_err(|error| TransportError::new(TransportErrorKind::Body, error))
}

async fn read(
    response: &mut surf::Response,
    headers: &HeaderMap,
    limit: usize,
) -> Result<Bytes, TransportError> {
    let too_large = || {
        TransportError::new(
            TransportErrorKind::BodyTooLarge,
            format!("the response has more than {limit} bytes"),
        )
    };
    let announced = headers.get(CONTENT_LENGTH);
    let announced: Option<u64> = announced.and_then(|length| length.to_str().ok()?.parse().ok());
    if announced.is_some_and(|length| length > limit as u64) {
        return Err(too_large());
    }
    let reserve = announced.and_then(|length| usize::try_from(length).ok());
    let mut body = Vec::with_capacity(reserve.unwrap_or_default().min(MAX_RESERVE));
    let read = response.take(limit as u64 + 1).read_to_end(&mut body).await;
    read.map_err(|error| TransportError::new(TransportErrorKind::Body, error))?;
    if body.len() > limit {
        return Err(too_large());
    }
    Ok(body.into())
}

/// Converts a failure before the response.
fn classify(error: surf::Error) -> TransportError {
    use isahc::Error as Curl;
    let kind = match error.downcast_ref::<Curl>() {
        Some(Curl::ConnectFailed | Curl::CouldntResolveHost | Curl::CouldntResolveProxy) => {
            TransportErrorKind::NotSent
        }
        Some(
            Curl::BadServerCertificate(_)
            | Curl::BadClientCertificate(_)
            | Curl::SSLConnectFailed(_)
            | Curl::SSLEngineError(_),
        ) => TransportErrorKind::Tls,
        Some(Curl::Timeout) => TransportErrorKind::Timeout,
        Some(Curl::ResponseBodyError(_)) => TransportErrorKind::Body,
        Some(_) => TransportErrorKind::Io,
        None => match error.downcast_ref::<io::Error>().map(io::Error::kind) {
            Some(io::ErrorKind::ConnectionRefused) => TransportErrorKind::NotSent,
            Some(_) => TransportErrorKind::Io,
            None => TransportErrorKind::Other,
        },
    };
    let message = match error.downcast_ref::<Curl>() {
        Some(Curl::BadServerCertificate(_)) => {
            "invalid server certificate: it is for another host, expired, or from an unknown issuer"
                .to_owned()
        }
        // As text, because its `Debug` would print a backtrace.
        _ => error.to_string(),
    };
    TransportError::new(kind, message)
}

//! Connections to a server, direct or through a proxy.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use http::Uri;
use hyper::rt::{Read, Write};
use hyper_util::client::legacy::connect::Connection;
use tower_service::Service;

use crate::builder::Settings;

type BoxError = Box<dyn StdError + Send + Sync>;

/// A service that opens TCP connections on a runtime.
pub(crate) trait TcpConnector:
    Service<
        Uri,
        Response: Connection + Read + Write + Unpin + Send + 'static,
        Future: Send + 'static,
        Error: Into<BoxError>,
    > + Clone
    + Send
    + Sync
    + 'static
{
}

impl<C> TcpConnector for C where
    C: Service<
            Uri,
            Response: Connection + Read + Write + Unpin + Send + 'static,
            Future: Send + 'static,
            Error: Into<BoxError>,
        > + Clone
        + Send
        + Sync
        + 'static
{
}

/// A service that opens connections, through a proxy if one is set.
///
/// Its error type distinguishes failed connections from failed TLS handshakes.
#[derive(Clone)]
pub(crate) struct Connector<C> {
    tcp: C,
    #[cfg(feature = "proxy")]
    proxy: Option<std::sync::Arc<hyper_util::client::proxy::matcher::Matcher>>,
}

impl<C> Connector<C> {
    /// Creates a connector from a TCP connector and the settings of the proxy.
    #[cfg_attr(not(feature = "proxy"), allow(unused_variables))]
    pub(crate) fn new(tcp: C, settings: &Settings) -> Self {
        Self {
            tcp,
            #[cfg(feature = "proxy")]
            proxy: settings.proxy.clone(),
        }
    }
}

impl<C: TcpConnector> Service<Uri> for Connector<C> {
    type Response = C::Response;
    type Error = ConnectError;
    type Future = Pin<Box<dyn Future<Output = Result<C::Response, ConnectError>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), ConnectError>> {
        self.tcp.poll_ready(context).map_err(ConnectError::new)
    }

    fn call(&mut self, target: Uri) -> Self::Future {
        #[cfg(feature = "proxy")]
        if let Some(proxy) = self
            .proxy
            .as_ref()
            .and_then(|proxy| https_proxy(proxy, &target))
        {
            return connect_via_proxy(self.tcp.clone(), proxy, target);
        }
        let connecting = self.tcp.call(target);
        Box::pin(async { connecting.await.map_err(ConnectError::new) })
    }
}

#[cfg(feature = "proxy")]
use hyper_util::client::proxy::matcher::{Intercept, Matcher};

/// Returns the proxy for a target. Plain HTTP, which is used on loopback, takes no proxy.
#[cfg(feature = "proxy")]
fn https_proxy(proxy: &Matcher, target: &Uri) -> Option<Intercept> {
    let https = target.scheme() == Some(&http::uri::Scheme::HTTPS);
    https.then(|| proxy.intercept(target)).flatten()
}

#[cfg(feature = "proxy")]
fn connect_via_proxy<C: TcpConnector>(
    tcp: C,
    proxy: Intercept,
    target: Uri,
) -> <Connector<C> as Service<Uri>>::Future {
    use hyper_util::client::legacy::connect::proxy::Tunnel;

    Box::pin(async move {
        let uri = proxy.uri().clone();
        if uri.scheme() != Some(&http::uri::Scheme::HTTP) {
            let scheme = uri.scheme_str().unwrap_or("none");
            let message = format!("invalid proxy: only http proxies are supported, not {scheme}");
            return Err(ConnectError::new(message));
        }
        let mut tunnel = Tunnel::new(uri, tcp);
        if let Some(auth) = proxy.basic_auth() {
            tunnel = tunnel.with_auth(auth.clone());
        }
        std::future::poll_fn(|context| tunnel.poll_ready(context))
            .await
            .map_err(ConnectError::new)?;
        tunnel.call(target).await.map_err(ConnectError::new)
    })
}

/// An error before a connection is open; nothing was sent.
#[derive(Debug)]
pub(crate) struct ConnectError(BoxError);

impl ConnectError {
    fn new(source: impl Into<BoxError>) -> Self {
        Self(source.into())
    }
}

impl fmt::Display for ConnectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("cannot connect")
    }
}

impl StdError for ConnectError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.0)
    }
}

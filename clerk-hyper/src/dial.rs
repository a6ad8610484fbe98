//! The way to a server: directly, or through a proxy.

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

/// What opens TCP connections on some runtime.
pub(crate) trait Tcp:
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

impl<C> Tcp for C where
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

/// Opens connections; its error tells them from handshakes that failed.
#[derive(Clone)]
pub(crate) struct Dial<C> {
    tcp: C,
    #[cfg(feature = "proxy")]
    proxy: Option<std::sync::Arc<hyper_util::client::proxy::matcher::Matcher>>,
}

impl<C> Dial<C> {
    #[cfg_attr(not(feature = "proxy"), allow(unused_variables))]
    pub(crate) fn new(tcp: C, settings: &Settings) -> Self {
        Self {
            tcp,
            #[cfg(feature = "proxy")]
            proxy: settings.proxy.clone(),
        }
    }
}

impl<C: Tcp> Service<Uri> for Dial<C> {
    type Response = C::Response;
    type Error = NotConnected;
    type Future = Pin<Box<dyn Future<Output = Result<C::Response, NotConnected>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), NotConnected>> {
        self.tcp.poll_ready(context).map_err(NotConnected::new)
    }

    fn call(&mut self, target: Uri) -> Self::Future {
        #[cfg(feature = "proxy")]
        if let Some(proxy) = self
            .proxy
            .as_ref()
            .and_then(|proxy| https_proxy(proxy, &target))
        {
            return through(self.tcp.clone(), proxy, target);
        }
        let connecting = self.tcp.call(target);
        Box::pin(async { connecting.await.map_err(NotConnected::new) })
    }
}

#[cfg(feature = "proxy")]
use hyper_util::client::proxy::matcher::{Intercept, Matcher};

/// Plain HTTP, which is for loopback and the like, goes without a proxy.
#[cfg(feature = "proxy")]
fn https_proxy(proxy: &Matcher, target: &Uri) -> Option<Intercept> {
    let https = target.scheme() == Some(&http::uri::Scheme::HTTPS);
    https.then(|| proxy.intercept(target)).flatten()
}

#[cfg(feature = "proxy")]
fn through<C: Tcp>(tcp: C, proxy: Intercept, target: Uri) -> <Dial<C> as Service<Uri>>::Future {
    use hyper_util::client::legacy::connect::proxy::Tunnel;

    Box::pin(async move {
        let uri = proxy.uri().clone();
        if uri.scheme() != Some(&http::uri::Scheme::HTTP) {
            let scheme = uri.scheme_str().unwrap_or("none");
            let message = format!("the proxy's scheme is {scheme}, and only http will do");
            return Err(NotConnected::new(message));
        }
        let mut tunnel = Tunnel::new(uri, tcp);
        if let Some(auth) = proxy.basic_auth() {
            tunnel = tunnel.with_auth(auth.clone());
        }
        std::future::poll_fn(|context| tunnel.poll_ready(context))
            .await
            .map_err(NotConnected::new)?;
        tunnel.call(target).await.map_err(NotConnected::new)
    })
}

/// There is no connection: nothing was sent.
#[derive(Debug)]
pub(crate) struct NotConnected(BoxError);

impl NotConnected {
    fn new(source: impl Into<BoxError>) -> Self {
        Self(source.into())
    }
}

impl fmt::Display for NotConnected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no connection")
    }
}

impl StdError for NotConnected {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.0)
    }
}

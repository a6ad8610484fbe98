//! Connections to a server, direct or through a proxy.

use std::collections::HashMap;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::Uri;
use http::uri::Scheme;
use tower_service::Service;

use crate::addresses;
use crate::builder::Settings;
use crate::net::Net;

/// A service that opens TCP connections. For HTTPS, it uses the proxy if one is set and the host is
/// not excluded.
#[derive(Clone)]
pub(crate) struct Connector<N> {
    net: N,
    hosts: Arc<HashMap<String, Vec<IpAddr>>>,
    #[cfg(feature = "proxy")]
    proxy: Option<crate::proxy::Proxy>,
}

impl<N: Net> Connector<N> {
    /// Creates a connector from the settings for hosts and the proxy.
    ///
    /// # Errors
    ///
    /// Returns the reason if the proxy is invalid.
    pub(crate) fn new(net: N, settings: &Settings) -> Result<Self, String> {
        Ok(Self {
            net,
            hosts: Arc::new(settings.hosts.clone()),
            #[cfg(feature = "proxy")]
            proxy: settings.proxy.clone()?,
        })
    }

    async fn connect(self, target: Uri) -> io::Result<N::Stream> {
        #[cfg(feature = "proxy")]
        if let Some(proxy) = self
            .proxy
            .as_ref()
            .and_then(|proxy| proxy.intercept(&target))
        {
            let mut stream = self.dial(proxy.uri()).await?;
            crate::proxy::open_tunnel(&mut stream, &proxy, &target).await?;
            return Ok(stream);
        }
        self.dial(&target).await
    }

    /// Opens a TCP connection to the host of `target`.
    async fn dial(&self, target: &Uri) -> io::Result<N::Stream> {
        let host = target.host().unwrap_or_default();
        let https = target.scheme() == Some(&Scheme::HTTPS);
        let port = target.port_u16().unwrap_or(if https { 443 } else { 80 });
        let host = addresses::without_brackets(host);
        let addresses = match self.hosts.get(&host.to_ascii_lowercase()) {
            Some(set) => set.iter().map(|&ip| SocketAddr::new(ip, port)).collect(),
            None => self.net.resolve(host.to_owned(), port).await?,
        };
        addresses::connect(&self.net, addresses).await
    }
}

impl<N: Net> Service<Uri> for Connector<N> {
    type Response = N::Stream;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<N::Stream>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, target: Uri) -> Self::Future {
        Box::pin(self.clone().connect(target))
    }
}

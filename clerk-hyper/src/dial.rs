//! The opening of connections, including the TLS handshake, within a time limit. Each failure
//! becomes an error with a [`TransportErrorKind`].

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use clerk_core::TransportErrorKind;
use http::Uri;
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use tower_service::Service;

use crate::connect::Connector;
#[cfg(feature = "http2")]
use crate::gate::{Entry, Gate};
use crate::limit::within;
use crate::net::Net;

/// The longest time for which a call waits for another call's connection. Without this limit, a
/// call without a connect timeout would wait forever for a call that is not polled.
#[cfg(feature = "http2")]
const MAX_PATIENCE: Duration = Duration::from_secs(10);

type BoxError = Box<dyn StdError + Send + Sync>;

/// A service that opens connections, including TLS, within a time limit.
#[derive(Clone)]
pub(crate) struct Dialer<N> {
    pub(crate) net: N,
    pub(crate) https: HttpsConnector<Connector<N>>,
    pub(crate) timeout: Option<Duration>,
    /// The gate that makes concurrent calls to a host wait for the connection of the first call.
    /// `None` if the transport uses only one version of HTTP, or keeps no connections.
    #[cfg(feature = "http2")]
    pub(crate) gate: Option<Gate>,
}

type Stream<N> = MaybeHttpsStream<<N as Net>::Stream>;

impl<N: Net> Dialer<N> {
    async fn dial(mut self, target: Uri) -> Result<Stream<N>, ConnectError> {
        #[cfg(feature = "http2")]
        let lead = match self.gate.as_ref().and_then(|gate| gate.enter(&target)) {
            None => None,
            Some(Entry::First(lead)) => Some(lead),
            Some(Entry::Other(wait)) => {
                // If the first connection hangs, the other calls wait only for a quarter of the
                // timeout, and then open their own connections.
                let patience = self.timeout.map_or(MAX_PATIENCE, |timeout| timeout / 4);
                let patience = Some(patience.min(MAX_PATIENCE));
                if within(&self.net, patience, wait.shared()).await == Some(true) {
                    return Err(ConnectError::shared());
                }
                wait.give_up();
                None
            }
        };
        let stream = self.https.call(target).await.map_err(ConnectError::new)?;
        #[cfg(feature = "http2")]
        if let Some(lead) = lead {
            use hyper_util::client::legacy::connect::Connection;

            lead.connected(stream.connected().is_negotiated_h2());
        }
        Ok(stream)
    }
}

impl<N: Net> Service<Uri> for Dialer<N> {
    type Response = Stream<N>;
    type Error = ConnectError;
    type Future = Pin<Box<dyn Future<Output = Result<Stream<N>, ConnectError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), ConnectError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, target: Uri) -> Self::Future {
        let dialer = self.clone();
        Box::pin(async move {
            let (net, timeout) = (dialer.net.clone(), dialer.timeout);
            let dialled = within(&net, timeout, dialer.dial(target)).await;
            dialled.unwrap_or_else(|| Err(ConnectError::timeout(timeout.unwrap_or_default())))
        })
    }
}

/// An error before a connection is ready. No part of the request was sent.
#[derive(Debug)]
pub(crate) struct ConnectError {
    pub(crate) kind: TransportErrorKind,
    source: BoxError,
}

impl ConnectError {
    fn new(source: BoxError) -> Self {
        let kind = if is_tls(&*source) {
            TransportErrorKind::Tls
        } else {
            TransportErrorKind::NotSent
        };
        Self { kind, source }
    }

    fn timeout(timeout: Duration) -> Self {
        let message = format!("no connection within {timeout:?} (DNS, TCP, proxy and TLS)");
        Self::new(io::Error::new(io::ErrorKind::TimedOut, message).into())
    }

    #[cfg(feature = "http2")]
    fn shared() -> Self {
        Self::new(Shared.into())
    }

    /// Whether the error is that of a call that waited for a shared connection, and did not get it.
    #[cfg(feature = "http2")]
    pub(crate) fn is_shared(error: &(dyn StdError + 'static)) -> bool {
        let failed = error.source().and_then(<dyn StdError>::downcast_ref);
        failed.is_some_and(|failed: &Self| failed.source.is::<Shared>())
    }
}

/// The error of a call that waited for another call's connection, and did not get it.
#[cfg(feature = "http2")]
#[derive(Debug)]
struct Shared;

#[cfg(feature = "http2")]
impl fmt::Display for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a connection that other calls share was closed")
    }
}

#[cfg(feature = "http2")]
impl StdError for Shared {}

/// Whether rustls found a fault in the certificate or the protocol, or received an alert. Returns
/// false for any other error, such as a connection that was closed during the handshake.
fn is_tls(error: &(dyn StdError + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if error.is::<rustls::Error>() {
            return true;
        }
        // `io::Error::source` skips the inner error and returns its source.
        next = match error.downcast_ref::<io::Error>() {
            Some(error) => error.get_ref().map(|inner| inner as _),
            None => error.source(),
        };
    }
    false
}

impl fmt::Display for ConnectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("cannot connect")
    }
}

impl StdError for ConnectError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}

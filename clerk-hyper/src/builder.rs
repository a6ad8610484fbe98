//! The settings of a transport, which are the same on every runtime.

use std::collections::HashMap;
use std::fmt;
use std::marker::PhantomData;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use rustls::ClientConfig;
use rustls::crypto::CryptoProvider;

use crate::addresses::without_brackets;
#[cfg(feature = "proxy")]
use crate::proxy::Proxy;
use crate::tls::{Roots, Tls};

/// The shortest interval of pings. Shorter intervals would depend on the timer's precision.
#[cfg(feature = "http2")]
const MIN_KEEP_ALIVE: Duration = Duration::from_millis(1);

/// A builder of a transport `T`: `TokioTransport` or `SmolTransport`.
///
/// In every setting that is a duration, [`Duration::MAX`] means no limit.
#[must_use = "a builder does nothing until it is built"]
pub struct TransportBuilder<T> {
    pub(crate) settings: Settings,
    transport: PhantomData<fn() -> T>,
}

/// The settings that a builder collects.
#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) connect_timeout: Duration,
    pub(crate) pool_idle_timeout: Duration,
    pub(crate) max_response_bytes: usize,
    pub(crate) tls: Tls,
    #[cfg(feature = "http2")]
    pub(crate) http2_only: bool,
    #[cfg(feature = "http2")]
    pub(crate) http2_keep_alive: Duration,
    #[cfg(feature = "proxy")]
    pub(crate) proxy: Result<Option<Proxy>, String>,
    /// The fixed addresses of hosts, by lower-case name. The transport does not resolve these
    /// names.
    pub(crate) hosts: HashMap<String, Vec<IpAddr>>,
}

impl Settings {
    /// Rejects durations that would make every call fail.
    pub(crate) fn check_durations(&self) -> Result<(), String> {
        if self.connect_timeout.is_zero() {
            return Err("invalid connect_timeout: 0 s; it must be above 0".to_owned());
        }
        #[cfg(feature = "http2")]
        if self.http2_keep_alive < MIN_KEEP_ALIVE {
            return Err(format!(
                "invalid http2_keep_alive: {:?}; it must be at least {MIN_KEEP_ALIVE:?}, \
                 and Duration::MAX turns pings off",
                self.http2_keep_alive
            ));
        }
        Ok(())
    }
}

impl<T> TransportBuilder<T> {
    /// Creates a builder with the default settings.
    pub(crate) fn new() -> Self {
        Self {
            settings: Settings {
                connect_timeout: Duration::from_secs(10),
                pool_idle_timeout: Duration::from_secs(90),
                max_response_bytes: 32 << 20,
                tls: Tls::default(),
                #[cfg(feature = "http2")]
                http2_only: false,
                #[cfg(feature = "http2")]
                http2_keep_alive: Duration::from_secs(10),
                #[cfg(feature = "proxy")]
                proxy: Ok(None),
                hosts: HashMap::new(),
            },
            transport: PhantomData,
        }
    }

    /// Sets the timeout for connecting: name resolution, TCP, the proxy's tunnel and the TLS
    /// handshake together. Default: 10 s.
    ///
    /// A connection that is not open in time is an error of kind
    /// [`NotSent`](clerk_core::TransportErrorKind::NotSent). The client can then retry every
    /// operation, even if the operation is not idempotent. A timeout of zero is an error when the
    /// transport is built.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.settings.connect_timeout = timeout;
        self
    }

    /// Sets how long an idle connection is kept open. Default: 90 s.
    ///
    /// With a timeout of zero, each request opens a new connection.
    pub fn pool_idle_timeout(mut self, timeout: Duration) -> Self {
        self.settings.pool_idle_timeout = timeout;
        self
    }

    /// Sets the maximum size of a response body in bytes, after decompression. Default: 32 MiB.
    ///
    /// A longer body is an error of kind
    /// [`BodyTooLarge`](clerk_core::TransportErrorKind::BodyTooLarge).
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.settings.max_response_bytes = bytes;
        self
    }

    /// Selects the trusted root certificates.
    ///
    /// Default: the first variant of [`Roots`] whose feature is enabled.
    pub fn roots(mut self, roots: Roots) -> Self {
        self.settings.tls.roots = Some(roots);
        self
    }

    /// Adds a trusted root certificate in DER form, or all certificates of a PEM file.
    ///
    /// A certificate that cannot be read, or a PEM file without a certificate, is an error when the
    /// transport is built.
    pub fn add_root_certificate(mut self, certificate: impl Into<Vec<u8>>) -> Self {
        self.settings.tls.extra.push(certificate.into());
        self
    }

    /// Sets the addresses of a host. The transport then does not resolve the host's name.
    ///
    /// The addresses are tried in the given order, but IPv6 and IPv4 alternate. The next address is
    /// tried if the previous one fails or does not respond within 250 ms. If the host is reached
    /// through a proxy, the proxy resolves the name, and the addresses are not used.
    pub fn resolve(
        mut self,
        host: impl Into<String>,
        addresses: impl IntoIterator<Item = IpAddr>,
    ) -> Self {
        let host = without_brackets(&host.into()).to_ascii_lowercase();
        let addresses = addresses.into_iter().collect();
        self.settings.hosts.insert(host, addresses);
        self
    }

    /// Sets the cryptography of rustls. Default: ring if its feature is enabled, otherwise AWS-LC.
    pub fn crypto_provider(mut self, provider: impl Into<Arc<CryptoProvider>>) -> Self {
        self.settings.tls.provider = Some(provider.into());
        self
    }

    /// Sets a complete rustls configuration, which replaces all other TLS settings.
    ///
    /// If the configuration has no ALPN protocols, the transport adds those that it supports.
    pub fn tls_config(mut self, config: ClientConfig) -> Self {
        self.settings.tls.config = Some(config);
        self
    }

    /// Uses HTTP/2 without negotiation, for servers without TLS that are known to support it.
    #[cfg(feature = "http2")]
    #[cfg_attr(docsrs, doc(cfg(feature = "http2")))]
    pub fn http2_prior_knowledge(mut self) -> Self {
        self.settings.http2_only = true;
        self
    }

    /// Sets how long an HTTP/2 connection with calls in flight may be silent before it is pinged.
    /// If the server does not reply to the ping within the same duration, the connection is closed.
    /// Default: 10 s.
    ///
    /// By default, a dead connection is closed after 20 s: 10 s of silence, and 10 s for the reply.
    /// Only the calls on this connection fail. With [`Duration::MAX`], there are no pings. A
    /// duration below 1 ms is an error when the transport is built.
    #[cfg(feature = "http2")]
    #[cfg_attr(docsrs, doc(cfg(feature = "http2")))]
    pub fn http2_keep_alive(mut self, silence: Duration) -> Self {
        self.settings.http2_keep_alive = silence;
        self
    }

    /// Reads the proxy for HTTPS from `HTTPS_PROXY`, or from `ALL_PROXY` if the former is not set.
    /// `NO_PROXY` names the hosts that are reached without the proxy. This method reads the
    /// environment once. An empty variable is treated as unset. If a variable is not set, the
    /// variable with the lower-case name is read.
    ///
    /// The proxy is an HTTP proxy (`http://user:password@host:port`), which cannot read the TLS
    /// connection to Clerk. An address that is invalid or has another scheme is an error when the
    /// transport is built. A malformed `HTTP_PROXY` is an error, too, although plain HTTP uses no
    /// proxy. A variable that is not UTF-8 is also an error. None of these errors contains the
    /// address.
    #[cfg(feature = "proxy")]
    #[cfg_attr(docsrs, doc(cfg(feature = "proxy")))]
    pub fn proxy_from_env(mut self) -> Self {
        self.settings.proxy = Proxy::from_env();
        self
    }

    /// Sets the HTTP proxy for HTTPS (`http://user:password@host:port`). `except` names the hosts
    /// that are reached without the proxy, in the format of `NO_PROXY`. An empty `proxy` means no
    /// proxy, and an empty `except` means no such hosts.
    ///
    /// An address that is invalid or has another scheme is an error when the transport is built.
    /// The error does not repeat the address.
    #[cfg(feature = "proxy")]
    #[cfg_attr(docsrs, doc(cfg(feature = "proxy")))]
    pub fn https_proxy(mut self, proxy: impl Into<String>, except: impl Into<String>) -> Self {
        self.settings.proxy = Proxy::new(&proxy.into(), &except.into());
        self
    }
}

impl<T> Clone for TransportBuilder<T> {
    fn clone(&self) -> Self {
        Self {
            settings: self.settings.clone(),
            transport: PhantomData,
        }
    }
}

/// Omits the proxy, because its address may contain a password.
impl<T> fmt::Debug for TransportBuilder<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportBuilder")
            .field("connect_timeout", &self.settings.connect_timeout)
            .field("pool_idle_timeout", &self.settings.pool_idle_timeout)
            .field("max_response_bytes", &self.settings.max_response_bytes)
            .field("tls", &self.settings.tls)
            .finish_non_exhaustive()
    }
}

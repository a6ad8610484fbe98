//! Settings, the same for every runtime.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use rustls::ClientConfig;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;

use crate::tls::{Roots, Tls};

/// Settings of a transport: of `TokioTransport`, or of `SmolTransport`.
#[must_use = "a builder does nothing until it is built"]
pub struct TransportBuilder<T> {
    pub(crate) settings: Settings,
    transport: PhantomData<fn() -> T>,
}

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
    pub(crate) proxy: Option<Arc<hyper_util::client::proxy::matcher::Matcher>>,
}

impl<T> TransportBuilder<T> {
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
                proxy: None,
            },
            transport: PhantomData,
        }
    }

    /// How long a TCP connection may take to be made. Default: 10 s.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.settings.connect_timeout = timeout;
        self
    }

    /// How long an unused connection is kept open. Default: 90 s.
    pub fn pool_idle_timeout(mut self, timeout: Duration) -> Self {
        self.settings.pool_idle_timeout = timeout;
        self
    }

    /// The largest response body, in bytes, after `gzip` was undone. Default: 32 MiB.
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.settings.max_response_bytes = bytes;
        self
    }

    /// Whose word counts for a server's certificate. Default: the first of Mozilla's, the
    /// system's, and the system's verification that the crate was built with.
    pub fn roots(mut self, roots: Roots) -> Self {
        self.settings.tls.roots = Some(roots);
        self
    }

    /// A root certificate to trust besides the others, in DER form.
    pub fn add_root_certificate(mut self, der: impl Into<Vec<u8>>) -> Self {
        self.settings
            .tls
            .extra
            .push(CertificateDer::from(der.into()));
        self
    }

    /// The cryptography to use. Default: ring, or else AWS-LC, where the crate was built with it.
    pub fn crypto_provider(mut self, provider: impl Into<Arc<CryptoProvider>>) -> Self {
        self.settings.tls.provider = Some(provider.into());
        self
    }

    /// A whole configuration of rustls, in place of all that was set about TLS. Its ALPN protocols
    /// are filled in where there are none.
    pub fn tls_config(mut self, config: ClientConfig) -> Self {
        self.settings.tls.config = Some(config);
        self
    }

    /// Speaks HTTP/2 from the first byte, whatever the server agrees to: for servers without TLS
    /// that are known to speak it.
    #[cfg(feature = "http2")]
    #[cfg_attr(docsrs, doc(cfg(feature = "http2")))]
    pub fn http2_prior_knowledge(mut self) -> Self {
        self.settings.http2_only = true;
        self
    }

    /// How long an HTTP/2 connection with calls on it may be silent before it is pinged, and then
    /// leave the ping unanswered before it is given up. Default: 10 s, and so 20 s in all: less
    /// than an attempt may take, so that a peer that vanished costs the calls on it, and none
    /// after them.
    #[cfg(feature = "http2")]
    #[cfg_attr(docsrs, doc(cfg(feature = "http2")))]
    pub fn http2_keep_alive(mut self, silence: Duration) -> Self {
        self.settings.http2_keep_alive = silence;
        self
    }

    /// Takes the proxy for HTTPS from `HTTPS_PROXY` (else `ALL_PROXY`), and the hosts that go
    /// without one from `NO_PROXY`, as they are in the environment now.
    ///
    /// The proxy is an HTTP one (`http://user:password@host:port`); TLS goes through it to Clerk.
    #[cfg(feature = "proxy")]
    #[cfg_attr(docsrs, doc(cfg(feature = "proxy")))]
    pub fn proxy_from_env(mut self) -> Self {
        let proxy = hyper_util::client::proxy::matcher::Matcher::from_env();
        self.settings.proxy = Some(Arc::new(proxy));
        self
    }

    /// Sends HTTPS through this proxy (`http://user:password@host:port`), but for the hosts in
    /// `except`, which is written like `NO_PROXY`.
    #[cfg(feature = "proxy")]
    #[cfg_attr(docsrs, doc(cfg(feature = "proxy")))]
    pub fn https_proxy(mut self, proxy: impl Into<String>, except: impl Into<String>) -> Self {
        let proxy = hyper_util::client::proxy::matcher::Matcher::builder()
            .https(proxy.into())
            .no(except.into())
            .build();
        self.settings.proxy = Some(Arc::new(proxy));
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

/// Without the proxy, whose address may hold a password.
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

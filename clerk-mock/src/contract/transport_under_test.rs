//! The transport under test, and its settings.

use std::future::Future;
use std::net::IpAddr;
use std::pin::Pin;
use std::time::Duration;

use clerk_core::DynTransport;

/// A factory of the transport under test. It also runs the futures of the transport.
pub trait TransportUnderTest: Send + Sync + 'static {
    /// Creates a transport with these settings. Ignore the settings that your transport does not
    /// support.
    fn transport(&self, settings: &Settings) -> DynTransport;

    /// Creates a transport that speaks HTTP/2 without TLS and without negotiation. Returns `None`
    /// if your HTTP library does not support this. Clause 5, which is about truncated bodies, is
    /// checked with this transport, too.
    fn http2_transport(&self, settings: &Settings) -> Option<DynTransport> {
        let _ = settings;
        None
    }

    /// Runs a future to completion, on the runtime that the transport needs.
    ///
    /// Clause 19, which is about several runtimes, calls this method concurrently on several
    /// threads. It also calls the method while the future of another call is blocked. No call may
    /// depend on the runtime of another call.
    fn block_on(&self, future: Pin<Box<dyn Future<Output = ()> + Send + '_>>);

    /// Returns why the transport does not close idle connections. `None` means that it closes them.
    ///
    /// Some transports cannot control their pool. If this method returns a reason, the part of
    /// clause 16 about closing idle connections is skipped. The report repeats the reason.
    fn idle_connections_exemption(&self) -> Option<&str> {
        None
    }

    /// Whether the transport speaks only HTTP/2.
    ///
    /// The servers that check a transport from [`transport`](Self::transport) speak only HTTP/1.1.
    /// If this method returns true, such a transport must therefore send its requests to a bridge,
    /// which translates them to HTTP/1.1.
    ///
    /// For such a transport, two clauses require less. In HTTP/2, a client may handle the reset of
    /// a stream before the data that came earlier. Clause 5, which is about truncated bodies,
    /// therefore also accepts the error kind `Io`. Clause 18, which is about hosts with several
    /// addresses, requires a connection to the server, but no response.
    fn speaks_http2(&self) -> bool {
        false
    }

    /// Returns why a clause cannot apply to this transport, or `None` if the clause applies.
    /// `clause` is the number of the clause, from 1 to 19.
    fn clause_exemption(&self, clause: u8) -> Option<&str> {
        let _ = clause;
        None
    }
}

/// The settings of the transport under test. Each clause chooses its own settings.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Settings {
    /// The largest response body, in bytes.
    pub max_response_bytes: usize,
    /// The time for which an idle connection is kept open.
    pub pool_idle_timeout: Duration,
    /// The timeout for connecting: name resolution, TCP and TLS together.
    pub connect_timeout: Duration,
    /// The name and the addresses of a host. The transport connects to these addresses without
    /// resolving the name. `None` if every host is resolved.
    pub host: Option<(String, Vec<IpAddr>)>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            max_response_bytes: 32 << 20,
            pool_idle_timeout: Duration::from_secs(90),
            connect_timeout: Duration::from_secs(10),
            host: None,
        }
    }
}

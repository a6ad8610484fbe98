//! The transport under test, and its settings.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use clerk_core::DynTransport;

/// A transport under test: how to build it, and how to run its futures.
pub trait TransportUnderTest: Send + Sync + 'static {
    /// Creates a transport with these settings. A setting that the transport does not have is
    /// ignored.
    fn transport(&self, settings: &Settings) -> DynTransport;

    /// Runs a future to completion, on the runtime that the transport needs.
    fn block_on(&self, future: Pin<Box<dyn Future<Output = ()> + Send + '_>>);

    /// Returns why the transport does not close idle connections, or `None` if it does.
    ///
    /// A transport may not control its pool. With a reason, the part of clause 16 about
    /// [`Settings::pool_idle_timeout`] is skipped, and the report repeats the reason.
    fn idle_connections_exemption(&self) -> Option<&str> {
        None
    }

    /// Whether requests reach the suite's server through a bridge that speaks HTTP/2.
    ///
    /// In HTTP/2, the end of a stream may overtake the data before it.
    fn speaks_http2(&self) -> bool {
        false
    }

    /// Returns why a clause cannot apply to this transport, or `None` if it applies.
    fn clause_exemption(&self, clause: u8) -> Option<&str> {
        let _ = clause;
        None
    }
}

/// The settings that a clause needs.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Settings {
    /// The largest response body, in bytes.
    pub max_response_bytes: usize,
    /// The time for which an idle connection is kept open.
    pub pool_idle_timeout: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            max_response_bytes: 32 << 20,
            pool_idle_timeout: Duration::from_secs(90),
        }
    }
}

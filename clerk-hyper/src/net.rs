//! The parts of a runtime that connections need.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use hyper::rt::{Read, Write};
use hyper_util::client::legacy::connect::Connection;

/// The name resolution, the TCP connections and the timer of a runtime.
pub(crate) trait Net: Clone + Send + Sync + 'static {
    type Stream: Connection + Read + Write + Unpin + Send;

    /// Returns the addresses of a host. The host may itself be an IP address.
    fn resolve(
        &self,
        host: String,
        port: u16,
    ) -> impl Future<Output = io::Result<Vec<SocketAddr>>> + Send;

    /// Opens a TCP connection.
    fn connect(&self, address: SocketAddr)
    -> impl Future<Output = io::Result<Self::Stream>> + Send;

    /// Waits for at least this time.
    fn sleep(&self, duration: Duration) -> impl Future<Output = ()> + Send;
}

//! Listening sockets on loopback.

use std::io::{Error, ErrorKind, Result};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

/// A server that handles each connection on its own thread. It stops when it is dropped.
pub(crate) struct Listener {
    address: SocketAddr,
    stopped: Arc<AtomicBool>,
}

impl Listener {
    /// Starts a server on a free port of 127.0.0.1.
    pub(crate) fn start(
        handle: impl Fn(TcpStream) + Send + Sync + 'static,
    ) -> std::result::Result<Self, String> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
        let listener = listener.map_err(|error| error.to_string())?;
        let address = listener.local_addr().map_err(|error| error.to_string())?;
        let stopped = Arc::new(AtomicBool::new(false));
        let server = Self {
            address,
            stopped: Arc::clone(&stopped),
        };
        let handle = Arc::new(handle);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if stopped.load(Ordering::SeqCst) {
                    return;
                }
                let handle = Arc::clone(&handle);
                thread::spawn(move || handle(stream));
            }
        });
        Ok(server)
    }

    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }
}

impl Drop for Listener {
    /// Releases the port. The threads of open connections continue.
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::SeqCst);
        // Wakes the thread that accepts connections. If this fails, the thread keeps waiting.
        let _ = TcpStream::connect(self.address);
    }
}

/// An address whose queue of connections is full, so that new connections hang.
pub(crate) struct HangingAddress {
    pub(crate) ip: IpAddr,
    _listener: TcpListener,
}

impl HangingAddress {
    /// Listens on this port of a loopback address other than 127.0.0.1, and fills the queue.
    ///
    /// # Errors
    ///
    /// Returns an error if the machine has no other loopback address, if the port is taken, or if
    /// the queue is not full after 10,000 connections.
    pub(crate) fn bind(port: u16) -> Result<Self> {
        const LONGEST_QUEUE: usize = 10_000;
        // Some systems have no IPv6, and some have no 127.0.0.2.
        let listener = TcpListener::bind(("::1", port))
            .or_else(|_| TcpListener::bind((Ipv4Addr::new(127, 0, 0, 2), port)))?;
        let address = listener.local_addr()?;
        for _ in 0..LONGEST_QUEUE {
            // A loopback connection opens immediately, or not at all.
            match TcpStream::connect_timeout(&address, Duration::from_millis(250)) {
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::TimedOut => {
                    return Ok(Self {
                        ip: address.ip(),
                        _listener: listener,
                    });
                }
                Err(error) => return Err(error),
            }
        }
        Err(Error::other("its queue of connections is never full"))
    }
}

//! Proxies between the client and a server.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use crate::support::server_runtime;

/// An HTTP proxy that accepts CONNECT and records the requests.
pub(crate) struct Proxy {
    pub(crate) port: u16,
    requests: Arc<Mutex<Vec<String>>>,
    _runtime: tokio::runtime::Runtime,
}

impl Proxy {
    /// Starts a proxy that connects to this port for any host.
    pub(crate) fn start(to: u16) -> Self {
        Self::answering("200 OK", Some(to))
    }

    /// Starts a proxy that rejects requests with this status. If the status is empty, the proxy
    /// does not respond.
    pub(crate) fn rejecting(status: &'static str) -> Self {
        Self::answering(status, None)
    }

    fn answering(status: &'static str, to: Option<u16>) -> Self {
        let runtime = server_runtime();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let port = listener.local_addr().unwrap().port();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&requests);
        runtime.spawn(async move {
            loop {
                let (mut client, _) = listener.accept().await.unwrap();
                let log = Arc::clone(&log);
                tokio::spawn(async move {
                    let mut head = Vec::new();
                    while !head.ends_with(b"\r\n\r\n") {
                        head.push(client.read_u8().await.unwrap());
                    }
                    log.lock()
                        .unwrap()
                        .push(String::from_utf8(head).unwrap().to_lowercase());
                    if status.is_empty() {
                        std::future::pending::<()>().await;
                    }
                    let answer = format!("HTTP/1.1 {status}\r\n\r\n");
                    client.write_all(answer.as_bytes()).await.unwrap();
                    let Some(to) = to else { return };
                    let mut server = TcpStream::connect(("127.0.0.1", to)).await.unwrap();
                    let _ = tokio::io::copy_bidirectional(&mut client, &mut server).await;
                });
            }
        });
        Self {
            port,
            requests,
            _runtime: runtime,
        }
    }

    /// Returns the head of each CONNECT request, in lower case.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

/// A proxy that can stop forwarding without closing connections, like a peer that vanishes from the
/// network. Later connections work.
pub(crate) struct VanishingProxy {
    pub(crate) port: u16,
    vanish: watch::Sender<()>,
    _runtime: tokio::runtime::Runtime,
}

impl VanishingProxy {
    pub(crate) fn start(to: u16) -> Self {
        let runtime = server_runtime();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let port = listener.local_addr().unwrap().port();
        let (vanish, vanished) = watch::channel(());
        runtime.spawn(async move {
            loop {
                let (mut client, _) = listener.accept().await.unwrap();
                let mut vanished = vanished.clone();
                vanished.mark_unchanged();
                tokio::spawn(async move {
                    let mut server = TcpStream::connect(("127.0.0.1", to)).await.unwrap();
                    tokio::select! {
                        _ = tokio::io::copy_bidirectional(&mut client, &mut server) => {}
                        // Both connections stay open.
                        _ = vanished.changed() => std::future::pending().await,
                    }
                });
            }
        });
        Self {
            port,
            vanish,
            _runtime: runtime,
        }
    }

    pub(crate) fn vanish(&self) {
        self.vanish.send_replace(());
    }
}

/// A proxy that keeps its first connection open without a response. Later connections work.
pub(crate) struct SilentFirst {
    pub(crate) port: u16,
    connected: watch::Sender<bool>,
    close: watch::Sender<bool>,
    _runtime: tokio::runtime::Runtime,
}

impl SilentFirst {
    pub(crate) fn start(to: u16) -> Self {
        let runtime = server_runtime();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let port = listener.local_addr().unwrap().port();
        let (connected, close) = (watch::Sender::new(false), watch::Sender::new(false));
        let (opened, mut closing) = (connected.clone(), close.subscribe());
        runtime.spawn(async move {
            let (first, _) = listener.accept().await.unwrap();
            tokio::spawn(async move {
                closing.wait_for(|&close| close).await.unwrap();
                drop(first);
            });
            opened.send_replace(true);
            loop {
                let (mut client, _) = listener.accept().await.unwrap();
                tokio::spawn(async move {
                    let mut server = TcpStream::connect(("127.0.0.1", to)).await.unwrap();
                    let _ = tokio::io::copy_bidirectional(&mut client, &mut server).await;
                });
            }
        });
        Self {
            port,
            connected,
            close,
            _runtime: runtime,
        }
    }

    /// Waits for the first connection.
    pub(crate) async fn connected(&self) {
        let mut connected = self.connected.subscribe();
        connected.wait_for(|&connected| connected).await.unwrap();
    }

    pub(crate) fn close_first(&self) {
        self.close.send_replace(true);
    }
}

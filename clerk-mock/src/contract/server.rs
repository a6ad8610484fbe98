//! A server that reads requests, and sends prepared bytes.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::contract::gate::Gate;
use crate::contract::listener::Listener;

/// A server on loopback, with a thread for each connection.
pub(crate) struct Server {
    listener: Listener,
    seen: Arc<Seen>,
}

#[derive(Default)]
struct Seen {
    connections: AtomicUsize,
    requests: Mutex<Vec<Request>>,
    /// The gate that opens when the client closes a connection for the first time.
    closed: Gate,
}

/// A received request.
#[derive(Clone)]
pub(crate) struct Request {
    /// The request line and the headers, in lower case.
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// Returns the last segment of the path.
    pub(crate) fn name(&self) -> &str {
        let target = self.head.split(' ').nth(1).unwrap_or_default();
        target.rsplit('/').next().unwrap_or_default()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().skip(1);
        let mut pairs = lines.filter_map(|line| line.split_once(':'));
        pairs
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value.trim())
    }
}

/// The response to a request, byte for byte.
pub(crate) struct ServerResponse {
    bytes: Vec<u8>,
    keep_open: bool,
    gate: Option<Gate>,
}

impl ServerResponse {
    /// Sends these bytes, and closes the connection.
    pub(crate) fn close(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            bytes: bytes.into(),
            keep_open: false,
            gate: None,
        }
    }

    /// Sends these bytes, and keeps the connection open.
    pub(crate) fn open(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            keep_open: true,
            ..Self::close(bytes)
        }
    }

    /// Sends a complete response with this body, and keeps the connection open.
    pub(crate) fn keep(body: &str) -> Self {
        let length = body.len();
        Self::open(format!(
            "HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{body}"
        ))
    }

    /// Delays the response until the gate is open.
    pub(crate) fn delayed_until(mut self, gate: &Gate) -> Self {
        self.gate = Some(gate.clone());
        self
    }
}

impl Server {
    /// Starts a server.
    pub(crate) fn start(
        respond: impl Fn(&Request) -> ServerResponse + Send + Sync + 'static,
    ) -> Result<Self, String> {
        let seen = Arc::new(Seen::default());
        let counted = Arc::clone(&seen);
        let listener = Listener::start(move |stream| {
            counted.connections.fetch_add(1, Ordering::SeqCst);
            serve(stream, &respond, &counted);
        })?;
        Ok(Self { listener, seen })
    }

    /// Starts a server that responds to every request with these bytes, and closes the connection.
    pub(crate) fn sending(bytes: impl Into<Vec<u8>>) -> Result<Self, String> {
        let bytes = bytes.into();
        Self::start(move |_| ServerResponse::close(bytes.clone()))
    }

    /// Starts a server that responds with the last segment of the path, and keeps the connection
    /// open.
    pub(crate) fn echoing() -> Result<Self, String> {
        Self::start(|request| ServerResponse::keep(request.name()))
    }

    pub(crate) fn url(&self, name: &str) -> String {
        format!("http://127.0.0.1:{}/v1/{name}", self.port())
    }

    pub(crate) fn port(&self) -> u16 {
        self.listener.port()
    }

    pub(crate) fn connections(&self) -> usize {
        self.seen.connections.load(Ordering::SeqCst)
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        let requests = self.seen.requests.lock();
        requests.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns the gate that opens when the client closes a connection for the first time.
    pub(crate) fn closed(&self) -> Gate {
        self.seen.closed.clone()
    }
}

fn serve(mut stream: TcpStream, respond: &dyn Fn(&Request) -> ServerResponse, seen: &Seen) {
    while let Some(request) = read(&mut stream) {
        let response = {
            let requests = seen.requests.lock();
            requests
                .unwrap_or_else(PoisonError::into_inner)
                .push(request.clone());
            respond(&request)
        };
        if let Some(gate) = response.gate {
            gate.wait();
        }
        // Writing fails if the client has closed the connection, for example because a test dropped
        // the future of the request.
        let _ = stream.write_all(&response.bytes);
        if !response.keep_open {
            return;
        }
    }
    seen.closed.open();
}

/// Reads a request. Returns `None` if the client closes the connection, or does not speak HTTP.
fn read(stream: &mut TcpStream) -> Option<Request> {
    let mut head = Vec::new();
    let mut byte = [0; 1];
    while !head.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte).ok()? == 0 {
            return None;
        }
        head.extend(byte);
        if !head.first().is_some_and(u8::is_ascii_uppercase) {
            return None;
        }
    }
    let head = String::from_utf8_lossy(&head).to_lowercase();
    let mut request = Request {
        head,
        body: Vec::new(),
    };
    if request.header("transfer-encoding").is_some() {
        return Some(request);
    }
    let length = request.header("content-length").map_or(Ok(0), str::parse);
    request.body = vec![0; length.ok()?];
    stream.read_exact(&mut request.body).ok()?;
    Some(request)
}

//! A server that reads requests, and writes what it is told.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use super::gate::Gate;

/// A server on loopback, a thread for each connection.
pub(super) struct Server {
    port: u16,
    seen: Arc<Seen>,
}

#[derive(Default)]
struct Seen {
    stopped: AtomicBool,
    connections: AtomicUsize,
    requests: Mutex<Vec<Request>>,
    /// Opens when the client closes its first connection.
    closed: Gate,
}

/// A request as it came.
#[derive(Clone)]
pub(super) struct Request {
    /// Request line and headers, in lower case.
    pub(super) head: String,
    pub(super) body: Vec<u8>,
}

impl Request {
    /// The last segment of the path.
    pub(super) fn name(&self) -> &str {
        let target = self.head.split(' ').nth(1).unwrap_or_default();
        target.rsplit('/').next().unwrap_or_default()
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().skip(1);
        let mut pairs = lines.filter_map(|line| line.split_once(':'));
        pairs
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value.trim())
    }
}

/// What is written for a request.
pub(super) struct Answer {
    bytes: Vec<u8>,
    keep: bool,
    gate: Option<Gate>,
}

impl Answer {
    /// These bytes, and the end of the connection.
    pub(super) fn close(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            bytes: bytes.into(),
            keep: false,
            gate: None,
        }
    }

    /// These bytes, after which the connection stays.
    pub(super) fn open(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            keep: true,
            ..Self::close(bytes)
        }
    }

    /// A whole response, after which the connection stays.
    pub(super) fn keep(body: &str) -> Self {
        let length = body.len();
        Self::open(format!(
            "HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{body}"
        ))
    }

    /// Not before this gate is open.
    pub(super) fn after(mut self, gate: &Gate) -> Self {
        self.gate = Some(gate.clone());
        self
    }
}

impl Server {
    pub(super) fn start(
        answer: impl Fn(&Request) -> Answer + Send + Sync + 'static,
    ) -> Result<Self, String> {
        let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
        let port = listener
            .local_addr()
            .map_err(|error| error.to_string())?
            .port();
        let seen = Arc::new(Seen::default());
        let server = Self {
            port,
            seen: Arc::clone(&seen),
        };
        let answer = Arc::new(answer);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if seen.stopped.load(Ordering::SeqCst) {
                    return;
                }
                seen.connections.fetch_add(1, Ordering::SeqCst);
                let (answer, seen) = (Arc::clone(&answer), Arc::clone(&seen));
                thread::spawn(move || serve(stream, &*answer, &seen));
            }
        });
        Ok(server)
    }

    /// One that answers everything with these bytes, and closes.
    pub(super) fn saying(bytes: impl Into<Vec<u8>>) -> Result<Self, String> {
        let bytes = bytes.into();
        Self::start(move |_| Answer::close(bytes.clone()))
    }

    /// One that answers with the last segment of the path, and keeps the connection.
    pub(super) fn echoing() -> Result<Self, String> {
        Self::start(|request| Answer::keep(request.name()))
    }

    pub(super) fn url(&self, name: &str) -> String {
        format!("http://127.0.0.1:{}/v1/{name}", self.port)
    }

    pub(super) fn connections(&self) -> usize {
        self.seen.connections.load(Ordering::SeqCst)
    }

    pub(super) fn requests(&self) -> Vec<Request> {
        let requests = self.seen.requests.lock();
        requests.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Opens when the client closes its first connection.
    pub(super) fn closed(&self) -> Gate {
        self.seen.closed.clone()
    }
}

impl Drop for Server {
    /// Lets go of the port. Connections end when the client ends them.
    fn drop(&mut self) {
        self.seen.stopped.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for connections; where that fails, it waits on.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

fn serve(mut stream: TcpStream, answer: &dyn Fn(&Request) -> Answer, seen: &Seen) {
    while let Some(request) = read(&mut stream) {
        let answer = {
            let requests = seen.requests.lock();
            requests
                .unwrap_or_else(PoisonError::into_inner)
                .push(request.clone());
            answer(&request)
        };
        if let Some(gate) = answer.gate {
            gate.wait();
        }
        // The client may be gone, which is part of some clauses.
        let _ = stream.write_all(&answer.bytes);
        if !answer.keep {
            return;
        }
    }
    seen.closed.open();
}

/// `None` when the client closes, or speaks no HTTP.
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

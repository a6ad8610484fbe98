//! A server with faults: a fake behind a TCP listener that damages exchanges.

use std::collections::{BTreeMap, HashMap};
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use clerk_client::http::{Request, Response};
use clerk_client::mock::FakeClerk;
use clerk_client::transport::HttpTransport;
use clerk_client::transport::bytes::Bytes;
use futures_util::FutureExt;

use crate::support::read_request;

/// The header that identifies a call in the [`Journal`]. Every response repeats the header.
pub(crate) const CALL: &str = "x-call";

/// The fault of an exchange. The comments say whether the request takes effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    /// No effect: the response is a 503.
    Unavailable,
    /// No effect: the response is a 429 with `Retry-After: 0`.
    TooMany,
    /// No effect: the connection is closed without a response.
    Closed,
    /// Takes effect: the connection is closed without a response.
    Lost,
    /// Takes effect: there is no response.
    Silent,
    /// Takes effect: the connection is closed after half of the body.
    Cut,
    /// Takes effect: the writing side is closed after half of the body.
    HalfClosed,
    /// Takes effect: the connection is reset after half of the body.
    Reset,
    /// Takes effect: the response is sent one byte at a time.
    Trickle,
    /// Takes effect: the response is not HTTP.
    Garbage,
}

impl Fault {
    pub(crate) const ALL: [Self; 10] = [
        Self::Unavailable,
        Self::TooMany,
        Self::Closed,
        Self::Lost,
        Self::Silent,
        Self::Cut,
        Self::HalfClosed,
        Self::Reset,
        Self::Trickle,
        Self::Garbage,
    ];

    /// Whether the attempt ends by its timeout, because the response is missing or too slow.
    pub(crate) fn needs_timeout(self) -> bool {
        matches!(self, Self::Silent | Self::Trickle)
    }

    pub(crate) fn takes_effect(self) -> bool {
        !matches!(self, Self::Unavailable | Self::TooMany | Self::Closed)
    }
}

/// The server's record of exchanges.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    pub(crate) exchanges: usize,
    pub(crate) faults: BTreeMap<Fault, usize>,
    /// The number of attempts of each call.
    pub(crate) attempts: HashMap<String, usize>,
    /// The number of times that the write of each call took effect.
    pub(crate) written: HashMap<String, usize>,
    /// The number of open connections. `most_open` is its maximum.
    pub(crate) open: usize,
    pub(crate) most_open: usize,
}

#[derive(Debug)]
pub(crate) struct FaultyServer {
    address: SocketAddr,
    stopped: Arc<AtomicBool>,
    journal: Arc<Mutex<Journal>>,
}

impl FaultyServer {
    /// Starts a server. `choose` maps the number of an exchange, counted from 0, to its fault;
    /// `None` if it has none.
    pub(crate) fn start(
        fake: Arc<FakeClerk>,
        choose: impl Fn(usize) -> Option<Fault> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self {
            address: listener.local_addr().unwrap(),
            stopped: Arc::default(),
            journal: Arc::default(),
        };
        let (stopped, journal) = (server.stopped.clone(), server.journal.clone());
        let choose = Arc::new(choose);
        thread::spawn(move || {
            for stream in listener.incoming() {
                if stopped.load(Ordering::SeqCst) {
                    return;
                }
                let (fake, journal, choose) = (fake.clone(), journal.clone(), choose.clone());
                let Ok(stream) = stream else { return };
                {
                    let mut journal = journal.lock().unwrap();
                    journal.open += 1;
                    journal.most_open = journal.most_open.max(journal.open);
                }
                thread::spawn(move || {
                    serve(stream, &fake, &journal, &*choose);
                    journal.lock().unwrap().open -= 1;
                });
            }
        });
        server
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    pub(crate) fn journal(&self) -> std::sync::MutexGuard<'_, Journal> {
        self.journal.lock().unwrap()
    }
}

impl Drop for FaultyServer {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
    }
}

fn serve(
    mut stream: TcpStream,
    fake: &FakeClerk,
    journal: &Mutex<Journal>,
    choose: &dyn Fn(usize) -> Option<Fault>,
) {
    while let Some(text) = read_request(&mut stream) {
        let request = parse(&text);
        let call = request.headers()[CALL].to_str().unwrap().to_owned();
        let fault = {
            let mut journal = journal.lock().unwrap();
            let fault = choose(journal.exchanges);
            journal.exchanges += 1;
            *journal.attempts.entry(call.clone()).or_default() += 1;
            if let Some(fault) = fault {
                *journal.faults.entry(fault).or_default() += 1;
            }
            fault
        };
        let mut response = None;
        if fault.is_none_or(Fault::takes_effect) {
            let writes = request.method() != "GET";
            let sent = fake.send(request).now_or_never().unwrap().unwrap();
            if writes && sent.status().is_success() {
                *journal
                    .lock()
                    .unwrap()
                    .written
                    .entry(call.clone())
                    .or_default() += 1;
            }
            response = Some(sent);
        }
        let response = response.as_ref().map(|response| write(response, &call));
        if !respond(
            &mut stream,
            fault,
            response.as_deref().unwrap_or_default(),
            &call,
        ) {
            return;
        }
    }
}

/// Sends the response, or the fault. Returns whether the connection stays open.
fn respond(stream: &mut TcpStream, fault: Option<Fault>, response: &[u8], call: &str) -> bool {
    let head = response
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .unwrap_or(0);
    let half = &response[..head + (response.len() - head) / 2];
    let status = |status: &str| {
        format!("HTTP/1.1 {status}\r\n{CALL}: {call}\r\ncontent-length: 0\r\n\r\n").into_bytes()
    };
    match fault {
        None => return stream.write_all(response).is_ok(),
        Some(Fault::Unavailable) => {
            return stream.write_all(&status("503 Service Unavailable")).is_ok();
        }
        Some(Fault::TooMany) => {
            let refusal = status("429 Too Many Requests\r\nretry-after: 0");
            return stream.write_all(&refusal).is_ok();
        }
        Some(Fault::Closed | Fault::Lost) => {}
        Some(Fault::Silent) => wait_for_close(stream),
        Some(Fault::Cut) => {
            let _ = stream.write_all(half);
        }
        Some(Fault::HalfClosed) => {
            let _ = stream.write_all(half);
            let _ = stream.shutdown(Shutdown::Write);
            wait_for_close(stream);
        }
        Some(Fault::Reset) => {
            let _ = stream.write_all(half);
            let _ = socket2::SockRef::from(&*stream).set_linger(Some(Duration::ZERO));
        }
        Some(Fault::Trickle) => {
            let _ = stream.set_read_timeout(Some(Duration::from_millis(25)));
            for byte in response {
                if stream.write_all(&[*byte]).is_err() || is_closed(stream) {
                    break;
                }
            }
        }
        Some(Fault::Garbage) => {
            let _ = stream.write_all(b"\x16\x03\x01 this is no HTTP\r\n\r\n\0\xff");
        }
    }
    false
}

fn wait_for_close(stream: &mut TcpStream) {
    while !is_closed(stream) {}
}

/// Waits until the client sends something or closes the connection, or until the read timeout.
/// Returns whether the client closed the connection.
fn is_closed(stream: &mut TcpStream) -> bool {
    match stream.read(&mut [0; 64]) {
        Ok(read) => read == 0,
        Err(error) => error.kind() != std::io::ErrorKind::WouldBlock,
    }
}

fn parse(text: &str) -> Request<Bytes> {
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let mut lines = head.split("\r\n");
    let mut first = lines.next().unwrap().split(' ');
    let (method, target) = (first.next().unwrap(), first.next().unwrap());
    let mut request = Request::builder().method(method).uri(target);
    for line in lines {
        let (name, value) = line.split_once(':').unwrap();
        request = request.header(name, value.trim());
    }
    request.body(Bytes::from(body.to_owned())).unwrap()
}

fn write(response: &Response<Bytes>, call: &str) -> Vec<u8> {
    let mut text = format!(
        "HTTP/1.1 {} X\r\n{CALL}: {call}\r\n",
        response.status().as_u16()
    );
    for (name, value) in response.headers() {
        text += &format!("{name}: {}\r\n", value.to_str().unwrap());
    }
    text += &format!("content-length: {}\r\n\r\n", response.body().len());
    [text.as_bytes(), response.body()].concat()
}

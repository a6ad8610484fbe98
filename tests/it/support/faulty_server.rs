//! A server that does harm: a fake behind a TCP listener that breaks what it should pass on.

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

/// The header by which a call is known to the journal; every answer repeats it.
pub(crate) const CALL: &str = "x-call";

/// What is done to an exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Harm {
    /// Not carried out: 503.
    Unavailable,
    /// Not carried out: 429 with `Retry-After: 0`.
    TooMany,
    /// Not carried out: closed without an answer.
    Closed,
    /// Carried out: closed without an answer.
    Lost,
    /// Carried out: never answered.
    Silent,
    /// Carried out: half of the body, and closed.
    Cut,
    /// Carried out: half of the body, and no more is written.
    HalfClosed,
    /// Carried out: half of the body, and reset.
    Reset,
    /// Carried out: a byte now and then.
    Trickle,
    /// Carried out: bytes that are no HTTP.
    Garbage,
}

impl Harm {
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

    pub(crate) fn is_carried_out(self) -> bool {
        !matches!(self, Self::Unavailable | Self::TooMany | Self::Closed)
    }
}

/// What the server saw and did.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    pub(crate) exchanges: usize,
    pub(crate) harms: BTreeMap<Harm, usize>,
    /// How often each call came.
    pub(crate) attempts: HashMap<String, usize>,
    /// How often a write of each call succeeded.
    pub(crate) written: HashMap<String, usize>,
    /// Connections: now, and at most.
    pub(crate) open: usize,
    pub(crate) most_open: usize,
}

pub(crate) struct FaultyServer {
    address: SocketAddr,
    stopped: Arc<AtomicBool>,
    journal: Arc<Mutex<Journal>>,
}

impl FaultyServer {
    /// `choose` is told the number of the exchange, and says what harm is done to it.
    pub(crate) fn start(
        fake: Arc<FakeClerk>,
        choose: impl Fn(usize) -> Option<Harm> + Send + Sync + 'static,
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
    choose: &dyn Fn(usize) -> Option<Harm>,
) {
    while let Some(text) = read_request(&mut stream) {
        let request = parse(&text);
        let call = request.headers()[CALL].to_str().unwrap().to_owned();
        let harm = {
            let mut journal = journal.lock().unwrap();
            let harm = choose(journal.exchanges);
            journal.exchanges += 1;
            *journal.attempts.entry(call.clone()).or_default() += 1;
            if let Some(harm) = harm {
                *journal.harms.entry(harm).or_default() += 1;
            }
            harm
        };
        let mut answer = None;
        if harm.is_none_or(Harm::is_carried_out) {
            let writes = request.method() != "GET";
            let carried_out = fake.send(request).now_or_never().unwrap().unwrap();
            if writes && carried_out.status().is_success() {
                *journal
                    .lock()
                    .unwrap()
                    .written
                    .entry(call.clone())
                    .or_default() += 1;
            }
            answer = Some(carried_out);
        }
        let answer = answer.as_ref().map(|answer| write(answer, &call));
        if !pass_on(
            &mut stream,
            harm,
            answer.as_deref().unwrap_or_default(),
            &call,
        ) {
            return;
        }
    }
}

/// Answers, or does harm; whether the connection goes on.
fn pass_on(stream: &mut TcpStream, harm: Option<Harm>, answer: &[u8], call: &str) -> bool {
    let head = answer
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .unwrap_or(0);
    let half = &answer[..head + (answer.len() - head) / 2];
    let status = |status: &str| {
        format!("HTTP/1.1 {status}\r\n{CALL}: {call}\r\ncontent-length: 0\r\n\r\n").into_bytes()
    };
    match harm {
        None => return stream.write_all(answer).is_ok(),
        Some(Harm::Unavailable) => {
            return stream.write_all(&status("503 Service Unavailable")).is_ok();
        }
        Some(Harm::TooMany) => {
            let refusal = status("429 Too Many Requests\r\nretry-after: 0");
            return stream.write_all(&refusal).is_ok();
        }
        Some(Harm::Closed | Harm::Lost) => {}
        Some(Harm::Silent) => wait_for_close(stream),
        Some(Harm::Cut) => {
            let _ = stream.write_all(half);
        }
        Some(Harm::HalfClosed) => {
            let _ = stream.write_all(half);
            let _ = stream.shutdown(Shutdown::Write);
            wait_for_close(stream);
        }
        Some(Harm::Reset) => {
            let _ = stream.write_all(half);
            let _ = socket2::SockRef::from(&*stream).set_linger(Some(Duration::ZERO));
        }
        Some(Harm::Trickle) => {
            let _ = stream.set_read_timeout(Some(Duration::from_millis(25)));
            for byte in answer {
                if stream.write_all(&[*byte]).is_err() || is_closed(stream) {
                    break;
                }
            }
        }
        Some(Harm::Garbage) => {
            let _ = stream.write_all(b"\x16\x03\x01 this is no HTTP\r\n\r\n\0\xff");
        }
    }
    false
}

fn wait_for_close(stream: &mut TcpStream) {
    while !is_closed(stream) {}
}

/// Waits for the other side to say something, or to be gone.
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

fn write(answer: &Response<Bytes>, call: &str) -> Vec<u8> {
    let mut text = format!(
        "HTTP/1.1 {} X\r\n{CALL}: {call}\r\n",
        answer.status().as_u16()
    );
    for (name, value) in answer.headers() {
        text += &format!("{name}: {}\r\n", value.to_str().unwrap());
    }
    text += &format!("content-length: {}\r\n\r\n", answer.body().len());
    [text.as_bytes(), answer.body()].concat()
}

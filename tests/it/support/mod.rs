//! Helpers and servers that the tests share.

pub(crate) mod faulty_server;
pub(crate) mod h2_bridge;
pub(crate) mod proxy;
pub(crate) mod samples;
pub(crate) mod tls_server;

use std::future::Future;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex};
use std::thread;

use clerk_client::mock::{FakeClerk, MockTransport, RecordedRequest, Reply};
use clerk_client::transport::{DynTransport, HttpTransport};
use clerk_client::{Clerk, RetryPolicy, SecretKey};
use http_body_util::{BodyExt, Full};
use serde_json::Value;

pub(crate) const KEY: &str = "sk_test_9f8e7d6c5b4a";

pub(crate) fn key() -> SecretKey {
    SecretKey::new(KEY).unwrap()
}

/// A client whose transport answers everything like this, and keeps what it was asked. It does not
/// try again.
pub(crate) fn answering(
    reply: impl Fn() -> Reply + Send + 'static,
) -> (Clerk, Arc<Mutex<Vec<RecordedRequest>>>) {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&asked);
    let mut transport = MockTransport::new();
    transport.expect_send().returning(move |request| {
        log.lock().unwrap().push(request);
        reply()
    });
    let clerk = Clerk::builder(transport, key()).retry(RetryPolicy::none());
    (clerk.build().unwrap(), asked)
}

/// A client whose every answer is 200 with this body.
pub(crate) fn answering_ok(body: impl Into<String>) -> Clerk {
    let body = body.into();
    let (clerk, _) = answering(move || Reply::bytes(200, body.clone()));
    clerk
}

pub(crate) fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.unwrap().block_on(future)
}

/// Does this with a subscriber of this thread's own.
///
/// While there is but one subscriber, `tracing` asks the thread that comes by a place first whether
/// it is of interest, and threads of other tests have none; so there is always another one.
pub(crate) fn with_subscriber<T>(
    subscriber: impl tracing::Subscriber + Send + Sync,
    work: impl FnOnce() -> T,
) -> T {
    static ANOTHER: LazyLock<tracing::Dispatch> =
        LazyLock::new(|| tracing::Dispatch::new(tracing_subscriber::registry()));
    LazyLock::force(&ANOTHER);
    tracing::subscriber::with_default(subscriber, work)
}

/// A runtime for a server, beside the one that a test runs on.
pub(crate) fn server_runtime() -> tokio::runtime::Runtime {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder.worker_threads(1).enable_all().build().unwrap()
}

/// Serves a fake over HTTP, 1.1 or 2, on loopback; returns its base URL.
pub(crate) async fn serve(fake: &FakeClerk) -> String {
    serve_transport(fake.transport()).await
}

/// The same for what answers in a fake's place.
pub(crate) async fn serve_transport(transport: DynTransport) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            stream.set_nodelay(true).unwrap();
            let transport = transport.clone();
            let service =
                hyper::service::service_fn(move |request: http::Request<hyper::body::Incoming>| {
                    let transport = transport.clone();
                    async move {
                        let (parts, body) = request.into_parts();
                        let body = body.collect().await.unwrap().to_bytes();
                        let answer = transport.send(http::Request::from_parts(parts, body)).await;
                        Ok::<_, std::convert::Infallible>(answer.unwrap().map(Full::new))
                    }
                });
            let stream = hyper_util::rt::TokioIo::new(stream);
            tokio::spawn(async move {
                let executor = hyper_util::rt::TokioExecutor::new();
                let server = hyper_util::server::conn::auto::Builder::new(executor);
                let _ = server.serve_connection(stream, service).await;
            });
        }
    });
    format!("http://{address}/v1")
}

/// A server that speaks raw bytes, a thread for each connection.
pub(crate) struct RawServer {
    address: SocketAddr,
    stopped: Arc<AtomicBool>,
    connections: Arc<AtomicUsize>,
    requests: Arc<Mutex<Vec<String>>>,
}

impl RawServer {
    /// `answer` says what to write for each request; an empty answer, or one without
    /// `keep-alive`, closes the connection.
    pub(crate) fn start(answer: impl Fn(&str) -> Vec<u8> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self {
            address: listener.local_addr().unwrap(),
            stopped: Arc::default(),
            connections: Arc::default(),
            requests: Arc::default(),
        };
        let (stopped, requests) = (server.stopped.clone(), server.requests.clone());
        let connections = server.connections.clone();
        let answer = Arc::new(answer);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { return };
                if stopped.load(Ordering::SeqCst) {
                    return;
                }
                connections.fetch_add(1, Ordering::SeqCst);
                let (answer, requests) = (answer.clone(), requests.clone());
                thread::spawn(move || {
                    while let Some(request) = read_request(&mut stream) {
                        let answer = answer(&request);
                        requests.lock().unwrap().push(request);
                        let _ = stream.write_all(&answer);
                        if !answer.windows(10).any(|window| window == b"keep-alive") {
                            return;
                        }
                    }
                });
            }
        });
        server
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// Head and body of each request so far.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

impl Drop for RawServer {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
    }
}

/// A whole request, head and body; `None` where the other side is gone.
pub(crate) fn read_request(stream: &mut TcpStream) -> Option<String> {
    let mut request = Vec::new();
    let mut byte = [0];
    while !request.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte).ok()? == 0 {
            return None;
        }
        request.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&request).to_lowercase();
    let length = head
        .split("content-length: ")
        .nth(1)
        .and_then(|rest| rest.split("\r\n").next());
    let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
    stream.read_exact(&mut body).ok()?;
    request.extend(body);
    Some(String::from_utf8_lossy(&request).into_owned())
}

/// A user with every field of the specification set.
pub(crate) fn full_user() -> Value {
    serde_json::from_str(include_str!("full_user.json")).unwrap()
}

/// A membership with every field of the specification set.
pub(crate) fn full_membership() -> Value {
    full_user()["organization_memberships"][0].clone()
}

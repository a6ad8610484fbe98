//! Helpers and servers that the tests share.

pub(crate) mod faulty_server;
pub(crate) mod h2_bridge;
pub(crate) mod proxy;
pub(crate) mod raw_http2;
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

/// Returns a client and the list of the requests that it sends. The response to each request is
/// `reply`. The client does not retry.
pub(crate) fn client_replying(
    reply: impl Fn() -> Reply + Send + 'static,
) -> (Clerk, Arc<Mutex<Vec<RecordedRequest>>>) {
    let requests = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&requests);
    let mut transport = MockTransport::new();
    transport.expect_send().returning(move |request| {
        log.lock().unwrap().push(request);
        reply()
    });
    let clerk = Clerk::builder(transport, key()).retry(RetryPolicy::none());
    (clerk.build().unwrap(), requests)
}

/// Returns a client that gets status 200 and this body for every request.
pub(crate) fn client_replying_ok(body: impl Into<String>) -> Clerk {
    let body = body.into();
    let (clerk, _) = client_replying(move || Reply::bytes(200, body.clone()));
    clerk
}

/// Runs a future on tokio.
pub(crate) fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.unwrap().block_on(future)
}

/// Runs `work` with a subscriber for this thread.
///
/// While a process has a single subscriber, the first thread that reaches a callsite decides for
/// all threads whether `tracing` enables the callsite. If that first thread belongs to a test
/// without a subscriber, `tracing` disables the callsite. A second subscriber prevents this.
pub(crate) fn with_subscriber<T>(
    subscriber: impl tracing::Subscriber + Send + Sync,
    work: impl FnOnce() -> T,
) -> T {
    static SECOND: LazyLock<tracing::Dispatch> =
        LazyLock::new(|| tracing::Dispatch::new(tracing_subscriber::registry()));
    LazyLock::force(&SECOND);
    tracing::subscriber::with_default(subscriber, work)
}

/// Returns a runtime for a server, separate from the test's runtime.
pub(crate) fn server_runtime() -> tokio::runtime::Runtime {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder.worker_threads(1).enable_all().build().unwrap()
}

/// Serves a fake over HTTP/1.1 and HTTP/2 on loopback. Returns the base URL.
pub(crate) async fn serve(fake: &FakeClerk) -> String {
    serve_transport(fake.transport()).await
}

/// Serves any transport over HTTP/1.1 and HTTP/2 on loopback. Returns the base URL.
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
                        let response = transport.send(http::Request::from_parts(parts, body)).await;
                        Ok::<_, std::convert::Infallible>(response.unwrap().map(Full::new))
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

/// A server that writes raw bytes, with a thread for each connection.
pub(crate) struct RawServer {
    address: SocketAddr,
    stopped: Arc<AtomicBool>,
    connections: Arc<AtomicUsize>,
    requests: Arc<Mutex<Vec<String>>>,
}

impl RawServer {
    /// Starts a server. `respond` returns the bytes to write for a request. A response without
    /// `keep-alive` closes the connection.
    pub(crate) fn start(respond: impl Fn(&str) -> Vec<u8> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self {
            address: listener.local_addr().unwrap(),
            stopped: Arc::default(),
            connections: Arc::default(),
            requests: Arc::default(),
        };
        let (stopped, requests) = (server.stopped.clone(), server.requests.clone());
        let connections = server.connections.clone();
        let respond = Arc::new(respond);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { return };
                if stopped.load(Ordering::SeqCst) {
                    return;
                }
                connections.fetch_add(1, Ordering::SeqCst);
                let (respond, requests) = (respond.clone(), requests.clone());
                thread::spawn(move || {
                    while let Some(request) = read_request(&mut stream) {
                        let response = respond(&request);
                        requests.lock().unwrap().push(request);
                        let _ = stream.write_all(&response);
                        if !response.windows(10).any(|window| window == b"keep-alive") {
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

    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// Returns the head and body of each request so far.
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

/// Returns the head and the body of a request, or `None` if the client closed the connection.
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

/// Returns a user with every field of the specification.
pub(crate) fn full_user() -> Value {
    serde_json::from_str(include_str!("full_user.json")).unwrap()
}

/// Returns a membership with every field of the specification.
pub(crate) fn full_membership() -> Value {
    full_user()["organization_memberships"][0].clone()
}

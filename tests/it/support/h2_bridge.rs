//! A server that speaks HTTP/2 to the client and HTTP/1.1 to the server behind it. So tests that
//! script an HTTP/1.1 server byte by byte also cover HTTP/2.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use clerk_client::transport::{
    DynTransport, HttpRequest, HttpResponse, HttpTransport, TransportError, async_trait,
};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::client::conn::http1::SendRequest;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::{TcpListener, TcpStream};

use crate::support::server_runtime;

/// The idle connections to the servers behind the bridge, by port.
type Idle = Arc<Mutex<HashMap<u16, Vec<SendRequest<Full<bytes::Bytes>>>>>>;

type BoxError = Box<dyn std::error::Error + Send + Sync>;

pub(crate) struct Bridge {
    port: u16,
    _runtime: tokio::runtime::Runtime,
}

impl Bridge {
    pub(crate) fn start() -> Arc<Self> {
        let runtime = server_runtime();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let port = listener.local_addr().unwrap().port();
        runtime.spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(async move {
                    // Each client connection has its own idle connections.
                    let idle = Idle::default();
                    let service =
                        hyper::service::service_fn(|request| forward(request, idle.clone()));
                    let server = hyper::server::conn::http2::Builder::new(TokioExecutor::new());
                    let _ = server.serve_connection(TokioIo::new(stream), service).await;
                });
            }
        });
        Arc::new(Self {
            port,
            _runtime: runtime,
        })
    }

    /// Returns a transport that sends plain HTTP to loopback through this bridge.
    pub(crate) fn over(self: &Arc<Self>, transport: DynTransport) -> DynTransport {
        Arc::new(Bridged {
            transport,
            bridge: Arc::clone(self),
        })
    }
}

/// Forwards a request to the port that the first path segment names.
async fn forward(
    request: http::Request<Incoming>,
    idle: Idle,
) -> Result<http::Response<Incoming>, BoxError> {
    let (mut parts, body) = request.into_parts();
    let path = parts.uri.path().trim_start_matches('/').to_owned();
    let (port, path) = path.split_once('/').unwrap();
    let port: u16 = port.parse().unwrap();
    parts.uri = format!("/{path}").parse().unwrap();
    parts.version = http::Version::HTTP_11;
    parts
        .headers
        .insert("host", http::HeaderValue::from_static("localhost"));
    let body = body.collect().await?.to_bytes();

    let reused = idle.lock().unwrap().get_mut(&port).and_then(Vec::pop);
    let mut sender = match reused.filter(SendRequest::is_ready) {
        Some(sender) => sender,
        None => connect(port).await?,
    };
    let response = sender
        .send_request(http::Request::from_parts(parts, Full::new(body)))
        .await?;
    tokio::spawn(async move {
        if sender.ready().await.is_ok() {
            idle.lock().unwrap().entry(port).or_default().push(sender);
        }
    });
    let (mut parts, body) = response.into_parts();
    // HTTP/2 has no connection-specific headers.
    for name in ["connection", "transfer-encoding", "keep-alive"] {
        parts.headers.remove(name);
    }
    parts.version = http::Version::HTTP_2;
    Ok(http::Response::from_parts(parts, body))
}

async fn connect(port: u16) -> Result<SendRequest<Full<bytes::Bytes>>, BoxError> {
    let stream = TcpStream::connect(("127.0.0.1", port)).await;
    // This error says that the server did not process the request.
    let stream = stream.map_err(|_| h2::Error::from(h2::Reason::REFUSED_STREAM))?;
    let (sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    Ok(sender)
}

struct Bridged {
    transport: DynTransport,
    bridge: Arc<Bridge>,
}

#[async_trait]
impl HttpTransport for Bridged {
    async fn send(&self, mut request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let uri = request.uri();
        if uri.scheme_str() == Some("http") && uri.host() == Some("127.0.0.1") {
            let (port, bridge) = (uri.port_u16().unwrap_or(80), self.bridge.port);
            let target = uri.path_and_query().map_or("/", |target| target.as_str());
            *request.uri_mut() = format!("http://127.0.0.1:{bridge}/{port}{target}")
                .parse()
                .unwrap();
        }
        self.transport.send(request).await
    }

    async fn sleep(&self, duration: Duration) {
        self.transport.sleep(duration).await;
    }

    fn now(&self) -> Duration {
        self.transport.now()
    }
}

impl fmt::Debug for Bridged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.transport.fmt(f)
    }
}

//! A TLS server.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use clerk_client::User;
use clerk_client::http::{Request, Response};
use clerk_client::transport::bytes::Bytes;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio_rustls::TlsAcceptor;

use crate::server::server_runtime;
use crate::together::Together;

/// The protocol of a [`TlsServer`].
#[derive(Clone, Copy)]
pub enum Protocol {
    /// HTTP/1.1.
    Http1,
    /// HTTP/2, with a limit on the concurrent requests of a connection.
    Http2 {
        /// The maximum number of concurrent requests.
        streams: u32,
    },
}

/// A TLS server that responds to each request with the same user. It runs on its own thread.
pub struct TlsServer {
    /// The barrier that each request passes before its response is sent.
    pub together: Arc<Together>,
    url: String,
    certificate: Vec<u8>,
    connections: Arc<AtomicUsize>,
    _runtime: Runtime,
}

impl TlsServer {
    /// Starts a server with a new certificate for `localhost`.
    pub fn start(protocol: Protocol) -> Self {
        let names = vec!["localhost".to_owned()];
        let CertifiedKey { cert, signing_key } =
            generate_simple_self_signed(names).expect("a certificate");
        let key = PrivateKeyDer::try_from(signing_key.serialize_der()).expect("a key");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(vec![cert.der().clone()], key);
        let mut config = config.expect("a configuration");
        if matches!(protocol, Protocol::Http2 { .. }) {
            config.alpn_protocols = vec![b"h2".to_vec()];
        }
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let runtime = server_runtime();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"));
        let listener = listener.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let connections = Arc::new(AtomicUsize::new(0));
        let accepted = Arc::clone(&connections);
        let together = Arc::<Together>::default();
        let barrier = Arc::clone(&together);
        runtime.spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.expect("a connection");
                stream.set_nodelay(true).expect("a socket");
                accepted.fetch_add(1, Ordering::Relaxed);
                tokio::spawn(serve(
                    acceptor.clone(),
                    stream,
                    protocol,
                    Arc::clone(&barrier),
                ));
            }
        });
        Self {
            together,
            url: format!("https://localhost:{port}/v1"),
            certificate: cert.der().to_vec(),
            connections,
            _runtime: runtime,
        }
    }

    /// Returns the base URL.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns the number of connections that were opened.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }

    /// Returns the certificate to trust, in DER form.
    pub fn certificate(&self) -> &[u8] {
        &self.certificate
    }
}

async fn serve(
    acceptor: TlsAcceptor,
    stream: TcpStream,
    protocol: Protocol,
    together: Arc<Together>,
) {
    // A client may close the connection before the handshake is complete.
    let Ok(stream) = acceptor.accept(stream).await else {
        return;
    };
    let service = service_fn(move |_: Request<Incoming>| {
        let together = Arc::clone(&together);
        async move {
            together.wait().await;
            let user = serde_json::to_string(&User::new("user_1")).expect("JSON");
            Ok::<_, Infallible>(Response::new(Full::new(Bytes::from(user))))
        }
    });
    let mut server = auto::Builder::new(TokioExecutor::new());
    if let Protocol::Http2 { streams } = protocol {
        server.http2().max_concurrent_streams(streams);
    }
    let _ = server.serve_connection(TokioIo::new(stream), service).await;
}

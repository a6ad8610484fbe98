//! A server behind TLS.

use std::convert::Infallible;
use std::sync::Arc;

use clerk_client::User;
use clerk_client::http::{Request, Response};
use clerk_client::transport::bytes::Bytes;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio_rustls::TlsAcceptor;

use crate::server::server_runtime;

/// A server that has one user. It runs on its own thread, over HTTP/1.1 and TLS.
pub struct TlsServer {
    url: String,
    certificate: Vec<u8>,
    _runtime: Runtime,
}

impl TlsServer {
    /// Starts a server with a new certificate for `localhost`.
    pub fn start() -> Self {
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
        let acceptor = TlsAcceptor::from(Arc::new(config.expect("a configuration")));
        let runtime = server_runtime();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"));
        let listener = listener.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        runtime.spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.expect("a connection");
                tokio::spawn(serve(acceptor.clone(), stream));
            }
        });
        Self {
            url: format!("https://localhost:{port}/v1"),
            certificate: cert.der().to_vec(),
            _runtime: runtime,
        }
    }

    /// Returns the base URL.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns the certificate to trust, in DER form.
    pub fn certificate(&self) -> &[u8] {
        &self.certificate
    }
}

async fn serve(acceptor: TlsAcceptor, stream: TcpStream) {
    let stream = acceptor.accept(stream).await.expect("a handshake");
    let service = service_fn(|_: Request<Incoming>| async {
        let user = serde_json::to_string(&User::new("user_1")).expect("JSON");
        Ok::<_, Infallible>(Response::new(Full::new(Bytes::from(user))))
    });
    let _ = http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

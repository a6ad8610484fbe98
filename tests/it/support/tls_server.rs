//! A certificate authority and a TLS server for tests.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use clerk_client::User;
use http_body_util::{BodyExt, Full};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Barrier;

use crate::support::server_runtime;

/// A certificate authority.
pub(crate) struct Authority(pub(crate) CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub(crate) fn new(name: &str) -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        Self(CertifiedIssuer::self_signed(params, key).unwrap())
    }

    pub(crate) fn der(&self) -> Vec<u8> {
        self.0.der().to_vec()
    }

    /// Issues a server certificate for `name`. It expires at the start of the year `until`.
    fn issue(&self, name: &str, until: i32) -> (CertificateDer<'static>, PrivateKeyDer<'static>) {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new([name.to_owned()]).unwrap();
        params.not_before = date_time_ymd(2000, 1, 1);
        params.not_after = date_time_ymd(until, 1, 1);
        let certificate = params.signed_by(&key, &self.0).unwrap();
        (
            certificate.der().clone(),
            PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
        )
    }
}

/// A TLS server on its own runtime.
pub(crate) struct TlsServer {
    pub(crate) url: String,
    port: u16,
    pub(crate) connections: Arc<AtomicUsize>,
    _runtime: tokio::runtime::Runtime,
}

/// Returns an acceptor with a certificate for `name`. The certificate expires at the start of the
/// year `until`.
pub(crate) fn acceptor(
    authority: &Authority,
    name: &str,
    until: i32,
    protocols: &[&str],
) -> tokio_rustls::TlsAcceptor {
    let (certificate, key) = authority.issue(name, until);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    config.alpn_protocols = protocols
        .iter()
        .map(|name| name.as_bytes().to_vec())
        .collect();
    tokio_rustls::TlsAcceptor::from(Arc::new(config))
}

impl TlsServer {
    pub(crate) fn start(authority: &Authority, name: &str, until: i32, protocols: &[&str]) -> Self {
        Self::with(authority, (name, until), protocols, 1)
    }

    /// Starts a server that responds only after it has received `requests` requests.
    pub(crate) fn start_meeting(
        authority: &Authority,
        name: &str,
        protocols: &[&str],
        requests: usize,
    ) -> Self {
        Self::with(authority, (name, 2200), protocols, requests)
    }

    fn with(
        authority: &Authority,
        (name, until): (&str, i32),
        protocols: &[&str],
        requests: usize,
    ) -> Self {
        let acceptor = acceptor(authority, name, until, protocols);
        let runtime = server_runtime();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let port = listener.local_addr().unwrap().port();
        let connections = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&connections);
        let meeting = Arc::new(Barrier::new(requests));
        runtime.spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                counter.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(serve(acceptor.clone(), stream, Arc::clone(&meeting)));
            }
        });
        Self {
            url: format!("https://localhost:{port}/v1"),
            port,
            connections,
            _runtime: runtime,
        }
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }
}

/// Responds with a user whose id is the HTTP version of the request.
async fn serve(acceptor: tokio_rustls::TlsAcceptor, stream: TcpStream, meeting: Arc<Barrier>) {
    // Some tests expect a handshake to fail.
    let Ok(stream) = acceptor.accept(stream).await else {
        return;
    };
    let http2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
    let respond = |request: http::Request<hyper::body::Incoming>| {
        let meeting = Arc::clone(&meeting);
        async move {
            let version = format!("{:?}", request.version());
            request.into_body().collect().await.unwrap();
            meeting.wait().await;
            let user = serde_json::to_string(&User::new(version)).unwrap();
            let body = Full::new(bytes::Bytes::from(user));
            Ok::<_, std::convert::Infallible>(http::Response::new(body))
        }
    };
    let service = hyper::service::service_fn(respond);
    let stream = TokioIo::new(stream);
    let _ = if http2 {
        hyper::server::conn::http2::Builder::new(TokioExecutor::new())
            .serve_connection(stream, service)
            .await
    } else {
        hyper::server::conn::http1::Builder::new()
            .serve_connection(stream, service)
            .await
    };
}

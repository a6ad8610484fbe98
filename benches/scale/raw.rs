//! hyper-util's pooled client, as an application would set it up by itself.

use std::time::Duration;

use clerk_client::transport::bytes::Bytes;
use http_body_util::{BodyExt, Empty};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::{ClientConfig, RootCertStore};

pub(crate) type Raw = Client<HttpsConnector<HttpConnector>, Empty<Bytes>>;

/// Trusts this certificate and Mozilla's.
pub(crate) fn client(certificate: &[u8], idle: Duration, http2: bool) -> Raw {
    let mut roots = RootCertStore::from_iter(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    if !certificate.is_empty() {
        roots
            .add(certificate.to_vec().into())
            .expect("a certificate");
    }
    let provider = rustls::crypto::ring::default_provider();
    let config = ClientConfig::builder_with_provider(provider.into())
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    // Without it many calls at once wait for the acknowledgements of others.
    let mut http = HttpConnector::new();
    http.set_nodelay(true);
    http.enforce_http(false);
    let connector = HttpsConnectorBuilder::new()
        .with_tls_config(config)
        .https_or_http()
        .enable_all_versions()
        .wrap_connector(http);
    Client::builder(TokioExecutor::new())
        .pool_timer(TokioTimer::new())
        .pool_idle_timeout(idle)
        .http2_only(http2)
        .build(connector)
}

/// Collects the body, and does not read it.
pub(crate) async fn get(client: &Raw, url: &str) -> Bytes {
    let uri = format!("{url}/users/user_1").parse().expect("a URL");
    let answer = client.get(uri).await.expect("an answer");
    let body = answer.into_body().collect().await;
    body.expect("a body").to_bytes()
}

//! hyper-util's pooled client, set up as in an application.

use std::time::Duration;

use clerk_client::transport::bytes::Bytes;
use http_body_util::{BodyExt, Empty};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::{ClientConfig, RootCertStore};

pub(crate) type HyperClient = Client<HttpsConnector<HttpConnector>, Empty<Bytes>>;

/// Creates a client that trusts Mozilla's root certificates. If `certificate` is not empty, the
/// client also trusts this certificate.
pub(crate) fn client(certificate: &[u8], idle: Duration, http2: bool) -> HyperClient {
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
    // With Nagle's algorithm, concurrent calls would wait for each other's acknowledgements.
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

/// Gets the user and collects the body without decoding it.
pub(crate) async fn get(client: &HyperClient, url: &str) -> Bytes {
    let uri = format!("{url}/users/user_1").parse().expect("a URL");
    let response = client.get(uri).await.expect("a response");
    let body = response.into_body().collect().await;
    body.expect("a body").to_bytes()
}

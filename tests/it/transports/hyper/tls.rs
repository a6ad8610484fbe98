//! TLS, with a certificate authority made for the tests.

use std::sync::Arc;

use clerk_client::transport::{
    DynTransport, HttpResponse, HttpTransport, Roots, TransportBuilder, TransportError,
    TransportErrorKind,
};
use clerk_client::{Clerk, ErrorKind, SurfTransport};

use super::{Runtime, cause, get, on_both};
use crate::support::key;
use crate::support::tls_server::{Authority, TlsServer};
type BoxFuture<T> = std::pin::Pin<Box<dyn Future<Output = T> + Send>>;

on_both! {
    certificates_are_verified,
    root_certificates_may_be_in_pem_form,
    an_invalid_root_certificate_is_named_beside_all_roots,
    http_version_is_negotiated,
    a_custom_tls_config_is_used,
}

fn certificates_are_verified<R: Runtime>() {
    let trusting = |authority: &Authority| {
        Arc::new(R::build(R::builder().add_root_certificate(authority.der()))) as DynTransport
    };
    let good = check_certificates(R::NAME, trusting, |work| R::run(work));
    // Without roots, no certificate is trusted.
    let transport = R::build(R::builder().roots(Roots::None));
    let error = R::run(transport.send(get(&good.url))).unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Tls);
}

fn root_certificates_may_be_in_pem_form<R: Runtime>() {
    let (ours, theirs) = (Authority::new("ours"), Authority::new("theirs"));
    let file = format!("# Our authorities\n{}\n{}", theirs.0.pem(), ours.0.pem());
    let server = TlsServer::start(&ours, "localhost", 2200, &[]);
    for roots in [vec![file], vec![theirs.0.pem(), ours.0.pem()]] {
        let builder = roots
            .into_iter()
            .fold(R::builder(), TransportBuilder::add_root_certificate);
        R::run(R::build(builder).send(get(&server.url))).unwrap();
    }
    let pem = ours.0.pem();
    let neither = "pass a certificate in DER form, or a PEM file of certificates";
    for (broken, reason) in [
        (String::new(), neither),
        (
            pem.replace("-----END CERTIFICATE-----", ""),
            "a section has no end",
        ),
        (pem.replace("MII", "!!!"), "base64"),
        (
            pem.replace(" CERTIFICATE", " PRIVATE KEY"),
            "contains no certificate",
        ),
        (
            format!("{pem}{}", pem.replace("-----END", "")),
            "a section has no end",
        ),
        (
            pem.replace("-----BEGIN CERTIFICATE-----", "-----BEGIN CERTIFICATE---"),
            "the line \"-----BEGIN CERTIFICATE---\" is malformed",
        ),
        // An environment variable may lose the line breaks of its value.
        (
            pem.replace('\n', ""),
            "-----END CERTIFICATE----- must be on a line of its own",
        ),
        (
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".to_owned(),
            neither,
        ),
    ] {
        let error = R::try_build(R::builder().add_root_certificate(broken.clone())).err();
        let error = error.unwrap_or_else(|| panic!("accepted: {broken}"));
        assert_eq!(error.kind(), ErrorKind::Configuration);
        let error = error.to_string();
        assert!(error.contains("invalid root certificate"), "{error}");
        assert!(error.contains(reason), "{error}");
        assert!(!error.contains("[45, "), "bytes of a line: {error}");
    }
}

fn an_invalid_root_certificate_is_named_beside_all_roots<R: Runtime>() {
    for roots in [Roots::Webpki, Roots::Platform, Roots::None] {
        let builder = R::builder().roots(roots).add_root_certificate(*b"none");
        let error = R::try_build(builder).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        let error = error.to_string();
        assert!(
            error.contains("invalid root certificate"),
            "{roots:?}: {error}"
        );
    }
}

#[test]
fn surf_verifies_certificates() {
    // libcurl reads the file when it connects.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("roots.pem");
    let trusting = |authority: &Authority| {
        std::fs::write(&path, authority.0.pem()).unwrap();
        let transport = SurfTransport::builder().root_certificates(&path).build();
        Arc::new(transport.unwrap()) as DynTransport
    };
    check_certificates("surf", trusting, smol::block_on);
}

/// Checks that a transport accepts a valid certificate and rejects invalid ones. Returns the server
/// with the valid certificate.
pub(crate) fn check_certificates(
    name: &str,
    trusting: impl Fn(&Authority) -> DynTransport,
    run: impl Fn(
        BoxFuture<Result<HttpResponse, TransportError>>,
    ) -> Result<HttpResponse, TransportError>,
) -> TlsServer {
    let (ours, theirs) = (Authority::new("ours"), Authority::new("theirs"));
    let send = |server: &TlsServer| {
        let (transport, request) = (trusting(&ours), get(&server.url));
        run(Box::pin(async move { transport.send(request).await }))
    };
    let good = TlsServer::start(&ours, "localhost", 2200, &[]);
    send(&good).unwrap_or_else(|error| panic!("{name}: {error:?}"));
    for (server, said) in [
        (
            TlsServer::start(&ours, "elsewhere.example", 2200, &[]),
            &[
                "not valid for name",
                "no alternative certificate",
                "ostname mismatch",
            ][..],
        ),
        (
            TlsServer::start(&ours, "localhost", 2001, &[]),
            &["expired"],
        ),
        (
            TlsServer::start(&theirs, "localhost", 2200, &[]),
            &["UnknownIssuer", "unable to get local issuer"],
        ),
    ] {
        let error = send(&server).unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Tls, "{name}: {error:?}");
        let cause = cause(&error);
        assert!(
            said.iter().any(|said| cause.contains(said)),
            "{name}: {cause}"
        );
    }
    good
}

fn version<R: Runtime>(builder: TransportBuilder<R::Transport>, server: &TlsServer) -> String {
    let clerk = Clerk::builder(R::build(builder), key())
        .base_url(&server.url)
        .build()
        .unwrap();
    R::run(clerk.users().ban_user("u")).unwrap().id.to_string()
}

fn http_version_is_negotiated<R: Runtime>() {
    let authority = Authority::new("ours");
    for (protocols, expected) in [
        (&["h2", "http/1.1"][..], "HTTP/2.0"),
        (&["h2"], "HTTP/2.0"),
        (&["http/1.1"], "HTTP/1.1"),
        (&[], "HTTP/1.1"),
    ] {
        let server = TlsServer::start(&authority, "localhost", 2200, protocols);
        let builder = R::builder().add_root_certificate(authority.der());
        assert_eq!(version::<R>(builder, &server), expected, "{protocols:?}");
    }
}

fn a_custom_tls_config_is_used<R: Runtime>() {
    let authority = Authority::new("ours");
    let server = TlsServer::start(&authority, "localhost", 2200, &["h2", "http/1.1"]);
    let mut roots = rustls::RootCertStore::empty();
    roots.add(authority.der().into()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    assert_eq!(
        version::<R>(R::builder().tls_config(config.clone()), &server),
        "HTTP/2.0"
    );
    let mut only_http1 = config;
    only_http1.alpn_protocols = vec![b"http/1.1".to_vec()];
    assert_eq!(
        version::<R>(R::builder().tls_config(only_http1), &server),
        "HTTP/1.1"
    );
}

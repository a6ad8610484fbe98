//! The hyper transports beyond the contract: TLS, HTTP/2, compression, proxies. One scenario for
//! both runtimes.

use std::error::Error as _;
use std::future::Future;
use std::io::Write;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use clerk_client::mock::FakeClerk;
use clerk_client::transport::{
    DynTransport, HttpRequest, HttpResponse, HttpTransport, Roots, TransportBuilder,
    TransportError, TransportErrorKind,
};
use clerk_client::{
    Clerk, Error, ErrorKind, RetryPolicy, SmolTransport, SurfTransport, TokioTransport,
};

use crate::proxy::{Proxy, Vanishing};
use crate::support::{BoxFuture, RawServer, key};
use crate::tls_server::{Authority, TlsServer};

/// Both runtimes: a transport built from the same settings, and what runs its futures.
trait Runtime {
    type Transport: HttpTransport;

    const NAME: &str;

    fn builder() -> TransportBuilder<Self::Transport>;
    fn try_build(builder: TransportBuilder<Self::Transport>) -> Result<Self::Transport, Error>;
    fn run<T>(future: impl Future<Output = T>) -> T;

    fn build(builder: TransportBuilder<Self::Transport>) -> Self::Transport {
        Self::try_build(builder).unwrap()
    }
}

struct Tokio;

impl Runtime for Tokio {
    type Transport = TokioTransport;

    const NAME: &str = "tokio";

    fn builder() -> TransportBuilder<TokioTransport> {
        TokioTransport::builder()
    }

    fn try_build(builder: TransportBuilder<TokioTransport>) -> Result<TokioTransport, Error> {
        builder.build()
    }

    fn run<T>(future: impl Future<Output = T>) -> T {
        crate::support::run(future)
    }
}

struct Smol;

impl Runtime for Smol {
    type Transport = SmolTransport;

    const NAME: &str = "smol";

    fn builder() -> TransportBuilder<SmolTransport> {
        SmolTransport::builder()
    }

    fn try_build(builder: TransportBuilder<SmolTransport>) -> Result<SmolTransport, Error> {
        builder.build()
    }

    fn run<T>(future: impl Future<Output = T>) -> T {
        smol::block_on(future)
    }
}

/// One test of each scenario for each runtime.
macro_rules! on_both {
    ($($scenario:ident,)+) => {
        mod on_tokio {
            $(#[test] fn $scenario() { super::$scenario::<super::Tokio>(); })+
        }
        mod on_smol {
            $(#[test] fn $scenario() { super::$scenario::<super::Smol>(); })+
        }
    };
}

on_both! {
    certificates_are_verified,
    http_versions_are_agreed_on,
    a_ready_made_configuration_is_used,
    concurrent_requests_share_an_http2_connection,
    compressed_bodies_are_undone_and_bounded,
    https_goes_through_the_proxy,
    requests_that_cannot_be_sent_say_so,
    a_vanished_peer_costs_one_deadline,
}

fn get(url: &str) -> HttpRequest {
    http::Request::get(url).body(Default::default()).unwrap()
}

fn cause(error: &TransportError) -> String {
    let mut cause = error.source().unwrap();
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}

fn certificates_are_verified<R: Runtime>() {
    let trusting = |authority: &Authority| {
        Arc::new(R::build(R::builder().add_root_certificate(authority.der()))) as DynTransport
    };
    let good = verified(R::NAME, trusting, |work| R::run(work));
    let error = R::try_build(R::builder().add_root_certificate(*b"none")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    // Nobody's word counts.
    let transport = R::build(R::builder().roots(Roots::None));
    let error = R::run(transport.send(get(&good.url))).unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Tls);
}

#[test]
fn surf_verifies_certificates() {
    let trusting = |authority: &Authority| {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(&file, authority.0.pem()).unwrap();
        let (_, path) = file.keep().unwrap();
        let transport = SurfTransport::builder().root_certificates(path).build();
        Arc::new(transport.unwrap()) as DynTransport
    };
    verified("surf", trusting, smol::block_on);
}

/// Good and bad certificates, for any transport; returns the good server.
fn verified(
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
            ["not valid for name", "another host, expired"],
        ),
        (
            TlsServer::start(&ours, "localhost", 2001, &[]),
            ["expired", "another host, expired"],
        ),
        (
            TlsServer::start(&theirs, "localhost", 2200, &[]),
            ["UnknownIssuer", "an unknown issuer"],
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

fn http_versions_are_agreed_on<R: Runtime>() {
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

fn a_ready_made_configuration_is_used<R: Runtime>() {
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

fn concurrent_requests_share_an_http2_connection<R: Runtime>() {
    let authority = Authority::new("ours");
    let server = TlsServer::start(&authority, "localhost", 2200, &["h2"]);
    let transport = R::build(R::builder().add_root_certificate(authority.der()));
    let clerk = Clerk::builder(transport, key())
        .base_url(&server.url)
        .build()
        .unwrap();
    R::run(async {
        clerk.users().get_user("first").await.unwrap();
        let calls = (0..64).map(|_| clerk.users().get_user("u"));
        for user in futures_util::future::join_all(calls).await {
            assert_eq!(user.unwrap().id, "HTTP/2.0");
        }
    });
    assert_eq!(server.connections.load(Ordering::SeqCst), 1);
}

fn gzip(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

fn compressed_bodies_are_undone_and_bounded<R: Runtime>() {
    const LIMIT: usize = 1 << 20;
    let send = |body: Vec<u8>, ask: Option<&'static str>| -> Result<HttpResponse, TransportError> {
        let server = RawServer::start(move |_| {
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n",
                body.len()
            );
            [head.as_bytes(), &body].concat()
        });
        let transport = R::build(R::builder().max_response_bytes(LIMIT));
        let mut request = get(&server.url());
        request.headers_mut().extend(ask.map(|ask| {
            (
                http::header::ACCEPT_ENCODING,
                http::HeaderValue::from_static(ask),
            )
        }));
        R::run(transport.send(request))
    };
    let text = "x".repeat(LIMIT);
    assert_eq!(send(gzip(text.as_bytes()), None).unwrap().body(), &text);
    assert_eq!(send(gzip(b""), None).unwrap().body(), "");
    assert_eq!(send(Vec::new(), None).unwrap().body(), "");
    let twice = [gzip(b"ab"), gzip(b"cd")].concat();
    assert_eq!(send(twice, None).unwrap().body(), "abcd");

    // A hundred megabytes in a hundred kilobytes.
    let bomb = send(gzip(&vec![0; 100 << 20]), None).unwrap_err();
    assert_eq!(bomb.kind(), TransportErrorKind::BodyTooLarge);
    for broken in [
        gzip(text.as_bytes())[..100].to_vec(),
        b"no gzip at all".to_vec(),
    ] {
        assert_eq!(
            send(broken, None).unwrap_err().kind(),
            TransportErrorKind::Body
        );
    }
    // Who asks for an encoding undoes it.
    let own = send(gzip(b"abc"), Some("gzip, br")).unwrap();
    assert_eq!(own.headers()["content-encoding"], "gzip");
    assert_eq!(*own.body(), gzip(b"abc"));
}

fn https_goes_through_the_proxy<R: Runtime>() {
    let authority = Authority::new("ours");
    let server = TlsServer::start(&authority, "clerk.example", 2200, &["h2"]);
    let proxy = Proxy::start(Some(server.port()));
    let builder = || R::builder().add_root_certificate(authority.der());
    let address = format!("http://me:secret@127.0.0.1:{}", proxy.port);

    let transport = R::build(builder().https_proxy(&address, "localhost,127.0.0.1"));
    // A name that only the proxy knows.
    let response = R::run(transport.send(get("https://clerk.example/v1/users/u"))).unwrap();
    assert_eq!(response.status(), 200);
    let asked = proxy.asked();
    assert_eq!(asked.len(), 1);
    assert!(
        asked[0].starts_with("connect clerk.example:443 http/1.1\r\n"),
        "{}",
        asked[0]
    );
    assert!(
        asked[0].contains("proxy-authorization: basic bwu6c2vjcmv0"),
        "{}",
        asked[0]
    );

    // Hosts that are excepted, and plain HTTP, go without.
    let local = FakeClerk::new();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let url = runtime.block_on(crate::support::serve(&local));
    R::run(transport.send(get(&url))).unwrap();
    let excepted = R::run(transport.send(get(&server.url))).unwrap_err();
    assert_eq!(
        excepted.kind(),
        TransportErrorKind::Tls,
        "the certificate is for another name"
    );
    assert_eq!(proxy.asked().len(), 1);

    // A proxy that refuses, and one of another kind.
    let refusing = Proxy::start(None);
    for address in [
        format!("http://127.0.0.1:{}", refusing.port),
        "socks5://127.0.0.1:1".to_owned(),
    ] {
        let transport = R::build(builder().https_proxy(address, ""));
        let error = R::run(transport.send(get("https://clerk.example/"))).unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::NotSent, "{error:?}");
        assert!(!format!("{error:?}").contains("secret"));
    }
}

fn requests_that_cannot_be_sent_say_so<R: Runtime>() {
    let transport = R::build(R::builder());
    for url in ["/v1/users", "ftp://127.0.0.1/", "localhost:80"] {
        let error = R::run(transport.send(get(url))).unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::InvalidRequest, "{url}");
    }
}

fn a_vanished_peer_costs_one_deadline<R: Runtime>() {
    let authority = Authority::new("ours");
    for protocol in ["http/1.1", "h2"] {
        let server = TlsServer::start(&authority, "localhost", 2200, &[protocol]);
        let between = Vanishing::start(server.port());
        let transport = R::builder()
            .add_root_certificate(authority.der())
            .http2_keep_alive(Duration::from_millis(50));
        let clerk = Clerk::builder(R::build(transport), key())
            .base_url(format!("https://localhost:{}/v1", between.port))
            .timeout(Duration::from_millis(400))
            .retry(RetryPolicy::none());
        let users = clerk.build().unwrap().users();
        R::run(async {
            users.get_user("u").await.unwrap();
            between.vanish();
            let error = users.get_user("u").await.unwrap_err();
            assert!(matches!(error.kind(), ErrorKind::Transport(_)), "{error}");
            for _ in 0..3 {
                users.get_user("u").timeout(Duration::MAX).await.unwrap();
            }
        });
        assert_eq!(server.connections.load(Ordering::SeqCst), 2, "{protocol}");
    }
}

/// On one thread. With several, the pool may hear that a connection is free only after the next
/// request asked for one.
#[test]
fn ten_thousand_requests_open_one_connection() {
    let executor = Arc::new(smol::Executor::new());
    let on_tokio = TokioTransport::new().unwrap();
    let on_smol = SmolTransport::builder().build_on(executor.clone()).unwrap();
    let server = || {
        RawServer::start(|_| {
            b"HTTP/1.1 200 OK\r\nconnection: keep-alive\r\ncontent-length: 2\r\n\r\nok".to_vec()
        })
    };
    async fn ask(transport: impl HttpTransport, server: &RawServer) {
        for _ in 0..10_000 {
            let response = transport.send(get(&server.url())).await.unwrap();
            assert_eq!(response.body(), "ok");
        }
    }
    let (first, second) = (server(), server());
    crate::support::run(ask(on_tokio, &first));
    smol::block_on(executor.run(ask(on_smol, &second)));
    assert_eq!((first.connections(), second.connections()), (1, 1));
}

/// The environment is read when the builder is told to; it is set for a process of its own.
#[test]
fn the_proxy_can_come_from_the_environment() {
    const INNER: &str = "hyper::the_proxy_of_this_environment_is_used";
    let proxy = Proxy::start(None);
    let mut test = Command::new(std::env::current_exe().unwrap());
    test.args([INNER, "--exact", "--nocapture"])
        .env("CLERK_TEST_INNER", "1")
        .env("HTTPS_PROXY", format!("http://127.0.0.1:{}", proxy.port))
        .env("NO_PROXY", "excepted.example");
    let output = test.output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
    assert!(String::from_utf8_lossy(&output.stdout).contains("1 passed"));
    assert_eq!(proxy.asked().len(), 1);
    assert!(proxy.asked()[0].starts_with("connect clerk.example:443 "));
}

#[test]
fn the_proxy_of_this_environment_is_used() {
    if std::env::var_os("CLERK_TEST_INNER").is_none() {
        return;
    }
    let transport = TokioTransport::builder().proxy_from_env().build().unwrap();
    crate::support::run(transport.send(get("https://clerk.example/"))).unwrap_err();
}

/// No tokio runtime is there, and none is started.
#[test]
fn smol_starts_no_tokio() {
    const INNER: &str = "hyper::smol_in_a_process_of_its_own";
    let mut test = Command::new(std::env::current_exe().unwrap());
    test.args([INNER, "--exact", "--nocapture"])
        .env("CLERK_TEST_INNER", "1");
    let output = test.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}"
    );
}

#[test]
fn smol_in_a_process_of_its_own() {
    if std::env::var_os("CLERK_TEST_INNER").is_none() {
        return;
    }
    let server = RawServer::start(|_| b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n".to_vec());
    let transport = SmolTransport::new().unwrap();
    smol::block_on(async {
        for _ in 0..3 {
            transport.send(get(&server.url())).await.unwrap();
        }
        transport.sleep(Duration::from_millis(1)).await;
    });
    assert!(tokio::runtime::Handle::try_current().is_err());
    let Ok(threads) = std::fs::read_dir("/proc/self/task") else {
        return;
    };
    for thread in threads {
        let name = std::fs::read_to_string(thread.unwrap().path().join("comm")).unwrap();
        println!("{}", name.trim());
        assert!(!name.contains("tokio"), "{name}");
    }
}

#[test]
fn a_runtime_without_io_is_named() {
    let transport = TokioTransport::new().unwrap();
    let without_io = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let error = without_io
        .block_on(transport.send(get("http://127.0.0.1:9/")))
        .unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Other);
    assert!(cause(&error).contains("enable_all"), "{error:?}");
}

/// Connections on an executor of the application's own.
#[test]
fn smol_runs_on_an_executor_of_ones_own() {
    let server = RawServer::start(|_| b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok".to_vec());
    let executor = Arc::new(smol::Executor::new());
    let transport = SmolTransport::builder().build_on(executor.clone()).unwrap();
    let response = smol::block_on(executor.run(transport.send(get(&server.url()))));
    assert_eq!(response.unwrap().body(), "ok");
}

//! Connections: pooling, compression, invalid requests, addresses that do not work, and vanished
//! peers.

use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use clerk_client::transport::{HttpResponse, HttpTransport, TransportError, TransportErrorKind};
use clerk_client::{Clerk, ErrorKind, RetryPolicy, SmolTransport, TokioTransport};

use http::Version;
use socket2::{Domain, Socket, Type};

use super::{Runtime, cause, get, on_both};
use crate::support::proxy::VanishingProxy;
use crate::support::tls_server::{Authority, TlsServer};
use crate::support::{RawServer, key};

on_both! {
    concurrent_requests_share_an_http2_connection,
    gzip_bodies_are_decompressed_within_the_limit,
    unsupported_urls_are_invalid_requests,
    unsupported_versions_are_invalid_requests,
    a_host_may_have_addresses_that_do_not_work,
    a_vanished_peer_fails_only_the_calls_in_flight,
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

fn gzip_bodies_are_decompressed_within_the_limit<R: Runtime>() {
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

    // The body has a hundred megabytes, and a hundred kilobytes when compressed.
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
    // If the caller requests an encoding, the body stays encoded.
    let own = send(gzip(b"abc"), Some("gzip, br")).unwrap();
    assert_eq!(own.headers()["content-encoding"], "gzip");
    assert_eq!(*own.body(), gzip(b"abc"));
}

fn unsupported_urls_are_invalid_requests<R: Runtime>() {
    let transport = R::build(R::builder());
    for url in ["/v1/users", "ftp://127.0.0.1/", "localhost:80"] {
        let error = R::run(transport.send(get(url))).unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::InvalidRequest, "{url}");
    }
}

fn unsupported_versions_are_invalid_requests<R: Runtime>() {
    let server = RawServer::start(|_| b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok".to_vec());
    let transport = R::build(R::builder());
    for version in [Version::HTTP_09, Version::HTTP_2, Version::HTTP_3] {
        let mut request = get(&server.url());
        *request.version_mut() = version;
        let error = R::run(transport.send(request)).unwrap_err();
        assert_eq!(
            error.kind(),
            TransportErrorKind::InvalidRequest,
            "{version:?}"
        );
    }
}

fn a_host_may_have_addresses_that_do_not_work<R: Runtime>() {
    let server = RawServer::start(|_| b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok".to_vec());
    let [working, hanging, refusing] = [1, 2, 3].map(|last| Ipv4Addr::new(127, 0, 0, last).into());
    let _full = full_queue((hanging, server.port()).into());
    let url = format!("http://Clerk.test:{}/", server.port());
    for addresses in [
        vec![hanging, working],
        vec![hanging, refusing, working],
        vec![refusing, hanging, refusing, hanging, working],
        vec![refusing, "::1".parse().unwrap(), working],
    ] {
        let transport = R::build(R::builder().resolve("clerk.test", addresses.clone()));
        let response = R::run(transport.send(get(&url)));
        assert_eq!(response.unwrap().body(), "ok", "{addresses:?}");
    }
    let url = format!("http://[::2]:{}/", server.port());
    for host in ["::2", "[::2]"] {
        let transport = R::build(R::builder().resolve(host, [working]));
        let response = R::run(transport.send(get(&url)));
        assert_eq!(response.unwrap().body(), "ok", "{host}");
    }
    let url = format!("http://Clerk.test:{}/", server.port());
    for (addresses, connect_timeout, said) in [
        (vec![refusing, refusing], 60_000, "refused"),
        (vec![hanging, refusing], 400, "no connection within 400ms"),
        (vec![], 60_000, "no address"),
    ] {
        let builder = R::builder()
            .resolve("clerk.test", addresses)
            .connect_timeout(Duration::from_millis(connect_timeout));
        let error = R::run(R::build(builder).send(get(&url))).unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::NotSent, "{error:?}");
        assert!(cause(&error).contains(said), "{error:?}");
    }
}

/// Listens at an address that accepts no connection, because its queue is full.
fn full_queue(address: SocketAddr) -> (Socket, Vec<TcpStream>) {
    let listener = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    listener.bind(&address.into()).unwrap();
    listener.listen(0).unwrap();
    let mut queue = Vec::new();
    while let Ok(stream) = TcpStream::connect_timeout(&address, Duration::from_millis(250)) {
        queue.push(stream);
    }
    (listener, queue)
}

fn a_vanished_peer_fails_only_the_calls_in_flight<R: Runtime>() {
    let authority = Authority::new("ours");
    for protocol in ["http/1.1", "h2"] {
        let server = TlsServer::start(&authority, "localhost", 2200, &[protocol]);
        let between = VanishingProxy::start(server.port());
        // On a busy machine, even a working peer may be silent for a few seconds. A much shorter
        // keep-alive could close its connection.
        let transport = R::builder()
            .add_root_certificate(authority.der())
            .http2_keep_alive(Duration::from_secs(5));
        let clerk = Clerk::builder(R::build(transport), key())
            .base_url(format!("https://localhost:{}/v1", between.port))
            .timeout(Duration::MAX)
            .retry(RetryPolicy::none());
        let users = clerk.build().unwrap().users();
        R::run(async {
            users.get_user("u").await.unwrap();
            between.vanish();
            // Over HTTP/2, pings show that the peer has vanished.
            let timeout = if protocol == "h2" { 60 } else { 1 };
            let vanished = users.get_user("u").timeout(Duration::from_secs(timeout));
            let error = vanished.await.unwrap_err();
            assert!(matches!(error.kind(), ErrorKind::Transport(_)), "{error}");
            for _ in 0..3 {
                users.get_user("u").await.unwrap();
            }
        });
        assert!(server.connections.load(Ordering::SeqCst) >= 2, "{protocol}");
    }
}

/// The test runs on one thread. With several threads, the next request may need a connection before
/// the pool learns that one is free.
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

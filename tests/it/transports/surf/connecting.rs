//! The connections of the surf transport, and the errors if a connection cannot be opened.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use clerk_client::SurfTransport;
use clerk_client::transport::{HttpTransport, TransportErrorKind};
use http::Method;

use super::{get, request, send};
use crate::support::server_runtime;
use crate::support::tls_server::{Authority, acceptor};

/// Starts a server that handles each connection on its own thread.
pub(in crate::transports) fn serve(
    handle: impl Fn(TcpStream) + Send + Sync + 'static,
) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let handle = Arc::new(handle);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let handle = handle.clone();
            thread::spawn(move || handle(stream.unwrap()));
        }
    });
    address
}

pub(in crate::transports) fn read_some(stream: &mut TcpStream) {
    let _ = stream.read(&mut [0; 4096]).unwrap();
}

/// Sends a GET and a POST over TLS, and checks the kind of both errors.
fn check_handshake(handle: impl Fn(TcpStream) + Send + Sync + 'static, kind: TransportErrorKind) {
    check_handshake_within(Duration::from_secs(60), handle, kind);
}

fn check_handshake_within(
    connect_timeout: Duration,
    handle: impl Fn(TcpStream) + Send + Sync + 'static,
    kind: TransportErrorKind,
) {
    let url = format!("https://{}/", serve(handle));
    let builder = SurfTransport::builder().connect_timeout(connect_timeout);
    let transport = builder.build().unwrap();
    for method in [Method::GET, Method::POST] {
        let error = send(&transport, request(method, &url, "")).unwrap_err();
        assert_eq!(error.kind(), kind, "{error:?}");
    }
}

#[test]
fn a_request_is_not_sent_if_the_handshake_hangs() {
    check_handshake_within(
        Duration::from_millis(100),
        |mut stream| {
            // This waits until the client closes the connection.
            let _ = stream.read_to_end(&mut Vec::new());
        },
        TransportErrorKind::NotSent,
    );
}

#[test]
fn a_request_is_not_sent_if_the_server_closes_during_the_handshake() {
    check_handshake(
        |mut stream| read_some(&mut stream),
        TransportErrorKind::NotSent,
    );
}

#[test]
fn a_request_is_not_sent_if_the_server_resets_during_the_handshake() {
    check_handshake(
        |mut stream| {
            read_some(&mut stream);
            let stream = socket2::Socket::from(stream);
            stream.set_linger(Some(Duration::ZERO)).unwrap();
        },
        TransportErrorKind::NotSent,
    );
}

#[test]
fn a_request_is_not_sent_if_the_handshake_is_cut_within_a_record() {
    check_handshake(
        |mut stream| {
            read_some(&mut stream);
            stream.write_all(b"\x16\x03\x03\x01\x00\x02").unwrap();
        },
        TransportErrorKind::NotSent,
    );
}

#[test]
fn an_alert_is_a_tls_error() {
    check_handshake(
        |mut stream| {
            read_some(&mut stream);
            // This is the fatal alert handshake_failure.
            stream.write_all(b"\x15\x03\x03\x00\x02\x02\x28").unwrap();
        },
        TransportErrorKind::Tls,
    );
}

#[test]
fn a_server_without_tls_is_a_tls_error() {
    check_handshake(
        |mut stream| {
            read_some(&mut stream);
            stream
                .write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                .unwrap();
        },
        TransportErrorKind::Tls,
    );
}

#[test]
fn a_request_is_not_sent_if_the_connection_is_never_accepted() {
    let listener = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None);
    let listener = listener.unwrap();
    let any = SocketAddr::from(([127, 0, 0, 1], 0));
    listener.bind(&any.into()).unwrap();
    listener.listen(0).unwrap();
    let address = listener.local_addr().unwrap().as_socket().unwrap();
    // The queue of the listener is full when an attempt to connect times out.
    let mut queued = Vec::new();
    while let Ok(stream) = TcpStream::connect_timeout(&address, Duration::from_millis(100)) {
        queued.push(stream);
    }
    let transport = SurfTransport::builder()
        .connect_timeout(Duration::from_millis(100))
        .build()
        .unwrap();
    let error = send(&transport, get(&format!("http://{address}/"))).unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::NotSent, "{error:?}");
}

#[test]
fn a_response_may_take_longer_than_the_connect_timeout() {
    let received = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&received);
    let address = serve(move |mut stream| {
        read_some(&mut stream);
        count.fetch_add(1, Ordering::SeqCst);
        // This wait is longer than the connect timeout, which libcurl measures in real time.
        thread::sleep(Duration::from_millis(1200));
        let response = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";
        stream.write_all(response).unwrap();
    });
    let transport = SurfTransport::builder()
        .connect_timeout(Duration::from_secs(1))
        .build()
        .unwrap();
    let ask = || send(&transport, get(&format!("http://{address}/")));
    let mut response = ask();
    // On a busy machine, the timeout may expire before the connection is open.
    for _ in 0..10 {
        if response.is_err() && received.load(Ordering::SeqCst) == 0 {
            response = ask();
        }
    }
    assert_eq!(response.unwrap().body(), "ok");
}

#[test]
fn concurrent_writes_over_http2_never_share_a_connection() {
    let authority = Authority::new("ours");
    let acceptor = acceptor(&authority, "localhost", 2200, &["h2"]);
    let runtime = server_runtime();
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0"));
    let listener = listener.unwrap();
    let url = format!(
        "https://localhost:{}/",
        listener.local_addr().unwrap().port()
    );
    let (received, next) = smol::channel::unbounded();
    // The server responds only after the last request has arrived.
    let all = Arc::new(tokio::sync::Barrier::new(3));
    runtime.spawn(async move {
        for connection in 0.. {
            let (stream, _) = listener.accept().await.unwrap();
            let stream = acceptor.accept(stream).await.unwrap();
            let mut streams = h2::server::handshake(stream).await.unwrap();
            let (received, all) = (received.clone(), all.clone());
            tokio::spawn(async move {
                while let Some(Ok((_, mut respond))) = streams.accept().await {
                    received.send(connection).await.unwrap();
                    let all = all.clone();
                    tokio::spawn(async move {
                        all.wait().await;
                        respond
                            .send_response(http::Response::new(()), true)
                            .unwrap();
                    });
                }
            });
        }
    });
    let roots = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(&roots, authority.0.pem()).unwrap();
    let builder = SurfTransport::builder().root_certificates(roots.path());
    let transport = Arc::new(builder.build().unwrap());
    smol::block_on(async {
        let mut writes = Vec::new();
        for expected in 0..3 {
            let (transport, url) = (transport.clone(), url.clone());
            writes.push(smol::spawn(async move {
                transport.send(request(Method::POST, &url, "{}")).await
            }));
            assert_eq!(next.recv().await.unwrap(), expected);
        }
        for write in writes {
            assert_eq!(write.await.unwrap().status(), 200);
        }
    });
}

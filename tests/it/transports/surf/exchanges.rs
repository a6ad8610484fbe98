//! Requests and responses: headers that libcurl would add, and truncated bodies.

use std::io::Write;
use std::net::TcpListener;
use std::pin::pin;
use std::thread;

use clerk_client::SurfTransport;
use clerk_client::transport::{HttpTransport, TransportErrorKind};
use futures_util::future::{Either, select};
use http::Method;
use smol::channel::{Receiver, bounded};

use super::{get, request, send};
use crate::support::tls_server::{Authority, acceptor};
use crate::support::{RawServer, read_request, server_runtime};

#[test]
fn a_large_upload_does_not_wait_for_a_continuation() {
    let server = RawServer::start(|_| b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n".to_vec());
    let transport = SurfTransport::new().unwrap();
    let large = vec![b'x'; 2 << 20];
    for method in [Method::POST, Method::PUT, Method::PATCH] {
        send(&transport, request(method, &server.url(), large.clone())).unwrap();
    }
    assert_eq!(server.requests().len(), 3);
    for request in server.requests() {
        let (head, body) = request.split_once("\r\n\r\n").unwrap();
        assert_eq!(body.len(), large.len());
        assert!(!head.to_lowercase().contains("expect"), "{head}");
    }
}

#[test]
fn a_post_without_a_body_has_no_content_type() {
    let server = RawServer::start(|_| b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n".to_vec());
    let transport = SurfTransport::new().unwrap();
    send(&transport, request(Method::POST, &server.url(), "")).unwrap();
    let head = server.requests()[0].to_lowercase();
    assert!(!head.contains("content-type"), "{head}");
    assert!(head.contains("content-length: 0"), "{head}");
}

#[test]
fn an_oversized_body_is_refused_before_it_starts() {
    let server = RawServer::start(|_| {
        b"HTTP/1.1 200 OK\r\nconnection: keep-alive\r\ncontent-length: 11\r\n\r\n".to_vec()
    });
    let transport = SurfTransport::builder().max_response_bytes(10).build();
    let error = send(&transport.unwrap(), get(&server.url())).unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::BodyTooLarge);
}

#[test]
fn a_response_without_a_body_may_announce_any_length() {
    for (method, status) in [
        (Method::HEAD, "200 OK"),
        (Method::GET, "204 No Content"),
        (Method::GET, "304 Not Modified"),
    ] {
        let head = format!("HTTP/1.1 {status}\r\ncontent-length: 11\r\n\r\n");
        let server = RawServer::start(move |_| head.clone().into_bytes());
        let transport = SurfTransport::builder().max_response_bytes(10).build();
        let request = request(method, &server.url(), "");
        let response = send(&transport.unwrap(), request).unwrap();
        assert_eq!(response.body(), "", "{status}");
        assert_eq!(response.headers()["content-length"], "11");
    }
}

#[test]
fn trailers_are_no_headers() {
    let server = RawServer::start(|_| {
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nx-kept: 1\r\n\r\n\
          2\r\nok\r\n0\r\nx-trailer: 1\r\n\r\n"
            .to_vec()
    });
    let response = send(&SurfTransport::new().unwrap(), get(&server.url())).unwrap();
    assert_eq!(response.body(), "ok");
    assert_eq!(response.headers()["x-kept"], "1");
    assert!(!response.headers().contains_key("x-trailer"));
}

/// Starts a server that receives a request and does not respond. The first channel reports the
/// request, and the second the end of the connection.
fn silent() -> (String, Receiver<()>, Receiver<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let ((received, is_received), (ended, is_ended)) = (bounded(1), bounded(1));
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        read_request(&mut stream).unwrap();
        received.send_blocking(()).unwrap();
        assert!(read_request(&mut stream).is_none());
        ended.send_blocking(()).unwrap();
    });
    (url, is_received, is_ended)
}

#[test]
fn dropping_a_request_closes_its_connection() {
    let transport = SurfTransport::new().unwrap();
    let (url, received, ended) = silent();
    smol::block_on(async {
        let sent = transport.send(get(&url));
        let received = pin!(received.recv());
        let Either::Right((_, dropped)) = select(sent, received).await else {
            panic!("nothing was answered");
        };
        drop(dropped);
        ended.recv().await.unwrap();
    });
}

#[test]
fn dropping_the_transport_closes_its_connections() {
    let (ended, is_ended) = bounded(1);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        read_request(&mut stream).unwrap();
        let response = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
        stream.write_all(response).unwrap();
        assert!(read_request(&mut stream).is_none());
        ended.send_blocking(()).unwrap();
    });
    let transport = SurfTransport::new().unwrap();
    send(&transport, get(&url)).unwrap();
    drop(transport);
    is_ended.recv_blocking().unwrap();
}

/// The way in which an HTTP/2 server ends a body before its announced length.
#[derive(Debug, Clone, Copy)]
enum Cut {
    EndOfStream,
    Reset(h2::Reason),
}

#[test]
fn a_truncated_http2_body_is_an_error() {
    let authority = Authority::new("ours");
    let roots = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(&roots, authority.0.pem()).unwrap();
    for cut in [
        Cut::EndOfStream,
        Cut::Reset(h2::Reason::NO_ERROR),
        Cut::Reset(h2::Reason::INTERNAL_ERROR),
        Cut::Reset(h2::Reason::CANCEL),
    ] {
        let runtime = server_runtime();
        let url = runtime.block_on(serve_cut(&authority, cut));
        let builder = SurfTransport::builder().root_certificates(roots.path());
        let transport = builder.build().unwrap();
        for method in [Method::GET, Method::PATCH] {
            let error = send(&transport, request(method, &url, "")).unwrap_err();
            assert_eq!(error.kind(), TransportErrorKind::Body, "{cut:?}: {error:?}");
        }
    }
}

/// Starts a server that announces ten bytes and sends four.
async fn serve_cut(authority: &Authority, cut: Cut) -> String {
    let acceptor = acceptor(authority, "localhost", 2200, &["h2"]);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let stream = acceptor.accept(stream).await.unwrap();
            let mut connection = h2::server::handshake(stream).await.unwrap();
            tokio::spawn(async move {
                while let Some(Ok((_, mut respond))) = connection.accept().await {
                    let head = http::Response::builder().header("content-length", "10");
                    let head = head.body(()).unwrap();
                    let mut body = respond.send_response(head, false).unwrap();
                    let ends = matches!(cut, Cut::EndOfStream);
                    body.send_data(bytes::Bytes::from_static(b"four"), ends)
                        .unwrap();
                    if let Cut::Reset(reason) = cut {
                        tokio::spawn(async move {
                            // The connection's task writes the data before this task continues.
                            tokio::task::yield_now().await;
                            body.send_reset(reason);
                        });
                    }
                }
            });
        }
    });
    format!("https://localhost:{port}/")
}

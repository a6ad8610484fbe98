//! `TokioTransport` against a server that sends what it is told, byte for byte.

use std::time::Duration;

use clerk_client::transport::{
    HttpRequest, HttpResponse, HttpTransport, TransportError, TransportErrorKind,
};
use clerk_client::{Clerk, TokioTransport, UpdateUserRequest};
use futures_util::FutureExt;

use crate::support::{RawServer, key};

fn get(url: &str) -> HttpRequest {
    http::Request::get(url).body(Default::default()).unwrap()
}

async fn fetch(answer: &'static [u8]) -> Result<HttpResponse, TransportError> {
    let server = RawServer::start(|_| answer.to_vec());
    TokioTransport::new()
        .unwrap()
        .send(get(&server.url()))
        .await
}

async fn fetch_kind(answer: &'static [u8]) -> TransportErrorKind {
    fetch(answer).await.unwrap_err().kind()
}

#[tokio::test]
async fn every_status_is_an_answer() {
    for status in [200, 204, 299, 302, 304, 404, 500, 520, 524, 530, 999] {
        let server = RawServer::start(move |_| {
            format!("HTTP/1.1 {status} x\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n")
                .into_bytes()
        });
        let response = TokioTransport::new()
            .unwrap()
            .send(get(&server.url()))
            .await
            .unwrap();
        assert_eq!(response.status(), status);
        assert_eq!(
            server.requests().len(),
            1,
            "{status}: a redirect is not followed"
        );
    }
}

#[tokio::test]
async fn bodies_are_read_to_their_end() {
    let response = fetch(
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n",
    )
    .await;
    assert_eq!(response.unwrap().body(), "abcdefg");
    assert_eq!(
        fetch(b"HTTP/1.1 200 OK\r\n\r\nto the end")
            .await
            .unwrap()
            .body(),
        "to the end"
    );
}

#[tokio::test]
async fn headers_are_kept_as_they_are() {
    let response = fetch(b"HTTP/1.1 200 OK\r\nx: caf\xc3\xa9\r\nset-cookie: a\r\nset-cookie: b\r\ncontent-length: 0\r\n\r\n").await.unwrap();
    assert_eq!(response.headers()["x"].as_bytes(), "café".as_bytes());
    let cookies: Vec<_> = response.headers().get_all("set-cookie").iter().collect();
    assert_eq!(cookies, ["a", "b"]);
}

#[tokio::test]
async fn failures_say_what_may_have_happened() {
    use TransportErrorKind::{Body, Io};
    assert_eq!(
        fetch_kind(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nshort").await,
        Body
    );
    assert_eq!(
        fetch_kind(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nab").await,
        Body
    );
    assert_eq!(fetch_kind(b"").await, Io);
    assert_eq!(fetch_kind(b"HTTP/1.1 200 OK\r\ncontent-le").await, Io);
    assert_eq!(fetch_kind(b"SSH-2.0-OpenSSH\r\n\r\n").await, Body);
}

#[tokio::test]
async fn what_did_not_go_out_says_so() {
    let refused = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}/", listener.local_addr().unwrap())
    };
    let unresolvable = format!("http://{}.invalid/", "x".repeat(64));
    for url in [refused, unresolvable] {
        let error = TokioTransport::new()
            .unwrap()
            .send(get(&url))
            .await
            .unwrap_err();
        assert_eq!(
            error.kind(),
            TransportErrorKind::NotSent,
            "{url}: {error:?}"
        );
    }
}

#[tokio::test]
async fn a_handshake_that_fails_is_tls() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}/", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        use std::io::{Read, Write};
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.read(&mut [0; 1024]);
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n");
    });
    let error = TokioTransport::new()
        .unwrap()
        .send(get(&url))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Tls, "{error:?}");
}

#[tokio::test]
async fn a_body_has_a_limit() {
    let transport = TokioTransport::builder()
        .max_response_bytes(8)
        .build()
        .unwrap();
    for (answer, fits) in [
        (&b"HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\n12345678"[..], true),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n", false),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 1099511627776\r\n\r\n", false),
        (b"HTTP/1.1 200 OK\r\n\r\n123456789", false),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n12345\r\n4\r\n6789\r\n0\r\n\r\n", false),
    ] {
        let server = RawServer::start(|_| answer.to_vec());
        let result = transport.send(get(&server.url())).await;
        match result {
            Ok(response) => assert!(fits && response.body() == "12345678"),
            Err(error) => assert!(!fits && error.kind() == TransportErrorKind::BodyTooLarge, "{error:?}"),
        }
    }
}

fn keep_alive(request: &str) -> Vec<u8> {
    let path = request.split(' ').nth(1).unwrap();
    let id = path.rsplit('/').next().unwrap();
    let body = format!(r#"{{"id":"{id}"}}"#);
    format!(
        "HTTP/1.1 200 OK\r\nconnection: keep-alive\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

fn client(server: &RawServer) -> Clerk {
    let builder = Clerk::builder(TokioTransport::new().unwrap(), key());
    builder.base_url(server.url()).build().unwrap()
}

#[tokio::test]
async fn connections_are_reused() {
    let server = RawServer::start(keep_alive);
    let users = client(&server).users();
    for n in 0..50 {
        let id = format!("user_{n}");
        assert_eq!(users.get_user(&id).await.unwrap().id, *id);
    }
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_dropped_request_harms_no_later_one() {
    // The first request is dropped after it was sent, and its answer may still come.
    let (sent, wait) = std::sync::mpsc::channel();
    let sent = std::sync::Mutex::new(sent);
    let server = RawServer::start(move |request| {
        sent.lock().unwrap().send(()).unwrap();
        keep_alive(request)
    });
    let users = client(&server).users();
    for n in 0..20 {
        let dropped = tokio::spawn(users.get_user("user_dropped"));
        while wait.try_recv().is_err() {
            tokio::task::yield_now().await;
        }
        dropped.abort();
        let id = format!("user_{n}");
        assert_eq!(users.get_user(&id).await.unwrap().id, *id);
        while wait.try_recv().is_err() {}
    }
}

#[tokio::test]
async fn lengths_are_right_and_nothing_is_invented() {
    let server = RawServer::start(keep_alive);
    let users = client(&server).users();
    users
        .update_user("u", UpdateUserRequest::new().first_name("Ada"))
        .await
        .unwrap();
    users.ban_user("u").await.unwrap();
    let requests: Vec<String> = server
        .requests()
        .iter()
        .map(|request| request.to_lowercase())
        .collect();
    assert!(requests[0].starts_with("patch /v1/users/u http/1.1\r\n"));
    assert!(
        requests[0].contains("content-length: 20\r\n"),
        "{}",
        requests[0]
    );
    assert!(requests[0].ends_with("\r\n\r\n{\"first_name\":\"ada\"}"));
    assert!(requests[1].starts_with("post /v1/users/u/ban http/1.1\r\n"));
    assert!(
        requests[1].contains("content-length: 0\r\n"),
        "{}",
        requests[1]
    );
    assert!(!requests[1].contains("content-type") && !requests[1].contains("chunked"));
}

#[test]
fn a_runtime_that_does_not_serve_is_named() {
    let transport = TokioTransport::new().unwrap();
    let outside = transport
        .send(get("http://127.0.0.1:9/"))
        .now_or_never()
        .unwrap()
        .unwrap_err();
    assert_eq!(outside.kind(), TransportErrorKind::Other);
    let source = std::error::Error::source(&outside).unwrap().to_string();
    assert!(source.contains("needs a tokio runtime"), "{source}");
    assert!(transport.sleep(Duration::ZERO).now_or_never().is_none());

    let without_io = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let error = without_io
        .block_on(transport.send(get("http://127.0.0.1:9/")))
        .unwrap_err();
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert!(source.contains("enable_all"), "{source}");
}

#[tokio::test]
async fn time_passes() {
    let transport = TokioTransport::new().unwrap();
    let before = transport.now();
    transport.sleep(Duration::from_millis(5)).await;
    assert!(transport.now() >= before + Duration::from_millis(5));
    assert!(transport.sleep(Duration::MAX).now_or_never().is_none());
}

//! The transport on several executors, and with custom surf clients.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops at the first unexpected result"
)]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

use clerk_core::{
    HttpRequest, HttpResponse, HttpTransport, TransportError, TransportErrorKind, async_trait,
};
use clerk_surf::{SurfTransport, surf};

/// Starts a server whose response has a status and a header that surf cannot represent.
fn serve() -> HttpRequest {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let uri = format!("http://{}/", listener.local_addr().unwrap());
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.read(&mut [0; 4096]).unwrap();
        let response = "HTTP/1.1 520 Odd\r\nx: café\r\ncontent-length: 4\r\n\r\nbody";
        stream.write_all(response.as_bytes()).unwrap();
    });
    http::Request::get(uri).body(Default::default()).unwrap()
}

fn check(result: Result<HttpResponse, TransportError>) {
    let response = result.unwrap();
    assert_eq!(response.status(), 520);
    assert_eq!(response.body(), "body");
    assert_eq!(response.headers()["x"].as_bytes(), "café".as_bytes());
}

#[test]
fn calls_run_on_any_executor() {
    let transport = SurfTransport::new().unwrap();
    check(smol::block_on(transport.send(serve())));
    check(async_std::task::block_on(transport.send(serve())));
    let tokio = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    check(tokio.block_on(transport.send(serve())));
}

/// A custom backend.
#[derive(Debug)]
struct Backend(fn() -> surf::http::Response);

#[async_trait]
impl surf::HttpClient for Backend {
    async fn send(&self, _: surf::http::Request) -> surf::http::Result<surf::http::Response> {
        Ok(self.0())
    }
}

fn send(backend: fn() -> surf::http::Response) -> Result<HttpResponse, TransportError> {
    let client = surf::Client::with_http_client(Backend(backend));
    let request = http::Request::get("http://127.0.0.1/").body(Default::default());
    smol::block_on(SurfTransport::from_client(client).send(request.unwrap()))
}

#[test]
fn custom_clients_work() {
    let response = send(|| {
        let mut response = surf::http::Response::new(201);
        response.append_header("x", "a");
        response.append_header("x", "b");
        response.set_body("body");
        response
    });
    let response = response.unwrap();
    assert_eq!(
        (response.status().as_u16(), &response.body()[..]),
        (201, &b"body"[..])
    );
    let values: Vec<_> = response.headers().get_all("x").iter().collect();
    assert_eq!(values, ["a", "b"]);
}

#[test]
fn a_response_without_a_body_may_announce_any_length() {
    let response = send(|| {
        let mut response = surf::http::Response::new(304);
        response.insert_header("content-length", (64 << 20).to_string());
        response
    });
    let response = response.unwrap();
    assert_eq!(response.status(), 304);
    assert_eq!(response.body(), "");
}

#[test]
fn a_panic_of_the_client_is_an_error() {
    // Constructing a response panics if surf does not know its status.
    let error = send(|| surf::http::Response::new(520)).unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Other);
}

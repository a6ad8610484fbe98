//! Any executor, and any surf client.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected should stop there"
)]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

use clerk_core::{
    HttpRequest, HttpResponse, HttpTransport, TransportError, TransportErrorKind, async_trait,
};
use clerk_surf::{SurfTransport, surf};

/// A server that answers one request with a status and a header that surf does not know.
fn serve() -> HttpRequest {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let uri = format!("http://{}/", listener.local_addr().unwrap());
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.read(&mut [0; 4096]).unwrap();
        let answer = "HTTP/1.1 520 Odd\r\nx: café\r\ncontent-length: 4\r\n\r\nbody";
        stream.write_all(answer.as_bytes()).unwrap();
    });
    http::Request::get(uri).body(Default::default()).unwrap()
}

fn check(result: Result<HttpResponse, TransportError>) {
    let answer = result.unwrap();
    assert_eq!(answer.status(), 520);
    assert_eq!(answer.body(), "body");
    assert_eq!(answer.headers()["x"].as_bytes(), "café".as_bytes());
}

#[test]
fn it_runs_under_any_executor() {
    let transport = SurfTransport::new().unwrap();
    check(smol::block_on(transport.send(serve())));
    check(async_std::task::block_on(transport.send(serve())));
    let tokio = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    check(tokio.block_on(transport.send(serve())));
}

/// A backend of somebody's.
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
fn any_surf_client_serves() {
    let answer = send(|| {
        let mut response = surf::http::Response::new(201);
        response.append_header("x", "a");
        response.append_header("x", "b");
        response.set_body("body");
        response
    });
    let answer = answer.unwrap();
    assert_eq!(
        (answer.status().as_u16(), &answer.body()[..]),
        (201, &b"body"[..])
    );
    let values: Vec<_> = answer.headers().get_all("x").iter().collect();
    assert_eq!(values, ["a", "b"]);
}

#[test]
fn a_client_that_panics_is_an_error() {
    // As surf's own backends do for a status that they do not know.
    let error = send(|| surf::http::Response::new(520)).unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Other);
}

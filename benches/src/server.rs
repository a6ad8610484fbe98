//! A server on loopback that passes requests to a transport.

use std::convert::Infallible;

use clerk_client::http::Request;
use clerk_client::transport::DynTransport;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};

/// Creates a runtime that runs a server on a separate thread.
pub fn server_runtime() -> Runtime {
    let mut builder = Builder::new_multi_thread();
    builder.worker_threads(1).enable_all();
    builder.build().expect("a runtime")
}

/// Serves HTTP/1.1 and HTTP/2 on loopback. `transport` returns the responses. Returns the base URL.
pub async fn serve_transport(transport: DynTransport) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.expect("a connection");
            stream.set_nodelay(true).expect("a socket");
            let transport = transport.clone();
            let service = service_fn(move |request: Request<Incoming>| {
                let transport = transport.clone();
                async move {
                    let (parts, body) = request.into_parts();
                    let body = body.collect().await.expect("a body").to_bytes();
                    let response = transport.send(Request::from_parts(parts, body)).await;
                    Ok::<_, Infallible>(response.expect("a response").map(Full::new))
                }
            });
            tokio::spawn(async move {
                let server = auto::Builder::new(TokioExecutor::new());
                let _ = server.serve_connection(TokioIo::new(stream), service).await;
            });
        }
    });
    format!("http://{address}/v1")
}

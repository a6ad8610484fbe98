//! Calls that are started and then not polled.

use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use clerk_client::transport::HttpTransport;
use futures_util::FutureExt;
use futures_util::future::{Either, select};
use http_body_util::Full;
use hyper::Response;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::sync::Notify;

use super::{Runtime, get, on_both};
use crate::support::server_runtime;

on_both! {
    large_responses_that_are_not_read_do_not_stop_other_calls,
}

const LARGE_RESPONSES: usize = 8;

/// A server over HTTP/2 that sends large responses. It responds to `/last` after it has received
/// all requests for `/large`.
struct Server {
    port: u16,
    _runtime: tokio::runtime::Runtime,
}

impl Server {
    fn start() -> Self {
        let runtime = server_runtime();
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0"));
        let listener = listener.unwrap();
        let port = listener.local_addr().unwrap().port();
        let large = Arc::new((AtomicUsize::new(0), Notify::new()));
        runtime.spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let large = Arc::clone(&large);
                let service = hyper::service::service_fn(move |request| {
                    respond(request.uri().path().to_owned(), Arc::clone(&large))
                });
                tokio::spawn(async move {
                    let server = hyper::server::conn::http2::Builder::new(TokioExecutor::new());
                    let _ = server.serve_connection(TokioIo::new(stream), service).await;
                });
            }
        });
        Self {
            port,
            _runtime: runtime,
        }
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}/{path}", self.port)
    }
}

async fn respond(
    path: String,
    large: Arc<(AtomicUsize, Notify)>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (count, changed) = &*large;
    let body = match path.as_str() {
        "/large" => {
            count.fetch_add(1, Ordering::SeqCst);
            changed.notify_one();
            vec![b' '; 1_500_000]
        }
        "/last" => {
            while count.load(Ordering::SeqCst) < LARGE_RESPONSES {
                changed.notified().await;
            }
            vec![b' ']
        }
        _ => Vec::new(),
    };
    Ok(Response::new(Full::new(body.into())))
}

fn large_responses_that_are_not_read_do_not_stop_other_calls<R: Runtime>() {
    let server = Server::start();
    let transport = R::build(R::builder().http2_prior_knowledge());
    R::run(async {
        transport.send(get(&server.url("first"))).await.unwrap();
        let mut large: Vec<_> = (0..LARGE_RESPONSES)
            .map(|_| transport.send(get(&server.url("large"))))
            .collect();
        for call in &mut large {
            assert!(call.now_or_never().is_none(), "the call was started");
        }
        let last = transport.send(get(&server.url("last")));
        let deadline = pin!(transport.sleep(Duration::from_secs(20)));
        match select(last, deadline).await {
            Either::Left((response, _)) => assert_eq!(response.unwrap().body().len(), 1),
            Either::Right(_) => panic!("the call waited for the unread responses"),
        }
        for call in large {
            assert_eq!(call.await.unwrap().body().len(), 1_500_000);
        }
    });
}

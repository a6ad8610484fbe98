//! The requirements of the tokio transports on their runtime.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use clerk_client::transport::{DynTransport, HttpTransport, TransportErrorKind};
use clerk_client::{Clerk, RateLimit, ReqwestTransport, TokioTransport};
use futures_util::future::join_all;

use super::{cause, get};
use crate::support::key;

fn transports() -> [DynTransport; 2] {
    [
        Arc::new(TokioTransport::new().unwrap()),
        Arc::new(ReqwestTransport::new().unwrap()),
    ]
}

/// Starts three calls at once, of which two wait for the rate limiter. Returns the cause of each
/// call's error.
async fn wait_for_the_limiter(transport: DynTransport) -> Vec<String> {
    let clerk = Clerk::builder(transport, key())
        .base_url("http://127.0.0.1:9/v1")
        .rate_limit(RateLimit::new(1, Duration::from_millis(5)))
        .build()
        .unwrap();
    let users = clerk.users();
    let results = join_all((0..3).map(|_| users.get_user("u"))).await;
    let causes = results
        .into_iter()
        .map(|result| cause(&result.unwrap_err()));
    causes.collect()
}

#[test]
fn a_call_that_waits_outside_of_a_runtime_is_reported() {
    for transport in transports() {
        for cause in smol::block_on(wait_for_the_limiter(transport)) {
            assert!(cause.contains("not inside a tokio runtime"), "{cause}");
        }
    }
}

#[test]
fn a_call_that_waits_on_a_runtime_without_a_timer_is_reported() {
    for transport in transports() {
        let without_time = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        for cause in without_time.block_on(wait_for_the_limiter(transport)) {
            assert!(cause.contains("enable_all"), "{cause}");
        }
    }
}

#[test]
fn a_tokio_runtime_without_io_is_reported() {
    for transport in transports() {
        let without_io = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        let error = without_io
            .block_on(transport.send(get("http://127.0.0.1:9/")))
            .unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Other);
        assert!(cause(&error).contains("enable_all"), "{error:?}");
    }
}

/// The runtime does nothing between two calls of `block_on`, so it does not notice that the server
/// closes the connection.
#[test]
fn a_write_replaces_a_connection_that_was_closed_while_the_runtime_rested() {
    for transport in transports() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let ((close, is_asked), (report, closed)) = (channel(), channel());
        std::thread::spawn(move || {
            for _ in 0..2 {
                let (mut stream, _) = listener.accept().unwrap();
                let _ = stream.read(&mut [0; 4096]).unwrap();
                let response = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
                stream.write_all(response).unwrap();
                // After the second response, the test drops its ends of both channels.
                let _ = is_asked.recv();
                drop(stream);
                let _ = report.send(());
            }
        });
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let write = || http::Request::post(&url).body(Default::default()).unwrap();
        runtime.block_on(transport.send(write())).unwrap();
        close.send(()).unwrap();
        closed.recv().unwrap();
        runtime.block_on(transport.send(write())).unwrap();
    }
}

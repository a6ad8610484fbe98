//! The requirements of the tokio transports on their runtime.

use std::sync::Arc;
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

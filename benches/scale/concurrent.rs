//! The time and the memory of a call while other calls are in flight.

use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use clerk_benches::{key, serve_transport, server_runtime};
use clerk_client::transport::{
    DynTransport, HttpRequest, HttpResponse, HttpTransport, TransportError, async_trait,
    monotonic_now,
};
use clerk_client::{Clerk, TokioTransport};
use futures_util::future::join_all;
use tokio::runtime::Runtime;
use tokio::sync::Barrier;

use crate::{IDLE, hyper_client, quickest, row, runtime};

/// A transport that responds when the expected number of requests is in flight.
#[derive(Debug)]
struct Together(Mutex<Arc<Barrier>>);

impl Together {
    fn expect(&self, calls: usize) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(Barrier::new(calls));
    }
}

#[async_trait]
impl HttpTransport for Together {
    async fn send(&self, _: HttpRequest) -> Result<HttpResponse, TransportError> {
        let barrier = Arc::clone(&self.0.lock().unwrap_or_else(PoisonError::into_inner));
        barrier.wait().await;
        Ok(HttpResponse::new(r#"{"id":"user_1"}"#.into()))
    }

    async fn sleep(&self, _: Duration) {}

    fn now(&self) -> Duration {
        monotonic_now()
    }
}

async fn join<T, F: Future<Output = T>>(calls: usize, call: impl Fn() -> F) {
    let call = || async { drop(call().await) };
    join_all((0..calls).map(|_| call())).await;
}

/// Returns the bytes that each call after the first holds while it is in flight.
fn held<F: Future<Output = ()>>(runtime: &Runtime, calls: usize, run: impl Fn(usize) -> F) -> f64 {
    let peak = |calls| {
        let counted = allocation_counter::measure(|| runtime.block_on(run(calls)));
        counted.bytes_max as f64
    };
    let one = peak(1);
    (peak(calls) - one) / (calls - 1) as f64
}

/// Measures concurrent calls over HTTP/1.1 and HTTP/2.
pub(crate) fn measure() {
    let together = Arc::new(Together(Mutex::new(Arc::new(Barrier::new(1)))));
    let server = server_runtime();
    let url = server.block_on(serve_transport(Arc::clone(&together) as DynTransport));
    let runtime = runtime();
    for (version, http2) in [("HTTP/1.1", false), ("HTTP/2", true)] {
        let client = || hyper_client::client(&[], IDLE, http2);
        let users = || {
            let mut transport = TokioTransport::builder();
            if http2 {
                transport = transport.http2_prior_knowledge();
            }
            let transport = transport.build().expect("a transport");
            let clerk = Clerk::builder(transport, key()).base_url(&url);
            clerk.build().expect("a client").users()
        };
        let (hyper, clerk) = (client(), users());
        together.expect(1);
        for calls in [1, 64, 1_000] {
            // Each connection needs two open files, and many systems do not allow 2,000 open files.
            if calls == 1_000 && !http2 {
                continue;
            }
            let (of_hyper, of_clerk) = quickest(
                30,
                || runtime.block_on(join(calls, || hyper_client::get(&hyper, &url))),
                || runtime.block_on(join(calls, || clerk.get_user("user_1"))),
            );
            let calls_text = if calls == 1_000 {
                "1,000".to_owned()
            } else {
                calls.to_string()
            };
            let each = calls as f64;
            row(
                &format!("a call, {calls_text} in flight over {version}"),
                "µs",
                of_hyper / each,
                of_clerk / each,
            );
        }
        let calls = 150;
        let of_hyper = {
            let client = client();
            held(&runtime, calls, |calls| {
                together.expect(calls);
                let (client, url) = (client.clone(), url.clone());
                async move { join(calls, || hyper_client::get(&client, &url)).await }
            })
        };
        let of_clerk = {
            let users = users();
            held(&runtime, calls, |calls| {
                together.expect(calls);
                let users = users.clone();
                async move { join(calls, || users.get_user("user_1")).await }
            })
        };
        row(
            &format!("memory of a call in flight over {version}"),
            "bytes",
            of_hyper,
            of_clerk,
        );
    }
}

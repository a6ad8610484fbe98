//! Many calls at once: what each costs, and what it holds while it is in flight.

use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use clerk_client::transport::{
    DynTransport, HttpRequest, HttpResponse, HttpTransport, TransportError, async_trait, monotonic,
};
use clerk_client::{Clerk, TokioTransport};
use futures_util::future::join_all;
use tokio::runtime::Runtime;
use tokio::sync::Barrier;

use crate::support::{key, serve_transport, server_runtime};
use crate::{quickest, raw, row, runtime};

const IDLE: Duration = Duration::from_secs(90);

/// Answers when as many are waiting as are to be in flight.
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
        monotonic()
    }
}

async fn all<T, F: Future<Output = T>>(calls: usize, one: impl Fn() -> F) {
    let one = || async { drop(one().await) };
    join_all((0..calls).map(|_| one())).await;
}

/// Bytes that a call in flight holds: what more calls hold more.
fn held<F: Future<Output = ()>>(runtime: &Runtime, calls: usize, work: impl Fn(usize) -> F) -> f64 {
    let most = |calls| {
        let counted = allocation_counter::measure(|| runtime.block_on(work(calls)));
        counted.bytes_max as f64
    };
    let one = most(1);
    (most(calls) - one) / (calls - 1) as f64
}

pub(crate) fn measure() {
    let together = Arc::new(Together(Mutex::new(Arc::new(Barrier::new(1)))));
    let server = server_runtime();
    let url = server.block_on(serve_transport(Arc::clone(&together) as DynTransport));
    let runtime = runtime();
    for (version, http2) in [("HTTP/1.1", false), ("HTTP/2", true)] {
        let client = || raw::client(&[], IDLE, http2);
        let users = || {
            let mut transport = TokioTransport::builder();
            if http2 {
                transport = transport.http2_prior_knowledge();
            }
            let transport = transport.build().expect("a transport");
            let clerk = Clerk::builder(transport, key()).base_url(&url);
            clerk.build().expect("a client").users()
        };
        let (raw, ours) = (client(), users());
        together.expect(1);
        for calls in [1, 64, 1_000] {
            // A file for each end of each connection: more than most systems give.
            if calls == 1_000 && !http2 {
                continue;
            }
            let (raw, ours) = quickest(
                30,
                || runtime.block_on(all(calls, || raw::get(&raw, &url))),
                || runtime.block_on(all(calls, || ours.get_user("user_1"))),
            );
            let calls_text = if calls == 1_000 {
                "1,000".to_owned()
            } else {
                calls.to_string()
            };
            let each = calls as f64;
            row(
                &format!("a call, {calls_text} at once over {version}"),
                "µs",
                raw / each,
                ours / each,
            );
        }
        let calls = 150;
        let of_raw = {
            let client = client();
            held(&runtime, calls, |calls| {
                together.expect(calls);
                let (client, url) = (client.clone(), url.clone());
                async move { all(calls, || raw::get(&client, &url)).await }
            })
        };
        let of_ours = {
            let users = users();
            held(&runtime, calls, |calls| {
                together.expect(calls);
                let users = users.clone();
                async move { all(calls, || users.get_user("user_1")).await }
            })
        };
        row(
            &format!("a call in flight holds, over {version}"),
            "bytes",
            of_raw,
            of_ours,
        );
    }
}

//! The time and the memory of a call while other calls are in flight.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use clerk_benches::{Protocol, TlsServer, Together, key, serve_transport, server_runtime};
use clerk_client::transport::{
    DynTransport, HttpRequest, HttpResponse, HttpTransport, TransportError, async_trait,
    monotonic_now,
};
use clerk_client::{Clerk, TokioTransport, UsersApi};
use futures_util::future::join_all;
use tokio::runtime::Runtime;

use crate::hyper_client::HyperClient;
use crate::{IDLE, hyper_client, quickest, row, runtime};

/// A transport that responds when the expected number of requests is in flight.
#[derive(Debug)]
struct Waiting(Arc<Together>);

#[async_trait]
impl HttpTransport for Waiting {
    async fn send(&self, _: HttpRequest) -> Result<HttpResponse, TransportError> {
        self.0.wait().await;
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
    // The first call also opens a connection.
    peak(1);
    let one = peak(1);
    (peak(calls) - one) / (calls - 1) as f64
}

/// Measures concurrent calls over HTTP/1.1 and HTTP/2.
pub(crate) fn measure() {
    let together = Arc::<Together>::default();
    let server = server_runtime();
    let transport = Arc::new(Waiting(Arc::clone(&together))) as DynTransport;
    let url = server.block_on(serve_transport(transport));
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
            // Over HTTP/1.1, each call needs a connection, with an open file at each end. Many
            // systems do not allow 2,000 open files.
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
        memory(version, &runtime, &together, &url, &client(), &users());
    }
    let server = TlsServer::start(Protocol::Http2 { streams: 1_000 });
    let transport = TokioTransport::builder()
        .add_root_certificate(server.certificate())
        .build();
    let clerk = Clerk::builder(transport.expect("a transport"), key()).base_url(server.url());
    memory(
        "HTTP/2 that TLS negotiated",
        &runtime,
        &server.together,
        server.url(),
        &hyper_client::client(server.certificate(), IDLE, false),
        &clerk.build().expect("a client").users(),
    );
}

/// Measures the memory of a call in flight.
fn memory(
    version: &str,
    runtime: &Runtime,
    together: &Together,
    url: &str,
    client: &HyperClient,
    users: &UsersApi,
) {
    const CALLS: usize = 150;
    let of_hyper = held(runtime, CALLS, |calls| {
        together.expect(calls);
        join(calls, || hyper_client::get(client, url))
    });
    let of_clerk = held(runtime, CALLS, |calls| {
        together.expect(calls);
        join(calls, || users.get_user("user_1"))
    });
    together.expect(1);
    row(
        &format!("memory of a call in flight over {version}"),
        "bytes",
        of_hyper,
        of_clerk,
    );
}

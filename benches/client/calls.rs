//! Calls over loopback, one after the other and 64 concurrently.
//!
//! The baseline is hyper-util's pooled client, which collects the body without decoding it.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use clerk_benches::{full_user, key, serve_transport, server_runtime};
use clerk_client::mock::FakeClerk;
use clerk_client::transport::bytes::Bytes;
use clerk_client::transport::{
    DynTransport, HttpRequest, HttpResponse, HttpTransport, TransportError, async_trait,
    monotonic_now,
};
use clerk_client::{Clerk, SmolTransport, SurfTransport, TokioTransport, User, UsersApi};
use criterion::Bencher;
use futures_util::future::join_all;
use http_body_util::{BodyExt, Empty};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::json;
use tokio::runtime::Runtime;

use crate::ratios::{Candidate, Ratios};

type Raw = Client<HttpConnector, Empty<Bytes>>;

/// Starts a server that has one user, with every field set.
fn server() -> (Runtime, String) {
    let runtime = server_runtime();
    let mut user = full_user();
    user.as_object_mut()
        .expect("an object")
        .insert("id".to_owned(), json!("user_1"));
    let text = Bytes::from(user.to_string());
    let canned = Arc::new(Canned(text)) as DynTransport;
    let url = runtime.block_on(serve_transport(canned));
    (runtime, url)
}

/// A transport that responds to every request with the same body.
#[derive(Debug)]
struct Canned(Bytes);

#[async_trait]
impl HttpTransport for Canned {
    async fn send(&self, _: HttpRequest) -> Result<HttpResponse, TransportError> {
        Ok(HttpResponse::new(self.0.clone()))
    }

    async fn sleep(&self, _: Duration) {}

    fn now(&self) -> Duration {
        monotonic_now()
    }
}

fn users(transport: impl HttpTransport, url: &str) -> UsersApi {
    let clerk = Clerk::builder(transport, key()).base_url(url);
    clerk.build().expect("a client").users()
}

async fn get(users: &UsersApi) -> User {
    users.get_user("user_1").await.expect("a user")
}

async fn get_raw(client: &Raw, url: &str) -> Bytes {
    let uri = format!("{url}/users/user_1").parse().expect("a URL");
    let response = client.get(uri).await.expect("a response");
    let body = response.into_body().collect().await;
    body.expect("a body").to_bytes()
}

async fn join<T, F: Future<Output = T>>(count: usize, call: impl Fn() -> F) -> Vec<T> {
    join_all((0..count).map(|_| call())).await
}

fn on_tokio<'a, T: 'a, F: Future<Output = T> + 'a>(
    runtime: &'a Runtime,
    count: usize,
    call: impl Fn() -> F + 'a,
) -> Box<dyn FnMut(&mut Bencher<'_>) + 'a> {
    Box::new(move |bencher| bencher.iter(|| runtime.block_on(join(count, &call))))
}

fn on_smol<'a>(users: &'a UsersApi, count: usize) -> Box<dyn FnMut(&mut Bencher<'_>) + 'a> {
    Box::new(move |bencher| bencher.iter(|| smol::block_on(join(count, || get(users)))))
}

/// Compares the transports with the baseline, over HTTP/1.1 and HTTP/2.
pub(crate) fn compare(ratios: &mut Ratios) {
    let (_server, url) = server();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let fake = FakeClerk::new();
    let mut user: User = serde_json::from_value(full_user()).expect("a user");
    user.id = "user_1".into();
    fake.add(user);
    fake.keep_last_requests(0);
    let in_memory = fake.client().users();
    for http2 in [false, true] {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        let raw: Raw = Client::builder(TokioExecutor::new())
            .http2_only(http2)
            .build(connector);
        let (mut tokio, mut smol) = (TokioTransport::builder(), SmolTransport::builder());
        if http2 {
            tokio = tokio.http2_prior_knowledge();
            smol = smol.http2_prior_knowledge();
        }
        let tokio = users(tokio.build().expect("a transport"), &url);
        let smol = users(smol.build().expect("a transport"), &url);
        let surf = users(SurfTransport::new().expect("a transport"), &url);
        let version = if http2 { "HTTP/2" } else { "HTTP/1.1" };
        for count in [1, 64] {
            let mut candidates: Vec<Candidate<'_>> = vec![
                (
                    "hyper-util",
                    on_tokio(&runtime, count, || get_raw(&raw, &url)),
                ),
                ("tokio", on_tokio(&runtime, count, || get(&tokio))),
                ("smol", on_smol(&smol, count)),
            ];
            // `SurfTransport` uses HTTP/2 only over TLS, and the calls of `FakeClerk` use no HTTP.
            if !http2 {
                candidates.push(("surf", on_smol(&surf, count)));
                candidates.push(("FakeClerk", on_smol(&in_memory, count)));
            }
            let calls = if count == 1 {
                "get_user"
            } else {
                "64 concurrent get_user"
            };
            ratios.compare(&format!("{calls} over {version}"), count as u64, candidates);
        }
    }
}

//! A call while unread responses share its HTTP/2 connection. A response is unread while its call
//! is not polled.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use clerk_benches::{key, serve_transport, server_runtime};
use clerk_client::transport::{
    DynTransport, HttpRequest, HttpResponse, HttpTransport, TransportError, async_trait,
    monotonic_now,
};
use clerk_client::{Clerk, TokioTransport, UsersApi};
use futures_util::FutureExt;
use tokio::sync::Notify;

use crate::{quickest, row, runtime};

/// The bytes of a large response.
const LARGE: usize = 1_500_000;

/// A transport that responds to `/users/large` with a large user, and counts these responses.
#[derive(Debug, Default)]
struct LargeUser {
    responses: AtomicUsize,
    responded: Notify,
}

#[async_trait]
impl HttpTransport for LargeUser {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let mut user = r#"{"id":"user_1"}"#.to_owned();
        if request.uri().path().ends_with("/large") {
            user.push_str(&" ".repeat(LARGE));
            self.responses.fetch_add(1, Ordering::Relaxed);
            self.responded.notify_one();
        }
        Ok(HttpResponse::new(user.into()))
    }

    async fn sleep(&self, _: Duration) {}

    fn now(&self) -> Duration {
        monotonic_now()
    }
}

/// Measures a call beside 8 and 64 unread responses. The baseline is the same call without unread
/// responses.
pub(crate) fn measure() {
    for unread in [8, 64] {
        let transport = Arc::new(LargeUser::default());
        let server = server_runtime();
        let url = server.block_on(serve_transport(Arc::clone(&transport) as DynTransport));
        let runtime = runtime();
        let (alone, beside) = (users(&url), users(&url));
        let get = |users: &UsersApi| {
            runtime.block_on(async { drop(users.get_user("user_1").await.expect("a user")) });
        };
        // This opens the connection. Without an open connection, a call that is polled only once
        // would not send its request.
        get(&beside);
        let mut calls: Vec<_> = (0..unread).map(|_| beside.get_user("large")).collect();
        runtime.block_on(async {
            for call in &mut calls {
                assert!(call.now_or_never().is_none(), "the call is started");
            }
            while transport.responses.load(Ordering::Relaxed) < unread {
                transport.responded.notified().await;
            }
        });
        let (of_alone, of_beside) = quickest(1_000, || get(&alone), || get(&beside));
        row(
            &format!("a call beside {unread} unread responses of 1.5 MB (baseline: beside none)"),
            "µs",
            of_alone,
            of_beside,
        );
        for call in calls {
            runtime.block_on(async { drop(call.await.expect("a user")) });
        }
    }
}

fn users(url: &str) -> UsersApi {
    let transport = TokioTransport::builder().http2_prior_knowledge();
    let transport = transport.build().expect("a transport");
    let clerk = Clerk::builder(transport, key()).base_url(url);
    clerk.build().expect("a client").users()
}

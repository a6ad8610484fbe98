//! Many calls at the same time, while no connection is open.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use clerk_client::transport::{HttpResponse, HttpTransport, TransportBuilder, TransportError};
use clerk_client::{Clerk, Error, RetryPolicy, TokioTransport, UsersApi};
use futures_util::future::{join, join_all, select};

use super::{Runtime, get, on_both};
use crate::support::key;
use crate::support::proxy::SilentFirst;
use crate::support::tls_server::{Authority, TlsServer};

on_both! {
    a_first_burst_over_http2_makes_one_handshake,
    a_later_burst_over_http2_makes_one_handshake,
    a_burst_without_kept_connections_waits_for_no_other_call,
    a_first_burst_over_http1_is_not_slowed_down,
    a_first_handshake_that_hangs_delays_no_other_call_for_long,
    a_first_call_that_is_dropped_lets_the_others_connect,
    a_first_handshake_that_fails_lets_the_others_connect,
}

const CALLS: usize = 100;

/// The longest time for which a call waits for the connection of another call.
const MAX_PATIENCE: Duration = Duration::from_secs(10);

type Exchange<'a> = Pin<Box<dyn Future<Output = Result<HttpResponse, TransportError>> + Send + 'a>>;

fn users<R: Runtime>(authority: &Authority, port: u16, connect_timeout: Duration) -> UsersApi {
    let builder = R::builder()
        .add_root_certificate(authority.der())
        .connect_timeout(connect_timeout);
    let clerk =
        Clerk::builder(R::build(builder), key()).base_url(format!("https://localhost:{port}/v1"));
    clerk.build().unwrap().users()
}

async fn burst(users: &UsersApi) {
    let calls = (0..CALLS).map(|_| users.get_user("u").timeout(Duration::MAX));
    for user in join_all(calls).await {
        user.unwrap();
    }
}

fn a_first_burst_over_http2_makes_one_handshake<R: Runtime>() {
    let authority = Authority::new("ours");
    let server = TlsServer::start(&authority, "localhost", 2200, &["h2", "http/1.1"]);
    let users = users::<R>(&authority, server.port(), Duration::MAX);
    R::run(burst(&users));
    assert_eq!(server.connections.load(Ordering::SeqCst), 1);
}

/// Each burst opens a new connection, because idle connections are closed immediately.
fn a_later_burst_over_http2_makes_one_handshake<R: Runtime>() {
    let authority = Authority::new("ours");
    let server = TlsServer::start(&authority, "localhost", 2200, &["h2", "http/1.1"]);
    let builder = R::builder()
        .add_root_certificate(authority.der())
        .connect_timeout(Duration::MAX)
        .pool_idle_timeout(Duration::from_nanos(1));
    let clerk = Clerk::builder(R::build(builder), key()).base_url(&server.url);
    let users = clerk.build().unwrap().users();
    R::run(async {
        for _ in 0..3 {
            burst(&users).await;
        }
    });
    assert_eq!(server.connections.load(Ordering::SeqCst), 3);
}

/// With an idle timeout of zero, each call opens its own connection, over HTTP/2 too.
fn a_burst_without_kept_connections_waits_for_no_other_call<R: Runtime>() {
    let authority = Authority::new("ours");
    let server = TlsServer::start(&authority, "localhost", 2200, &["h2"]);
    let builder = R::builder()
        .add_root_certificate(authority.der())
        .connect_timeout(Duration::MAX)
        .pool_idle_timeout(Duration::ZERO);
    let clerk = Clerk::builder(R::build(builder), key())
        .base_url(&server.url)
        .retry(RetryPolicy::none());
    let users = clerk.build().unwrap().users();
    R::run(async {
        let calls = (0..CALLS).map(|_| users.get_user("u").timeout(Duration::from_secs(20)));
        for user in join_all(calls).await {
            user.unwrap();
        }
    });
    assert_eq!(server.connections.load(Ordering::SeqCst), CALLS);
}

/// The server responds only after all calls have arrived, so each call needs its own connection.
fn a_first_burst_over_http1_is_not_slowed_down<R: Runtime>() {
    let authority = Authority::new("ours");
    let server = TlsServer::start_meeting(&authority, "localhost", &["http/1.1"], 8);
    let users = users::<R>(&authority, server.port(), Duration::MAX);
    R::run(async {
        let calls = (0..8).map(|_| users.get_user("u").timeout(Duration::MAX));
        for user in join_all(calls).await {
            assert_eq!(user.unwrap().id, "HTTP/1.1");
        }
    });
}

fn a_first_handshake_that_hangs_delays_no_other_call_for_long<R: Runtime>() {
    let authority = Authority::new("ours");
    let server = TlsServer::start(&authority, "localhost", 2200, &["h2"]);
    let between = SilentFirst::start(server.port());
    // The server never responds to the first handshake. The other calls wait for this handshake
    // for a quarter of the connect timeout.
    let connect_timeout = Duration::from_secs(12);
    let users = users::<R>(&authority, between.port, connect_timeout);
    R::run(async {
        let begun = Instant::now();
        let mut first = users.get_user("u").timeout(Duration::MAX);
        select(&mut first, Box::pin(between.connected())).await;
        let others = async {
            burst(&users).await;
            begun.elapsed()
        };
        let (first, elapsed) = join(first, others).await;
        // The first call is retried after the connect timeout has ended its handshake.
        first.unwrap();
        assert!(elapsed < connect_timeout, "{elapsed:?}");
    });
}

fn a_first_call_that_is_dropped_lets_the_others_connect<R: Runtime>() {
    let waited = others_connect_after::<R>(R::builder(), drop_first);
    assert!(waited < MAX_PATIENCE, "{waited:?}");
}

fn a_first_handshake_that_fails_lets_the_others_connect<R: Runtime>() {
    let waited = others_connect_after::<R>(R::builder(), fail_first);
    assert!(waited < MAX_PATIENCE, "{waited:?}");
}

async fn drop_first(first: Exchange<'_>, _: &SilentFirst) {
    drop(first);
}

async fn fail_first(first: Exchange<'_>, between: &SilentFirst) {
    between.close_first();
    first.await.unwrap_err();
}

/// tokio with virtual time. The time advances whenever all tasks wait, even if they wait for a
/// server.
struct VirtualTokio;

impl Runtime for VirtualTokio {
    type Transport = TokioTransport;

    const NAME: &str = "tokio with virtual time";

    /// Returns a builder without the timers that would close a connection while a server responds.
    fn builder() -> TransportBuilder<TokioTransport> {
        TokioTransport::builder()
            .pool_idle_timeout(Duration::MAX)
            .http2_keep_alive(Duration::MAX)
    }

    fn try_build(builder: TransportBuilder<TokioTransport>) -> Result<TokioTransport, Error> {
        builder.build()
    }

    fn run<T>(future: impl Future<Output = T>) -> T {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = runtime.enable_all().start_paused(true).build();
        runtime.unwrap().block_on(future)
    }
}

/// Even without a connect timeout, the other calls wait only for a limited time. smol has no
/// virtual time, but the limit does not depend on the runtime.
#[test]
fn a_first_call_that_is_not_polled_delays_no_other_call_forever() {
    let builder = VirtualTokio::builder();
    let waited = others_connect_after::<VirtualTokio>(builder, async |first, _| {
        std::mem::forget(first);
    });
    let expected = MAX_PATIENCE..MAX_PATIENCE * 2;
    assert!(expected.contains(&waited), "{waited:?}");
}

/// Starts a call whose handshake hangs, and then other calls that wait for it. Ends the first call
/// with `end`. The other calls must succeed. Returns the time from the start of `end` until the
/// last of the other calls has succeeded.
fn others_connect_after<R: Runtime>(
    builder: TransportBuilder<R::Transport>,
    end: impl AsyncFnOnce(Exchange<'_>, &SilentFirst),
) -> Duration {
    let authority = Authority::new("ours");
    let server = TlsServer::start(&authority, "localhost", 2200, &["h2"]);
    let between = SilentFirst::start(server.port());
    let builder = builder.add_root_certificate(authority.der());
    let transport = R::build(builder.connect_timeout(Duration::MAX));
    let url = format!("https://localhost:{}/v1/users/u", between.port);
    R::run(async {
        let mut first = transport.send(get(&url));
        // The first call is connecting before the others start.
        select(&mut first, Box::pin(between.connected())).await;
        let mut others = Box::pin(join_all((0..CALLS).map(|_| transport.send(get(&url)))));
        assert!(futures_util::poll!(&mut others).is_pending());
        let start = tokio::time::Instant::now();
        end(first, &between).await;
        for response in others.await {
            response.unwrap();
        }
        start.elapsed()
    })
}

/// On several threads, a call may look for a connection while the connection becomes free or
/// expires. No call fails.
#[test]
fn a_burst_on_several_threads_loses_no_call() {
    let authority = Authority::new("ours");
    let server = TlsServer::start(&authority, "localhost", 2200, &["h2", "http/1.1"]);
    let url = format!("{}/users/u", server.url);
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(4).enable_all().build().unwrap();
    for idle in [Duration::from_secs(90), Duration::from_millis(1)] {
        for _ in 0..10 {
            let builder = TokioTransport::builder()
                .add_root_certificate(authority.der())
                .pool_idle_timeout(idle);
            let transport = Arc::new(builder.build().unwrap());
            let calls = (0..CALLS).map(|_| {
                let (transport, request) = (Arc::clone(&transport), get(&url));
                runtime.spawn(async move { transport.send(request).await })
            });
            for call in runtime.block_on(join_all(calls)) {
                call.unwrap().unwrap();
            }
        }
    }
}

//! The first burst of a client: many concurrent calls when no connection is open.

use clerk_benches::{Protocol, TlsServer, key};
use clerk_client::{Clerk, TokioTransport, UsersApi};
use futures_util::future::join_all;

use crate::{IDLE, hyper_client, quickest, row, runtime};

/// Measures bursts of 100 and 1,000 calls over TLS.
pub(crate) fn measure() {
    for (version, protocol, calls) in [
        ("HTTP/1.1", Protocol::Http1, 100),
        ("HTTP/2", Protocol::Http2 { streams: 1_000 }, 100),
        ("HTTP/2", Protocol::Http2 { streams: 1_000 }, 1_000),
        (
            "HTTP/2, at most 100 per connection",
            Protocol::Http2 { streams: 100 },
            1_000,
        ),
    ] {
        let server = TlsServer::start(protocol);
        let runtime = runtime();
        // Each round needs a new client, because a client keeps its connections.
        let hyper = || {
            let client = hyper_client::client(server.certificate(), IDLE, false);
            let call = || hyper_client::get(&client, server.url());
            runtime.block_on(join_all((0..calls).map(|_| call())));
        };
        let clerk = || {
            let users = users(&server);
            let call = async || drop(users.get_user("user_1").await.expect("a user"));
            runtime.block_on(join_all((0..calls).map(|_| call())));
        };
        let connections = |burst: &dyn Fn()| {
            let before = server.connections();
            burst();
            (server.connections() - before) as f64
        };
        let task = format!("a first burst of {calls} calls over {version}");
        row(
            &format!("connections of {task}"),
            "",
            connections(&hyper),
            connections(&clerk),
        );
        let (of_hyper, of_clerk) = quickest(10, hyper, clerk);
        row(&task, "ms", of_hyper / 1e3, of_clerk / 1e3);
    }
}

fn users(server: &TlsServer) -> UsersApi {
    let transport = TokioTransport::builder()
        .add_root_certificate(server.certificate())
        .build()
        .expect("a transport");
    let clerk = Clerk::builder(transport, key()).base_url(server.url());
    clerk.build().expect("a client").users()
}

//! The first call over TLS, with a full handshake and with a resumed session.

use std::hint::black_box;
use std::time::Duration;

use clerk_benches::{Protocol, TlsServer, key};
use clerk_client::{Clerk, TokioTransport};

use crate::{IDLE, hyper_client, quickest, row, runtime};

fn clerk(server: &TlsServer, idle: Duration) -> Clerk {
    let transport = TokioTransport::builder()
        .pool_idle_timeout(idle)
        .add_root_certificate(server.certificate())
        .build()
        .expect("a transport");
    let clerk = Clerk::builder(transport, key()).base_url(server.url());
    clerk.build().expect("a client")
}

/// Measures new clients, and calls over new and open connections.
pub(crate) fn measure() {
    let server = TlsServer::start(Protocol::Http1);
    let hyper = |idle| hyper_client::client(server.certificate(), idle, false);
    let runtime = runtime();

    let (of_hyper, of_clerk) = quickest(
        200,
        || drop(black_box(hyper(IDLE))),
        || drop(black_box(clerk(&server, IDLE))),
    );
    row("create a client", "µs", of_hyper, of_clerk);

    let (of_hyper, of_clerk) = quickest(
        200,
        || {
            let client = hyper(IDLE);
            runtime.block_on(hyper_client::get(&client, server.url()));
        },
        || {
            let clerk = clerk(&server, IDLE);
            let call = clerk.users().get_user("user_1");
            runtime.block_on(call).expect("a user");
        },
    );
    row(
        "create a client and make the first call over TLS",
        "µs",
        of_hyper,
        of_clerk,
    );

    // Idle connections are closed immediately, so each call opens a new connection.
    let client = hyper(Duration::ZERO);
    let users = clerk(&server, Duration::ZERO).users();
    let (of_hyper, of_clerk) = quickest(
        200,
        || drop(runtime.block_on(hyper_client::get(&client, server.url()))),
        || drop(runtime.block_on(users.get_user("user_1")).expect("a user")),
    );
    row(
        "a call over a new connection, TLS session resumed",
        "µs",
        of_hyper,
        of_clerk,
    );

    let client = hyper(IDLE);
    let users = clerk(&server, IDLE).users();
    let (of_hyper, of_clerk) = quickest(
        1_000,
        || drop(runtime.block_on(hyper_client::get(&client, server.url()))),
        || drop(runtime.block_on(users.get_user("user_1")).expect("a user")),
    );
    row("a call over an open connection", "µs", of_hyper, of_clerk);
}

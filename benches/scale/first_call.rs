//! From nothing to the first answer over TLS, and with a session that is resumed.

use std::hint::black_box;
use std::time::Duration;

use clerk_client::{Clerk, TokioTransport};

use crate::support::key;
use crate::support::tls_server::{Authority, TlsServer};
use crate::{quickest, raw, row, runtime};

const LONG: Duration = Duration::from_secs(90);

fn ours(certificate: &[u8], idle: Duration, url: &str) -> Clerk {
    let mut builder = TokioTransport::builder().pool_idle_timeout(idle);
    if !certificate.is_empty() {
        builder = builder.add_root_certificate(certificate);
    }
    let transport = builder.build().expect("a transport");
    let clerk = Clerk::builder(transport, key()).base_url(url);
    clerk.build().expect("a client")
}

pub(crate) fn measure() {
    let authority = Authority::new("benchmark");
    let certificate = authority.der();
    let server = TlsServer::start(&authority, "localhost", 2200, &["http/1.1"]);
    let runtime = runtime();

    let (raw, own) = quickest(
        200,
        || drop(black_box(raw::client(&certificate, LONG, false))),
        || drop(black_box(ours(&certificate, LONG, &server.url))),
    );
    row("a client is made", "µs", raw, own);

    let (raw, own) = quickest(
        200,
        || {
            let client = raw::client(&certificate, LONG, false);
            runtime.block_on(raw::get(&client, &server.url));
        },
        || {
            let clerk = ours(&certificate, LONG, &server.url);
            let call = clerk.users().get_user("user_1");
            runtime.block_on(call).expect("a user");
        },
    );
    row(
        "a client is made, and has its first answer over TLS",
        "µs",
        raw,
        own,
    );

    // No connection is idle for so short, so each call makes one.
    let client = raw::client(&certificate, Duration::ZERO, false);
    let users = ours(&certificate, Duration::ZERO, &server.url).users();
    let (raw, own) = quickest(
        200,
        || drop(runtime.block_on(raw::get(&client, &server.url))),
        || drop(runtime.block_on(users.get_user("user_1")).expect("a user")),
    );
    row("a new connection, its TLS session resumed", "µs", raw, own);

    let client = raw::client(&certificate, LONG, false);
    let users = ours(&certificate, LONG, &server.url).users();
    let (raw, own) = quickest(
        1_000,
        || drop(runtime.block_on(raw::get(&client, &server.url))),
        || drop(runtime.block_on(users.get_user("user_1")).expect("a user")),
    );
    row("a call over a connection that is there", "µs", raw, own);
}

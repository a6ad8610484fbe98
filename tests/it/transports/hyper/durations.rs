//! Very short and very long durations. Each works as documented, or is an error when the transport
//! is built.

use std::time::Duration;

use clerk_client::ErrorKind;
use clerk_client::transport::{HttpTransport, TransportBuilder, TransportErrorKind};

use super::{Runtime, get, on_both};
use crate::support::RawServer;
use crate::support::tls_server::{Authority, TlsServer};

on_both! {
    long_durations_are_no_limits,
    short_durations_work_or_are_refused,
    a_sleep_of_any_duration_starts,
}

const CENTURY: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);
const NANOSECOND: Duration = Duration::from_nanos(1);

type Set<R> = fn(
    TransportBuilder<<R as Runtime>::Transport>,
    Duration,
) -> TransportBuilder<<R as Runtime>::Transport>;

fn keep_alive_server() -> RawServer {
    RawServer::start(|_| {
        b"HTTP/1.1 200 OK\r\nconnection: keep-alive\r\ncontent-length: 2\r\n\r\nok".to_vec()
    })
}

fn long_durations_are_no_limits<R: Runtime>() {
    let settings: [Set<R>; 3] = [
        TransportBuilder::connect_timeout,
        TransportBuilder::pool_idle_timeout,
        TransportBuilder::http2_keep_alive,
    ];
    let authority = Authority::new("ours");
    for protocol in ["http/1.1", "h2"] {
        let server = TlsServer::start(&authority, "localhost", 2200, &[protocol]);
        for (number, set) in settings.iter().enumerate() {
            for duration in [CENTURY, Duration::MAX - NANOSECOND, Duration::MAX] {
                let builder = R::builder().add_root_certificate(authority.der());
                let transport = R::build(set(builder, duration));
                R::run(async {
                    for _ in 0..3 {
                        let result = transport.send(get(&server.url)).await;
                        let response = result.unwrap_or_else(|error| {
                            panic!("setting {number}, {duration:?}, {protocol}: {error:?}")
                        });
                        assert_eq!(response.status(), 200);
                        // This lets background tasks run.
                        transport.sleep(Duration::from_millis(1)).await;
                    }
                });
            }
        }
    }
}

fn short_durations_work_or_are_refused<R: Runtime>() {
    for (name, set, duration) in [
        (
            "connect_timeout",
            TransportBuilder::connect_timeout as Set<R>,
            Duration::ZERO,
        ),
        (
            "http2_keep_alive",
            TransportBuilder::http2_keep_alive,
            Duration::ZERO,
        ),
        (
            "http2_keep_alive",
            TransportBuilder::http2_keep_alive,
            NANOSECOND,
        ),
    ] {
        let error = R::try_build(set(R::builder(), duration)).err().unwrap();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(
            error.to_string().contains(&format!("invalid {name}")),
            "{error}"
        );
    }
    let server = keep_alive_server();
    let hasty = R::build(R::builder().connect_timeout(NANOSECOND));
    // A coarse timer may fire only after the connection on loopback is open.
    if let Err(error) = R::run(hasty.send(get(&server.url()))) {
        assert_eq!(error.kind(), TransportErrorKind::NotSent);
    }

    for idle in [Duration::ZERO, NANOSECOND] {
        let server = keep_alive_server();
        let transport = R::build(R::builder().pool_idle_timeout(idle));
        R::run(async {
            for _ in 0..3 {
                transport.send(get(&server.url())).await.unwrap();
            }
        });
        assert_eq!(server.connections(), 3, "{idle:?}");
    }
}

fn a_sleep_of_any_duration_starts<R: Runtime>() {
    let transport = R::build(R::builder());
    R::run(async {
        transport.sleep(Duration::ZERO).await;
        transport.sleep(NANOSECOND).await;
        for duration in [CENTURY, Duration::MAX] {
            let mut sleep = transport.sleep(duration);
            assert!(futures_util::poll!(&mut sleep).is_pending(), "{duration:?}");
        }
    });
}

//! Timeouts and sleeps of any duration, from zero to `Duration::MAX`.

use std::future::poll_fn;
use std::task::Poll;
use std::time::{Duration, Instant};

use clerk_client::transport::{HttpTransport, TransportErrorKind};
use clerk_client::{Clerk, RetryPolicy, SurfTransport};

use super::{get, send};
use crate::support::{RawServer, key};

const NANOSECOND: Duration = Duration::from_nanos(1);
const CENTURY: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

fn echoing() -> RawServer {
    RawServer::start(|_| {
        b"HTTP/1.1 200 OK\r\nconnection: keep-alive\r\ncontent-length: 2\r\n\r\n{}".to_vec()
    })
}

#[test]
fn a_connect_timeout_may_be_of_any_length() {
    for timeout in [Duration::ZERO, NANOSECOND, CENTURY, Duration::MAX] {
        let server = echoing();
        let builder = SurfTransport::builder().connect_timeout(timeout);
        let transport = builder.build().unwrap();
        match send(&transport, get(&server.url())) {
            Ok(_) => {}
            // A timeout of zero or a nanosecond may expire.
            Err(error) => {
                assert!(timeout <= NANOSECOND, "{timeout:?}: {error:?}");
                assert_eq!(error.kind(), TransportErrorKind::NotSent, "{error:?}");
            }
        }
    }
}

#[test]
fn a_short_connect_timeout_expires() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}/", silent.local_addr().unwrap());
    for timeout in [Duration::ZERO, NANOSECOND] {
        let builder = SurfTransport::builder().connect_timeout(timeout);
        let error = send(&builder.build().unwrap(), get(&url)).unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::NotSent, "{error:?}");
    }
}

#[test]
fn an_idle_timeout_may_be_of_any_length() {
    for (timeout, connections) in [(Duration::ZERO, 2), (CENTURY, 1), (Duration::MAX, 1)] {
        let server = echoing();
        let builder = SurfTransport::builder().pool_idle_timeout(timeout);
        let transport = builder.build().unwrap();
        for _ in 0..2 {
            send(&transport, get(&server.url())).unwrap();
        }
        assert_eq!(server.connections(), connections, "{timeout:?}");
    }
    let builder = SurfTransport::builder().pool_idle_timeout(NANOSECOND);
    send(&builder.build().unwrap(), get(&echoing().url())).unwrap();
}

#[test]
fn a_call_without_limits_can_be_retried() {
    let server = RawServer::start(|_| {
        // This delay leaves the second attempt less time than the first.
        std::thread::sleep(Duration::from_millis(150));
        b"HTTP/1.1 503 Unavailable\r\ncontent-length: 0\r\n\r\n".to_vec()
    });
    for timeout in [CENTURY, Duration::MAX] {
        let clerk = Clerk::builder(SurfTransport::new().unwrap(), key())
            .base_url(server.url())
            .timeout(timeout)
            .attempt_timeout(timeout)
            .retry(RetryPolicy::new().base_delay(Duration::from_millis(1)))
            .build()
            .unwrap();
        let error = smol::block_on(async { clerk.users().get_user("user").await }).unwrap_err();
        assert_eq!(
            (error.status().unwrap().as_u16(), error.attempts()),
            (503, 3),
            "{error}"
        );
    }
}

#[test]
fn a_sleep_may_be_of_any_length() {
    let transport = SurfTransport::new().unwrap();
    smol::block_on(async {
        for duration in [Duration::ZERO, NANOSECOND, Duration::from_millis(2)] {
            let started = Instant::now();
            transport.sleep(duration).await;
            assert!(started.elapsed() >= duration);
        }
        for duration in [CENTURY, Duration::MAX] {
            let mut sleep = transport.sleep(duration);
            poll_fn(|context| {
                assert!(sleep.as_mut().poll(context).is_pending());
                Poll::Ready(())
            })
            .await;
        }
    });
}

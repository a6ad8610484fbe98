//! Responses that never end, and requests that are dropped, in real time.

use std::collections::HashSet;
use std::future::Future;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use clerk_client::transport::{DynTransport, TransportErrorKind};
use clerk_client::{
    Clerk, ErrorKind, ReqwestTransport, RetryPolicy, SmolTransport, SurfTransport, TokioTransport,
};

use crate::support::h2_bridge::Bridge;
use crate::support::{RawServer, key};

/// A function that runs the futures of a transport.
type Run = fn(Pin<Box<dyn Future<Output = ()> + Send>>);

/// Returns every transport, each with a name and a function that runs its futures.
fn backends() -> [(&'static str, DynTransport, Run); 6] {
    const LIMIT: usize = 1 << 20;
    let bridge = Bridge::start();
    let tokio_h2 = TokioTransport::builder()
        .max_response_bytes(LIMIT)
        .http2_prior_knowledge()
        .build();
    let smol_h2 = SmolTransport::builder()
        .max_response_bytes(LIMIT)
        .http2_prior_knowledge()
        .build();
    let tokio = TokioTransport::builder().max_response_bytes(LIMIT).build();
    let smol = SmolTransport::builder().max_response_bytes(LIMIT).build();
    let reqwest = ReqwestTransport::new().unwrap().max_response_bytes(LIMIT);
    let surf = SurfTransport::builder().max_response_bytes(LIMIT).build();
    [
        ("tokio", Arc::new(tokio.unwrap()), |work| {
            crate::support::run(work)
        }),
        (
            "tokio h2",
            bridge.over(Arc::new(tokio_h2.unwrap())),
            |work| {
                crate::support::run(work);
            },
        ),
        ("smol h2", bridge.over(Arc::new(smol_h2.unwrap())), |work| {
            smol::block_on(work);
        }),
        ("smol", Arc::new(smol.unwrap()), |work| smol::block_on(work)),
        ("reqwest", Arc::new(reqwest), |work| {
            crate::support::run(work)
        }),
        ("surf", Arc::new(surf.unwrap()), |work| smol::block_on(work)),
    ]
}

/// The behaviour of a server that never ends a response.
#[derive(Debug, Clone, Copy)]
enum Endless {
    Silence,
    Trickle,
    Flood,
}

/// A server that never ends a response. Dropping this value ends the responses. The listener stays
/// open until its next connection.
struct EndlessServer {
    url: String,
    over: Arc<AtomicBool>,
}

impl EndlessServer {
    fn start(kind: Endless) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/v1", listener.local_addr().unwrap());
        let over = Arc::new(AtomicBool::new(false));
        let ends = Arc::clone(&over);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (mut stream, over) = (stream.unwrap(), Arc::clone(&ends));
                if over.load(Ordering::SeqCst) {
                    return;
                }
                thread::spawn(move || {
                    let _ = stream.read(&mut [0; 4096]);
                    if !matches!(kind, Endless::Silence) {
                        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
                    }
                    let chunk = vec![
                        b' ';
                        if matches!(kind, Endless::Flood) {
                            65_536
                        } else {
                            1
                        }
                    ];
                    while !over.load(Ordering::SeqCst) {
                        if matches!(kind, Endless::Flood) {
                            let _ = stream.write_all(&chunk);
                            continue;
                        }
                        if matches!(kind, Endless::Trickle) {
                            let _ = stream.write_all(&chunk);
                        }
                        thread::sleep(Duration::from_millis(20));
                    }
                });
            }
        });
        Self { url, over }
    }
}

impl Drop for EndlessServer {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
    }
}

#[test]
fn endless_responses_end_in_a_typed_error() {
    for (kind, expected) in [
        (Endless::Silence, TransportErrorKind::Timeout),
        (Endless::Trickle, TransportErrorKind::Timeout),
        (Endless::Flood, TransportErrorKind::BodyTooLarge),
    ] {
        for (name, transport, run) in backends() {
            let server = EndlessServer::start(kind);
            let builder = Clerk::builder(transport, key()).base_url(&server.url);
            // A flood exceeds the size limit long before the timeout.
            let flood = matches!(kind, Endless::Flood);
            let timeout = Duration::from_millis(if flood { 60_000 } else { 150 });
            let builder = builder.timeout(timeout).retry(RetryPolicy::none());
            let users = builder.build().unwrap().users();
            run(Box::pin(async move {
                let error = users.get_user("u").await.unwrap_err();
                assert_eq!(
                    error.kind(),
                    ErrorKind::Transport(expected),
                    "{name} {kind:?}: {error}"
                );
            }));
        }
    }
}

fn echo(request: &str) -> Vec<u8> {
    let path = request.split(' ').nth(1).unwrap();
    let id = path.rsplit('/').next().unwrap();
    let body = format!(r#"{{"id":"{id}"}}"#);
    let length = body.len();
    let head =
        format!("HTTP/1.1 200 OK\r\nconnection: keep-alive\r\ncontent-length: {length}\r\n\r\n");
    (head + &body).into_bytes()
}

/// Drops a thousand requests at random points. Awaits another request before or after each drop.
#[test]
fn every_response_belongs_to_its_request() {
    for (name, transport, run) in backends() {
        let server = RawServer::start(echo);
        let builder = Clerk::builder(transport, key()).base_url(server.url());
        let users = builder.build().unwrap().users();
        run(Box::pin(async move {
            let mut random = 0x2545_f491_4f6c_dd1d_u64;
            let mut received = HashSet::new();
            for number in 0..1_000 {
                random ^= random << 13;
                random ^= random >> 7;
                random ^= random << 17;
                let mut dropped = Box::pin(users.get_user(format!("dropped_{number}")));
                // Poll the call a random number of times. Other tasks run after each poll that is
                // not ready.
                for _ in 0..random % 8 {
                    let poll = std::future::poll_fn(|context| {
                        std::task::Poll::Ready(dropped.as_mut().poll(context))
                    });
                    if poll.await.is_ready() {
                        break;
                    }
                    smol::future::yield_now().await;
                }
                let id = format!("kept_{number}");
                if number % 2 == 0 {
                    drop(dropped);
                    assert_eq!(users.get_user(&id).await.unwrap().id, *id, "{name}");
                } else {
                    assert_eq!(users.get_user(&id).await.unwrap().id, *id, "{name}");
                    drop(dropped);
                }
                received.insert(id);
            }
            assert_eq!(received.len(), 1_000);
        }));
    }
}

//! The runtimes on which the transports work.

use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use clerk_client::transport::{HttpTransport, TransportErrorKind};
use clerk_client::{Clerk, RetryPolicy, SmolTransport, TokioTransport, UsersApi};

use super::get;
use crate::support::tls_server::{Authority, TlsServer};
use crate::support::{RawServer, key};

/// The test runs in a child process, because other tests start tokio in this process.
#[test]
fn smol_starts_no_tokio_runtime() {
    const INNER: &str = "transports::hyper::runtimes::child_process_runs_smol_without_tokio";
    let mut test = Command::new(std::env::current_exe().unwrap());
    test.args([INNER, "--exact", "--nocapture"])
        .env("CLERK_TEST_INNER", "1");
    let output = test.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}"
    );
}

#[test]
fn child_process_runs_smol_without_tokio() {
    if std::env::var_os("CLERK_TEST_INNER").is_none() {
        return;
    }
    let server = RawServer::start(|_| {
        b"HTTP/1.1 200 OK\r\nconnection: keep-alive\r\ncontent-length: 0\r\n\r\n".to_vec()
    });
    let transport = SmolTransport::new().unwrap();
    smol::block_on(async {
        for _ in 0..3 {
            transport.send(get(&server.url())).await.unwrap();
        }
        transport.sleep(Duration::from_millis(1)).await;
    });
    assert!(tokio::runtime::Handle::try_current().is_err());
    let Ok(threads) = std::fs::read_dir("/proc/self/task") else {
        return;
    };
    for thread in threads {
        let name = std::fs::read_to_string(thread.unwrap().path().join("comm")).unwrap();
        println!("{}", name.trim());
        assert!(!name.contains("tokio"), "{name}");
    }
}

/// Shares a client between runtimes, as several `#[tokio::test]`s do if the client is in a
/// `static`.
#[test]
fn a_client_serves_many_short_runtimes() {
    let authority = Authority::new("ours");
    for protocol in ["http/1.1", "h2"] {
        let server = TlsServer::start(&authority, "localhost", 2200, &[protocol]);
        let users = &users(&authority, &server.url);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..30 {
                        let user = crate::support::run(async { users.get_user("u").await });
                        user.unwrap();
                    }
                });
            }
        });
    }
}

#[test]
fn a_call_does_not_wait_for_a_blocked_runtime() {
    let authority = Authority::new("ours");
    for protocol in ["http/1.1", "h2"] {
        let server = TlsServer::start(&authority, "localhost", 2200, &[protocol]);
        let users = &users(&authority, &server.url);
        crate::support::run(async {
            users.ban_user("u").await.unwrap();
            // The thread starts a second runtime. The first runtime has an idle connection, and is
            // blocked until the thread ends.
            let other = || crate::support::run(async { users.ban_user("u").await });
            let banned = std::thread::scope(|scope| scope.spawn(other).join());
            banned.unwrap().unwrap();
            users.ban_user("u").await.unwrap();
        });
        assert_eq!(server.connections.load(Ordering::SeqCst), 2, "{protocol}");
    }
}

#[test]
fn a_call_whose_runtime_is_shut_down_may_have_been_processed() {
    let (received, mut wait) = tokio::sync::mpsc::unbounded_channel();
    let (respond, held) = std::sync::mpsc::channel::<()>();
    let held = std::sync::Mutex::new(held);
    let server = RawServer::start(move |_| {
        received.send(()).unwrap();
        // This waits until the end of the test.
        let _ = held.lock().unwrap().recv();
        Vec::new()
    });
    let transport = TokioTransport::new().unwrap();
    let mut call = transport.send(get(&server.url()));
    crate::support::run(async {
        tokio::select! {
            result = &mut call => panic!("{result:?}"),
            _ = wait.recv() => {}
        }
    });
    let error = crate::support::run(call).unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Io, "{error:?}");
    drop(respond);
}

/// Returns a client without retries.
fn users(authority: &Authority, url: &str) -> UsersApi {
    let transport = TokioTransport::builder().add_root_certificate(authority.der());
    let clerk = Clerk::builder(transport.build().unwrap(), key())
        .base_url(url)
        .retry(RetryPolicy::none());
    clerk.build().unwrap().users()
}

#[test]
fn smol_runs_on_a_custom_executor() {
    let server = RawServer::start(|_| b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok".to_vec());
    let executor = Arc::new(smol::Executor::new());
    let transport = SmolTransport::builder().build_on(executor.clone()).unwrap();
    let response = smol::block_on(executor.run(transport.send(get(&server.url()))));
    assert_eq!(response.unwrap().body(), "ok");
}

//! The runtimes that the transports need and start.

use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use clerk_client::transport::{HttpTransport, TransportErrorKind};
use clerk_client::{SmolTransport, TokioTransport};

use super::{cause, get};
use crate::support::RawServer;

/// Runs in a child process, because other tests start tokio in this one.
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

#[test]
fn a_tokio_runtime_without_io_is_reported() {
    let transport = TokioTransport::new().unwrap();
    let without_io = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let error = without_io
        .block_on(transport.send(get("http://127.0.0.1:9/")))
        .unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Other);
    assert!(cause(&error).contains("enable_all"), "{error:?}");
}

#[test]
fn smol_runs_on_a_custom_executor() {
    let server = RawServer::start(|_| b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok".to_vec());
    let executor = Arc::new(smol::Executor::new());
    let transport = SmolTransport::builder().build_on(executor.clone()).unwrap();
    let response = smol::block_on(executor.run(transport.send(get(&server.url()))));
    assert_eq!(response.unwrap().body(), "ok");
}

//! Runs the contract suite over the transport.

#![allow(
    clippy::expect_used,
    reason = "a test that meets the unexpected should stop there"
)]

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use clerk_core::DynTransport;
use clerk_mock::contract::{Settings, TransportUnderTest, check};
use reqwest_transport::ReqwestTransport;

struct Reqwest;

impl TransportUnderTest for Reqwest {
    fn transport(&self, settings: &Settings) -> DynTransport {
        let transport =
            ReqwestTransport::new(settings.max_response_bytes, settings.pool_idle_timeout);
        Arc::new(transport.expect("reqwest"))
    }

    fn block_on(&self, future: Pin<Box<dyn Future<Output = ()> + Send + '_>>) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        runtime.expect("a runtime").block_on(future);
    }
}

#[test]
fn reqwest_keeps_the_contract() {
    let report = check(Reqwest);
    println!("{report}");
    assert!(report.is_ok(), "{report}");
}

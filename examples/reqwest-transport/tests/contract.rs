//! Runs the contract suite with the transport.

#![allow(
    clippy::expect_used,
    reason = "a test that meets the unexpected should stop there"
)]

use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;

use clerk_core::DynTransport;
use clerk_mock::contract::{Settings, TransportUnderTest, check};
use reqwest::ClientBuilder;
use reqwest_transport::ReqwestTransport;

struct Reqwest;

fn transport(settings: &Settings, builder: ClientBuilder) -> DynTransport {
    let mut builder = builder
        .no_proxy()
        .pool_idle_timeout(settings.pool_idle_timeout)
        .connect_timeout(settings.connect_timeout);
    if let Some((host, addresses)) = &settings.host {
        // reqwest replaces port 0 by the port of the URL.
        let addresses: Vec<_> = addresses.iter().map(|&ip| SocketAddr::new(ip, 0)).collect();
        builder = builder.resolve_to_addrs(host, &addresses);
    }
    let transport = ReqwestTransport::new(builder, settings.max_response_bytes);
    Arc::new(transport.expect("reqwest"))
}

impl TransportUnderTest for Reqwest {
    fn transport(&self, settings: &Settings) -> DynTransport {
        transport(settings, ClientBuilder::new())
    }

    fn http2_transport(&self, settings: &Settings) -> Option<DynTransport> {
        let builder = ClientBuilder::new().http2_prior_knowledge();
        Some(transport(settings, builder))
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

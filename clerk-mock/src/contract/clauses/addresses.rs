//! The check of clause 18 of the transport contract: hosts with several addresses.

use std::net::{IpAddr, Ipv4Addr};

use crate::contract::ensure::ensure;
use crate::contract::exchange::{block_on, expect_response, get};
use crate::contract::listener::HangingAddress;
use crate::contract::server::Server;
use crate::contract::transport_under_test::{Settings, TransportUnderTest};

const HOST: &str = "several-addresses.test";

pub(crate) fn hanging(subject: &dyn TransportUnderTest) -> Result<(), String> {
    let server = Server::echoing()?;
    let port = server.port();
    let hanging = HangingAddress::bind(port)
        .map_err(|error| format!("it cannot be checked on this machine: {error}"))?;
    let transport = subject.transport(&Settings {
        host: Some((
            HOST.to_owned(),
            vec![hanging.ip, IpAddr::V4(Ipv4Addr::LOCALHOST)],
        )),
        ..Settings::default()
    });
    block_on(
        subject,
        Box::pin(async {
            let result = transport
                .send(get(&format!("http://{HOST}:{port}/v1/x"))?)
                .await;
            // The server speaks HTTP/1.1. A transport that speaks only HTTP/2 can connect, but gets
            // no response.
            if !subject.speaks_http2() {
                expect_response(result, "a host whose first address hangs")?;
            }
            ensure!(server.connections() > 0, "the second address was not tried");
            Ok(())
        }),
    )
}

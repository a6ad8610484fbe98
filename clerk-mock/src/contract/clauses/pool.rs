//! The check of clause 16 of the transport contract: reusing and closing connections.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use crate::contract::ensure::ensure;
use crate::contract::exchange::{block_on, echo, expect_response, get};
use crate::contract::server::Server;
use crate::contract::transport_under_test::{Settings, TransportUnderTest};

pub(crate) fn connections(subject: &dyn TransportUnderTest) -> Result<(), String> {
    let transport = subject.transport(&Settings::default());
    let impatient = subject.transport(&Settings {
        pool_idle_timeout: Duration::from_millis(20),
        ..Settings::default()
    });
    block_on(
        subject,
        Box::pin(async {
            let server = Server::echoing()?;
            for number in 0..20 {
                let name = format!("request-{number}");
                echo(&transport, &server, &name).await?;
            }
            let connections = server.connections();
            // A pool on another thread may learn too late that a connection is free. One extra
            // connection is therefore allowed.
            ensure!(
                connections <= 2,
                "20 requests opened {connections} connections; at most 2 are allowed"
            );

            if subject.idle_connections_exemption().is_some() {
                return Ok(());
            }
            let server = Server::echoing()?;
            expect_response(impatient.send(get(&server.url("x"))?).await, "a request")?;
            let closed = server.closed();
            let mut closed = pin!(closed.opened());
            let mut late = impatient.sleep(Duration::from_secs(20));
            let in_time = poll_fn(|context| {
                if closed.as_mut().poll(context).is_ready() {
                    return Poll::Ready(true);
                }
                late.as_mut().poll(context).map(|()| false)
            });
            ensure!(
                in_time.await,
                "an idle connection was still open after 20 s; pool_idle_timeout was 20 ms"
            );
            Ok(())
        }),
    )
}

//! The check of clause 9 of the transport contract: requests that are dropped.

use std::future::poll_fn;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Poll;

use crate::contract::ensure::ensure;
use crate::contract::exchange::{block_on, echo, get};
use crate::contract::gate::Gate;
use crate::contract::server::{Server, ServerResponse};
use crate::contract::transport_under_test::{Settings, TransportUnderTest};

/// The events of a round. In each round, one request is dropped.
#[derive(Clone, Default)]
struct Round {
    /// The server opens this gate when it has received the request.
    received: Gate,
    /// The server sends the response once this gate is open.
    respond: Gate,
}

pub(crate) fn dropped(subject: &dyn TransportUnderTest) -> Result<(), String> {
    const ROUNDS: usize = 20;
    let transport = subject.transport(&Settings::default());
    let round = Arc::new(Mutex::new(Round::default()));
    let current = Arc::clone(&round);
    let server = Server::start(move |request| match request.name() {
        "dropped" => {
            let round = current
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone();
            round.received.open();
            // In half of the rounds, the client has dropped the request before the response is
            // sent.
            ServerResponse::keep("dropped").delayed_until(&round.respond)
        }
        name => ServerResponse::keep(name),
    })?;
    block_on(
        subject,
        Box::pin(async {
            for number in 0..ROUNDS {
                let now = Round::default();
                *round.lock().unwrap_or_else(PoisonError::into_inner) = now.clone();
                let mut dropped = transport.send(get(&server.url("dropped"))?);
                // Wait until the server has received the request.
                let early = poll_fn(|context| match dropped.as_mut().poll(context) {
                    Poll::Ready(result) => Poll::Ready(Some(result)),
                    Poll::Pending => now.received.poll(context).map(|()| None),
                });
                ensure!(early.await.is_none(), "a response came before it was sent");
                if number % 2 == 0 {
                    drop(dropped);
                    now.respond.open();
                } else {
                    now.respond.open();
                    drop(dropped);
                }
                for after in 0..3 {
                    let name = format!("kept-{number}-{after}");
                    echo(&transport, &server, &name).await?;
                }
            }
            Ok(())
        }),
    )
}

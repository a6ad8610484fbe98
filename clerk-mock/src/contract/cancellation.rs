//! Clause 9: requests that nobody waits for any more.

use std::future::poll_fn;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Poll;

use super::ensure;
use super::gate::Gate;
use super::server::{Answer, Server};
use super::subject::{Settings, Subject, echo, get, run};

/// For each round: the request has come; its answer may go.
#[derive(Clone, Default)]
struct Round {
    came: Gate,
    answer: Gate,
}

pub(super) fn dropped(subject: &dyn Subject) -> Result<(), String> {
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
            round.came.open();
            // Half of the answers are written after all, into a connection nobody reads from.
            Answer::keep("dropped").after(&round.answer)
        }
        name => Answer::keep(name),
    })?;
    run(
        subject,
        Box::pin(async {
            for number in 0..ROUNDS {
                let now = Round::default();
                *round.lock().unwrap_or_else(PoisonError::into_inner) = now.clone();
                let mut dropped = transport.send(get(&server.url("dropped"))?);
                // Until the server has it.
                let early = poll_fn(|context| match dropped.as_mut().poll(context) {
                    Poll::Ready(result) => Poll::Ready(Some(result)),
                    Poll::Pending => now.came.poll(context).map(|()| None),
                });
                ensure!(
                    early.await.is_none(),
                    "an answer came before it was written"
                );
                if number % 2 == 0 {
                    drop(dropped);
                    now.answer.open();
                } else {
                    now.answer.open();
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

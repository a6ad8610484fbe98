//! The checks of clauses 13, 14 and 17 of the transport contract: executors, runtimes and time.

use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::Duration;

use clerk_core::TransportErrorKind;

use crate::contract::ensure::ensure;
use crate::contract::exchange::{block_on, expect_response, get};
use crate::contract::gate::Gate;
use crate::contract::server::{Server, ServerResponse};
use crate::contract::transport_under_test::{Settings, TransportUnderTest};

pub(crate) fn not_blocking(subject: &dyn TransportUnderTest) -> Result<(), String> {
    let transport = subject.transport(&Settings::default());
    block_on(
        subject,
        Box::pin(async {
            // One thread polls both requests. The server sends the first response only after the
            // client has received the second response.
            let gate = Gate::default();
            let held = gate.clone();
            let server = Server::start(move |request| match request.name() {
                "held" => ServerResponse::keep("held").delayed_until(&held),
                name => ServerResponse::keep(name),
            })?;
            let mut first = transport.send(get(&server.url("held"))?);
            let mut second = transport.send(get(&server.url("quick"))?);
            let quick = poll_fn(|context| {
                if first.as_mut().poll(context).is_ready() {
                    return Poll::Ready(None);
                }
                second.as_mut().poll(context).map(Some)
            });
            let Some(quick) = quick.await else {
                return Err("a response came before it was sent".to_owned());
            };
            expect_response(quick, "the second request")?;
            gate.open();
            expect_response(first.await, "the first request")?;
            Ok(())
        }),
    )
}

pub(crate) fn construction(subject: &dyn TransportUnderTest) -> Result<(), String> {
    // This thread belongs to no runtime.
    let made = catch_unwind(AssertUnwindSafe(|| subject.transport(&Settings::default())));
    let Ok(transport) = made else {
        return Err("constructing panicked outside of a runtime".to_owned());
    };
    let server = Server::echoing()?;
    let request = get(&server.url("x"))?;
    let sent = catch_unwind(AssertUnwindSafe(|| {
        block_on_bare_thread(transport.send(request))
    }));
    match sent {
        Err(_) => Err("sending panicked outside of a runtime".to_owned()),
        // The transport needs no runtime.
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => {
            let kind = error.kind();
            ensure!(
                kind == TransportErrorKind::Other,
                "the error outside of a runtime is {error:?}, not of the kind Other"
            );
            let source = std::error::Error::source(&error).map(ToString::to_string);
            let named = source
                .as_ref()
                .is_some_and(|source| source.contains("runtime"));
            ensure!(
                named,
                "the error does not name the runtime that is needed: {source:?}"
            );
            Ok(())
        }
    }
}

pub(crate) fn sleep(subject: &dyn TransportUnderTest) -> Result<(), String> {
    let transport = subject.transport(&Settings::default());
    block_on(
        subject,
        Box::pin(async {
            for millis in [0, 1, 5, 20] {
                let duration = Duration::from_millis(millis);
                let before = transport.now();
                transport.sleep(duration).await;
                let passed = transport.now().saturating_sub(before);
                ensure!(
                    passed >= duration,
                    "a sleep of {duration:?} took {passed:?}"
                );
            }
            for _ in 0..10_000 {
                let mut dropped = transport.sleep(Duration::MAX);
                let poll = poll_fn(|context| Poll::Ready(dropped.as_mut().poll(context)));
                ensure!(poll.await.is_pending(), "an infinite sleep ended");
            }
            // The dropped sleeps must not delay the next one.
            transport.sleep(Duration::from_millis(1)).await;
            Ok(())
        }),
    )
}

/// Runs a future on this thread, without a runtime.
fn block_on_bare_thread<F: Future>(future: F) -> F::Output {
    struct Unpark(Thread);

    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
        thread::park();
    }
}

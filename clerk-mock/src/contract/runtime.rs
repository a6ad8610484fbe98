//! Clauses 13, 14 and 17: executors, runtimes and time.

use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::Duration;

use clerk_core::TransportErrorKind;

use super::ensure;
use super::gate::Gate;
use super::server::{Answer, Server};
use super::subject::{Settings, Subject, expect_answer, get, run};

pub(super) fn not_blocking(subject: &dyn Subject) -> Result<(), String> {
    let transport = subject.transport(&Settings::default());
    run(
        subject,
        Box::pin(async {
            // The first is answered only after the second one was, on the same thread.
            let gate = Gate::default();
            let held = gate.clone();
            let server = Server::start(move |request| match request.name() {
                "held" => Answer::keep("held").after(&held),
                name => Answer::keep(name),
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
                return Err("an answer came before it was written".to_owned());
            };
            expect_answer(quick, "the second request")?;
            gate.open();
            expect_answer(first.await, "the first request")?;
            Ok(())
        }),
    )
}

pub(super) fn construction(subject: &dyn Subject) -> Result<(), String> {
    // This thread belongs to no runtime.
    let made = catch_unwind(AssertUnwindSafe(|| subject.transport(&Settings::default())));
    let Ok(transport) = made else {
        return Err("constructing panicked outside of a runtime".to_owned());
    };
    let server = Server::echoing()?;
    let request = get(&server.url("x"))?;
    let sent = catch_unwind(AssertUnwindSafe(|| block_on(transport.send(request))));
    match sent {
        Err(_) => Err("sending panicked outside of a runtime".to_owned()),
        // It needs none.
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => {
            let kind = error.kind();
            ensure!(
                kind == TransportErrorKind::Other,
                "the error outside of a runtime is {error:?}"
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

pub(super) fn sleep(subject: &dyn Subject) -> Result<(), String> {
    let transport = subject.transport(&Settings::default());
    run(
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
                ensure!(poll.await.is_pending(), "a sleep for ever ended");
            }
            // Those did not hold up the next one.
            transport.sleep(Duration::from_millis(1)).await;
            Ok(())
        }),
    )
}

/// Runs a future on this thread, with nothing around it.
fn block_on<F: Future>(future: F) -> F::Output {
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

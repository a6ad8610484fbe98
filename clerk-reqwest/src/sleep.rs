//! Waiting on tokio's timer, or on a thread if there is no such timer.

use std::future::{Future, pending, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

use tokio::runtime::Handle;
use tokio::sync::oneshot;

/// Waits for `duration` on tokio's timer.
///
/// Outside of a tokio runtime, or if the runtime has no timer or is shut down, waits on a
/// short-lived thread. So a call that the rate limiter delays still reaches `send`. Outside of a
/// runtime, `send` then reports that the runtime is missing.
pub(crate) async fn sleep(duration: Duration) {
    let timer = match Handle::try_current() {
        Ok(_) => catch_unwind(|| tokio::time::sleep(duration)).ok(),
        Err(_) => None,
    };
    if let Some(timer) = timer {
        let mut timer = pin!(timer);
        let has_ended = poll_fn(|context| {
            match catch_unwind(AssertUnwindSafe(|| timer.as_mut().poll(context))) {
                Ok(poll) => poll.map(|()| true),
                Err(_) => Poll::Ready(false),
            }
        });
        if has_ended.await {
            return;
        }
    }
    // Without the box, this rare case would make the future of every wait larger.
    Box::pin(sleep_on_thread(duration)).await;
}

/// Waits for `duration` on a new thread. The thread ends early if this future is dropped.
async fn sleep_on_thread(duration: Duration) {
    let start = Instant::now();
    let (end, ended) = oneshot::channel();
    let thread = thread::Builder::new().name("clerk-sleep".to_owned());
    let thread = thread.spawn(move || {
        // `park_timeout` may return at any time.
        while !end.is_closed() {
            let elapsed = start.elapsed();
            if elapsed >= duration {
                // Sending fails if the future was dropped in the meantime.
                let _ = end.send(());
                break;
            }
            thread::park_timeout(duration - elapsed);
        }
    });
    let Ok(thread) = thread else {
        // If no thread can be started, the wait never ends, because it must not end early.
        return pending().await;
    };
    // If this future is dropped, `ended` is dropped before `_unpark`. So the woken thread finds the
    // channel closed.
    let _unpark = Unpark(thread.thread().clone());
    if ended.await.is_err() {
        pending().await
    }
}

/// Wakes a thread when it is dropped.
struct Unpark(Thread);

impl Drop for Unpark {
    fn drop(&mut self) {
        self.0.unpark();
    }
}

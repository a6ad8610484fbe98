//! Waiting on tokio's timer, or on a thread if there is no such timer.

use std::future::{Future, pending, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::task::Poll;
use std::thread;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::oneshot;

/// Waits for `duration` on tokio's timer.
///
/// Outside of a tokio runtime, or if the runtime has no timer or is shut down, waits on a
/// short-lived thread. A call that waits for the rate limiter then reaches `send`, which reports
/// that the runtime is missing.
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
    // The box keeps the future of a wait on tokio's timer small.
    Box::pin(sleep_on_thread(duration)).await;
}

/// Waits for `duration` on a new thread. The thread ends early if this future is dropped.
async fn sleep_on_thread(duration: Duration) {
    let (end, ended) = oneshot::channel();
    // Nothing is sent. Dropping the sender ends the thread.
    let (_sender, dropped) = channel::<()>();
    let thread = thread::Builder::new().name("clerk-sleep".to_owned());
    let thread = thread.spawn(move || {
        if dropped.recv_timeout(duration) == Err(RecvTimeoutError::Timeout) {
            // The future may have been dropped in this moment.
            let _ = end.send(());
        }
    });
    if thread.is_err() || ended.await.is_err() {
        // Without a thread, the wait cannot end, because it must not end early.
        pending().await
    }
}

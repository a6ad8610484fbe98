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
/// short-lived thread. After its wait, a call reaches `send`. If the runtime or its timer is
/// missing, the error of `send` says so.
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
    let start = Instant::now();
    let (end, ended) = oneshot::channel();
    let thread = thread::Builder::new().name("clerk-sleep".to_owned());
    let thread = thread.spawn(move || {
        // `park_timeout` may return at any time.
        while !end.is_closed() {
            let elapsed = start.elapsed();
            if elapsed >= duration {
                // `send` fails if the future was dropped since the last check.
                let _ = end.send(());
                break;
            }
            thread::park_timeout(duration - elapsed);
        }
    });
    let Ok(thread) = thread else {
        // Without a thread, the wait cannot be measured. It never ends, because it must not end
        // early.
        return pending().await;
    };
    // `ended` is dropped first, so the thread that `_unpark` wakes finds the channel closed.
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

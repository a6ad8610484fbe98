//! The result of a transfer, passed from libcurl's thread to the future that waits for it.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use clerk_core::{HttpResponse, TransportError, TransportErrorKind};

type Result = std::result::Result<HttpResponse, TransportError>;

#[derive(Debug, Default)]
struct State {
    result: Option<Result>,
    waker: Option<Waker>,
}

/// The side that completes a [`Reply`]. If the promise is dropped without a result, the reply is an
/// error.
#[derive(Debug)]
pub(crate) struct Promise {
    state: Arc<Mutex<State>>,
    /// The kind of the error if the promise is dropped.
    kind: TransportErrorKind,
}

/// A future that waits for the result of a transfer.
#[derive(Debug)]
pub(crate) struct Reply(Arc<Mutex<State>>);

/// Creates a reply and its promise.
pub(crate) fn reply() -> (Promise, Reply) {
    let state = Arc::default();
    let promise = Promise {
        state: Arc::clone(&state),
        kind: TransportErrorKind::NotSent,
    };
    (promise, Reply(state))
}

impl Promise {
    /// Records that the transfer starts. If the promise is dropped after this, a part of the
    /// request may have been sent.
    pub(crate) fn start(&mut self) {
        self.kind = TransportErrorKind::Io;
    }

    pub(crate) fn complete(self, result: Result) {
        self.set(result);
    }

    /// Sets the result, unless it is already set.
    fn set(&self, result: Result) {
        let waker = {
            let mut state = lock(&self.state);
            state.result.get_or_insert(result);
            state.waker.take()
        };
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl Drop for Promise {
    fn drop(&mut self) {
        let message = "libcurl's thread ended; the next request starts another";
        self.set(Err(TransportError::new(self.kind, message)));
    }
}

impl Future for Reply {
    type Output = Result;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result> {
        let mut state = lock(&self.0);
        if let Some(result) = state.result.take() {
            return Poll::Ready(result);
        }
        match &mut state.waker {
            Some(waker) => waker.clone_from(context.waker()),
            none => *none = Some(context.waker().clone()),
        }
        Poll::Pending
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

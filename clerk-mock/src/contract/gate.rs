//! An event that threads and futures can wait for.

use std::future::poll_fn;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

/// A gate that is closed at first, and stays open once it is opened.
#[derive(Clone, Default)]
pub(crate) struct Gate(Arc<(Mutex<State>, Condvar)>);

#[derive(Default)]
struct State {
    open: bool,
    waiting: Vec<Waker>,
}

impl Gate {
    /// Opens the gate, and wakes all waiting threads and futures.
    pub(crate) fn open(&self) {
        let mut state = self.state();
        state.open = true;
        let waiting = std::mem::take(&mut state.waiting);
        drop(state);
        self.0.1.notify_all();
        for waker in waiting {
            waker.wake();
        }
    }

    /// Blocks the thread until the gate is open.
    pub(crate) fn wait(&self) {
        let mut state = self.state();
        while !state.open {
            state = self.0.1.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Waits until the gate is open.
    pub(crate) async fn opened(&self) {
        poll_fn(|context| self.poll(context)).await;
    }

    pub(crate) fn poll(&self, context: &mut Context<'_>) -> Poll<()> {
        let mut state = self.state();
        if state.open {
            return Poll::Ready(());
        }
        state.waiting.push(context.waker().clone());
        Poll::Pending
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

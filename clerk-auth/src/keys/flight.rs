//! Work that several futures share.

use std::collections::BTreeMap;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

/// Work that several futures wait for. The waiting futures poll it.
///
/// The work needs no runtime and no task of its own. It is dropped with the last future that waits
/// for it. If it lived longer, it would keep a connection and a timer that no future polls.
///
/// The work's sockets and timers belong to the runtime of the future that polls it first. If this
/// runtime stands still, the work never ends. So each waiting future has a timer of its own, and
/// gives up if the work is overdue.
pub(crate) struct Flight<R> {
    work: Mutex<Work<R>>,
    waiters: Arc<Waiters>,
}

enum Work<R> {
    Running(Pin<Box<dyn Future<Output = R> + Send>>),
    Done(R),
    /// The work panicked.
    Lost,
}

/// The wakers of the waiting futures.
struct Waiters {
    wakers: Mutex<BTreeMap<u64, Waker>>,
    next_id: AtomicU64,
    /// Whether the work has been woken since its last poll.
    is_awake: AtomicBool,
}

impl Waiters {
    fn wakers(&self) -> MutexGuard<'_, BTreeMap<u64, Waker>> {
        self.wakers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Wakes every waiting future. The lock is released first, because a waker may run any code.
    fn wake_all(&self) {
        let wakers: Vec<Waker> = self.wakers().values().cloned().collect();
        for waker in wakers {
            waker.wake();
        }
    }
}

impl Wake for Waiters {
    fn wake(self: Arc<Self>) {
        self.is_awake.store(true, Ordering::SeqCst);
        self.wake_all();
    }
}

impl<R: Clone + Send + 'static> Flight<R> {
    pub(crate) fn new(work: Pin<Box<dyn Future<Output = R> + Send>>) -> Arc<Self> {
        let waiters = Waiters {
            wakers: Mutex::default(),
            next_id: AtomicU64::new(0),
            is_awake: AtomicBool::new(true),
        };
        Arc::new(Self {
            work: Mutex::new(Work::Running(work)),
            waiters: Arc::new(waiters),
        })
    }

    /// Waits for the result. `None` if the work panicked.
    fn wait(self: &Arc<Self>) -> Wait<R> {
        Wait {
            id: self.waiters.next_id.fetch_add(1, Ordering::SeqCst),
            flight: Arc::clone(self),
        }
    }

    /// Waits for the result until `timer` ends.
    pub(crate) async fn wait_until(
        self: &Arc<Self>,
        mut timer: Pin<Box<dyn Future<Output = ()> + Send>>,
    ) -> Result<Option<R>, Overdue> {
        let mut wait = self.wait();
        poll_fn(|context| match Pin::new(&mut wait).poll(context) {
            Poll::Ready(result) => Poll::Ready(Ok(result)),
            Poll::Pending => timer.as_mut().poll(context).map(|()| Err(Overdue)),
        })
        .await
    }

    /// Makes the waiting futures poll the work, as if it had been woken.
    pub(crate) fn wake(&self) {
        Arc::clone(&self.waiters).wake();
    }

    /// Returns the result, or polls the work if it has been woken since the last poll.
    fn poll(&self) -> Poll<Option<R>> {
        let mut work = self.work.lock().unwrap_or_else(PoisonError::into_inner);
        match &*work {
            Work::Done(result) => return Poll::Ready(Some(result.clone())),
            Work::Lost => return Poll::Ready(None),
            Work::Running(_) => {}
        }
        if !self.waiters.is_awake.swap(false, Ordering::SeqCst) {
            return Poll::Pending;
        }
        // If the poll panics, the work stays `Lost`.
        let Work::Running(mut running) = std::mem::replace(&mut *work, Work::Lost) else {
            return Poll::Ready(None);
        };
        let lost = WakeOnPanic(&self.waiters);
        let waker = Waker::from(Arc::clone(&self.waiters));
        let polled = running.as_mut().poll(&mut Context::from_waker(&waker));
        std::mem::forget(lost);
        match polled {
            Poll::Pending => {
                *work = Work::Running(running);
                Poll::Pending
            }
            Poll::Ready(result) => {
                *work = Work::Done(result.clone());
                drop(work);
                self.waiters.wake_all();
                Poll::Ready(Some(result))
            }
        }
    }
}

/// A guard that wakes all waiting futures if the work panics. Without it, they would wait until
/// their timers end.
struct WakeOnPanic<'a>(&'a Waiters);

impl Drop for WakeOnPanic<'_> {
    fn drop(&mut self) {
        self.0.wake_all();
    }
}

/// The error of a wait for work that did not end in time.
#[derive(Debug)]
pub(crate) struct Overdue;

/// A future that waits for a [`Flight`].
struct Wait<R> {
    id: u64,
    flight: Arc<Flight<R>>,
}

impl<R: Clone + Send + 'static> Future for Wait<R> {
    type Output = Option<R>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<R>> {
        let waker = context.waker().clone();
        // The waker is registered before the poll, so that it also receives a wake that happens
        // during the poll.
        self.flight.waiters.wakers().insert(self.id, waker);
        self.flight.poll()
    }
}

impl<R> Drop for Wait<R> {
    fn drop(&mut self) {
        self.flight.waiters.wakers().remove(&self.id);
    }
}

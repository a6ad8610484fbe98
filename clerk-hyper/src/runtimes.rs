//! A connection pool for each tokio runtime.
//!
//! The task that drives a connection belongs to a runtime. The task ends with its runtime, and
//! makes no progress while its runtime is blocked. So other runtimes must not use the connection.

use std::future::pending;
use std::sync::{Arc, Mutex, PoisonError};

use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::runtime::{Handle, Id};
use tokio::task::AbortHandle;

use crate::pool::{Plan, Pool};
use crate::tokio_net::TokioNet;

/// The maximum number of runtimes whose pools are kept. Beyond this number, the least recently used
/// pool is dropped.
const MAX_RUNTIMES: usize = 256;

/// The pools of a transport.
pub(crate) struct Pools {
    plan: Plan<TokioNet>,
    /// The pools in the order of their last use, the most recent one last.
    pools: Mutex<Vec<Entry>>,
}

/// The pool of a runtime.
struct Entry {
    runtime: Id,
    /// A task that never ends by itself. If it is finished, the runtime was shut down.
    canary: AbortHandle,
    pool: Arc<Pool<TokioNet>>,
}

impl Entry {
    fn serves(&self, runtime: Id) -> bool {
        // After a runtime was shut down, a new runtime may get the same id.
        self.runtime == runtime && !self.canary.is_finished()
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        self.canary.abort();
    }
}

impl Pools {
    pub(crate) fn new(plan: Plan<TokioNet>) -> Self {
        let pools = Mutex::default();
        Self { plan, pools }
    }

    pub(crate) fn max_response_bytes(&self) -> usize {
        self.plan.max_response_bytes
    }

    /// Returns the pool of this runtime, and creates it if necessary.
    pub(crate) fn of(&self, runtime: &Handle) -> Arc<Pool<TokioNet>> {
        let id = runtime.id();
        let mut pools = self.pools.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = pools.iter().rposition(|entry| entry.serves(id)) {
            let last = pools.len() - 1;
            if at != last {
                let entry = pools.remove(at);
                pools.push(entry);
            }
            if let Some(entry) = pools.last() {
                return Arc::clone(&entry.pool);
            }
        }
        let (mut kept, mut gone): (Vec<_>, Vec<_>) = pools
            .drain(..)
            .partition(|entry| !entry.canary.is_finished());
        gone.extend(kept.drain(..kept.len().saturating_sub(MAX_RUNTIMES - 1)));
        let pool = Pool::new(&self.plan, TokioExecutor::new(), TokioTimer::new());
        let pool = Arc::new(pool);
        kept.push(Entry {
            runtime: id,
            canary: runtime.spawn(pending::<()>()).abort_handle(),
            pool: Arc::clone(&pool),
        });
        *pools = kept;
        // Dropping a pool closes its connections. This happens after the lock is released.
        drop(pools);
        drop(gone);
        pool
    }
}

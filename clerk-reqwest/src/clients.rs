//! The reqwest clients of a transport.
//!
//! The task that drives a connection belongs to a runtime. The task ends with its runtime, and
//! makes no progress while its runtime is blocked. So other runtimes must not use the connection.

use std::future::pending;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder, retry};
use tokio::runtime::{Handle, Id};
use tokio::task::AbortHandle;

/// The maximum number of runtimes whose clients are kept. Beyond this number, the least recently
/// used client is dropped.
const MAX_RUNTIMES: usize = 256;

/// The source of the client for a runtime.
pub(crate) enum Clients {
    /// The application's client, for the runtime that sends the first request.
    Given {
        client: Client,
        runtime: OnceLock<Id>,
    },
    /// A client for each runtime.
    Built {
        builder: Box<dyn Fn() -> ClientBuilder + Send + Sync>,
        pool: Mutex<Pool>,
    },
}

/// The clients that were built.
pub(crate) struct Pool {
    /// A client that no runtime uses yet. `None` if there is no such client.
    spare: Option<Client>,
    /// The clients in the order of their last use, the most recent one last.
    entries: Vec<Entry>,
}

/// The client of a runtime.
struct Entry {
    runtime: Id,
    /// A task that never ends by itself. If it is finished, the runtime was shut down.
    canary: AbortHandle,
    client: Client,
}

impl Drop for Entry {
    fn drop(&mut self) {
        self.canary.abort();
    }
}

impl Clients {
    pub(crate) fn given(client: Client) -> Self {
        Self::Given {
            client,
            runtime: OnceLock::new(),
        }
    }

    /// Creates clients from the builders that `builder` returns.
    ///
    /// # Errors
    ///
    /// Returns the reason if a client cannot be built.
    pub(crate) fn built(
        builder: impl Fn() -> ClientBuilder + Send + Sync + 'static,
    ) -> Result<Self, String> {
        let spare = Some(build(&builder)?);
        Ok(Self::Built {
            builder: Box::new(builder),
            pool: Mutex::new(Pool {
                spare,
                entries: Vec::new(),
            }),
        })
    }

    /// Returns the client for this runtime.
    ///
    /// # Errors
    ///
    /// Returns the reason if no client can serve this runtime.
    pub(crate) fn of(&self, runtime: &Handle) -> Result<Client, String> {
        match self {
            Self::Given {
                client,
                runtime: first,
            } => {
                if *first.get_or_init(|| runtime.id()) == runtime.id() {
                    return Ok(client.clone());
                }
                Err(
                    "a second tokio runtime uses the reqwest client; create a transport for each \
                     runtime, or one with `ReqwestTransport::from_builder`"
                        .to_owned(),
                )
            }
            Self::Built { builder, pool } => {
                let spare = {
                    let mut pool = lock(pool);
                    if let Some(client) = pool.find(runtime) {
                        return Ok(client);
                    }
                    pool.spare.take()
                };
                // Building reads certificates, so it happens outside of the lock.
                let client = match spare {
                    Some(client) => client,
                    None => build(builder)?,
                };
                let (client, _dropped) = lock(pool).add(runtime, client);
                // `_dropped` is dropped after the lock is released, because dropping a client
                // closes its connections.
                Ok(client)
            }
        }
    }
}

impl Pool {
    /// Returns the client of this runtime, and marks the client as the most recently used one.
    fn find(&mut self, runtime: &Handle) -> Option<Client> {
        // After a runtime was shut down, a new runtime may get the same id.
        let serves = |entry: &Entry| entry.runtime == runtime.id() && !entry.canary.is_finished();
        let at = self.entries.iter().rposition(serves)?;
        if at + 1 < self.entries.len() {
            let entry = self.entries.remove(at);
            self.entries.push(entry);
        }
        self.entries.last().map(|entry| entry.client.clone())
    }

    /// Adds the client of a runtime, unless another thread has already added one. Returns the
    /// client to use, and the entries that are no longer needed.
    fn add(&mut self, runtime: &Handle, client: Client) -> (Client, Vec<Entry>) {
        if let Some(client) = self.find(runtime) {
            return (client, Vec::new());
        }
        let (mut kept, mut gone): (Vec<_>, Vec<_>) = self
            .entries
            .drain(..)
            .partition(|entry| !entry.canary.is_finished());
        gone.extend(kept.drain(..kept.len().saturating_sub(MAX_RUNTIMES - 1)));
        kept.push(Entry {
            runtime: runtime.id(),
            canary: runtime.spawn(pending::<()>()).abort_handle(),
            client: client.clone(),
        });
        self.entries = kept;
        (client, gone)
    }
}

fn lock(pool: &Mutex<Pool>) -> MutexGuard<'_, Pool> {
    pool.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Builds a client that neither follows redirects nor retries.
fn build(builder: &impl Fn() -> ClientBuilder) -> Result<Client, String> {
    let builder = builder().redirect(Policy::none()).retry(retry::never());
    // reqwest panics if rustls has no provider of cryptography.
    match catch_unwind(AssertUnwindSafe(|| builder.build())) {
        Ok(Ok(client)) => Ok(client),
        Ok(Err(error)) => Err(format!(
            "cannot create the reqwest client: {}",
            innermost(&error)
        )),
        Err(_) => Err(
            "cannot create the reqwest client: reqwest panicked; rustls may lack a provider of \
             cryptography; install one with its `install_default`"
                .to_owned(),
        ),
    }
}

/// Returns the innermost cause of an error.
fn innermost(error: &reqwest::Error) -> &(dyn std::error::Error + 'static) {
    let mut error: &(dyn std::error::Error + 'static) = error;
    while let Some(source) = error.source() {
        error = source;
    }
    error
}

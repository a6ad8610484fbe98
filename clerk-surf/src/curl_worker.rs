//! An isahc client whose thread is replaced if it dies.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use clerk_core::catch_panic;
use isahc::config::{CaCertificate, Configurable, RedirectPolicy};
use isahc::http::{Request, Response};
use surf::http::{Error, StatusCode};

/// The settings of libcurl.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) connect_timeout: Duration,
    pub(crate) idle_timeout: Duration,
    pub(crate) roots: Option<PathBuf>,
    /// The maximum number of idle connections, or `None` for libcurl's default.
    pub(crate) max_idle: Option<usize>,
}

/// An isahc client that restarts its thread.
///
/// libcurl's thread ends at its first failed `select`, for example if the process has too many open
/// files. The next request starts another.
#[derive(Debug)]
pub(crate) struct CurlWorker {
    settings: Settings,
    client: Mutex<Arc<Client>>,
}

impl CurlWorker {
    /// Starts a client and its thread.
    pub(crate) fn start(settings: Settings) -> Result<Self, isahc::Error> {
        let client = Mutex::new(Arc::new(Client::new(&settings)?));
        Ok(Self { settings, client })
    }

    /// Sends a request. If the thread dies meanwhile, replaces it and returns an error.
    pub(crate) async fn send(
        &self,
        request: Request<isahc::Body>,
    ) -> Result<Response<isahc::Body>, Error> {
        let client = self.client().clone();
        let Some(isahc) = &client.0 else {
            return Err(worker_died("it was stopped"));
        };
        match catch_panic(
            isahc.send_async(request),
            "the panic hook printed the message",
        )
        .await
        {
            Ok(Err(isahc::Error::Aborted)) => {
                self.replace(&client)?;
                Err(isahc::Error::Aborted.into())
            }
            Ok(response) => Ok(response?),
            Err(panic) => {
                self.replace(&client)?;
                Err(worker_died(panic))
            }
        }
    }

    fn client(&self) -> std::sync::MutexGuard<'_, Arc<Client>> {
        self.client.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Replaces a dead client, unless another request already has.
    fn replace(&self, dead: &Arc<Client>) -> Result<(), isahc::Error> {
        let mut client = self.client();
        if Arc::ptr_eq(&client, dead) {
            *client = Arc::new(Client::new(&self.settings)?);
        }
        Ok(())
    }
}

fn worker_died(cause: impl std::fmt::Display) -> Error {
    let message = format!("libcurl's thread ended (the next request starts another): {cause}");
    Error::from_str(StatusCode::InternalServerError, message)
}

/// An isahc client that can be dropped after its thread died; `None` only while it is dropped.
#[derive(Debug)]
struct Client(Option<isahc::HttpClient>);

impl Client {
    fn new(settings: &Settings) -> Result<Self, isahc::Error> {
        let mut builder = isahc::HttpClient::builder()
            .redirect_policy(RedirectPolicy::None)
            .connect_timeout(settings.connect_timeout)
            .connection_cache_ttl(settings.idle_timeout)
            .automatic_decompression(false)
            .tcp_nodelay()
            .proxy(None);
        if let Some(roots) = &settings.roots {
            builder = builder.ssl_ca_certificate(CaCertificate::file(roots));
        }
        if let Some(max_idle) = settings.max_idle {
            builder = builder.connection_cache_size(max_idle);
        }
        Ok(Self(Some(builder.build()?)))
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // isahc panics when it is dropped after its thread died.
        let client = self.0.take();
        let _ = catch_unwind(AssertUnwindSafe(|| drop(client)));
    }
}

//! A client of isahc's, and the thread behind it, which may die.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use clerk_core::catch_panic;
use isahc::config::{CaCertificate, Configurable, RedirectPolicy};
use isahc::http::{Request, Response};
use surf::http::{Error, StatusCode};

#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) connect_timeout: Duration,
    pub(crate) idle_timeout: Duration,
    pub(crate) roots: Option<PathBuf>,
    /// How many idle connections are kept; as many as libcurl likes if it is not said.
    pub(crate) idle: Option<usize>,
}

/// libcurl's thread ends for good at its first failed `select`, as when the process has too many
/// open files. The next request gets a new one.
#[derive(Debug)]
pub(crate) struct Agent {
    settings: Settings,
    client: Mutex<Arc<Client>>,
}

impl Agent {
    pub(crate) fn start(settings: Settings) -> Result<Self, isahc::Error> {
        let client = Mutex::new(Arc::new(Client::new(&settings)?));
        Ok(Self { settings, client })
    }

    pub(crate) async fn send(
        &self,
        request: Request<isahc::Body>,
    ) -> Result<Response<isahc::Body>, Error> {
        let client = self.client().clone();
        let Some(isahc) = &client.0 else {
            return Err(dead("it was stopped"));
        };
        match catch_panic(isahc.send_async(request), "isahc has the message").await {
            Ok(Err(isahc::Error::Aborted)) => {
                self.replace(&client)?;
                Err(isahc::Error::Aborted.into())
            }
            Ok(answer) => Ok(answer?),
            Err(panic) => {
                self.replace(&client)?;
                Err(dead(panic))
            }
        }
    }

    fn client(&self) -> std::sync::MutexGuard<'_, Arc<Client>> {
        self.client.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Unless somebody else has.
    fn replace(&self, dead: &Arc<Client>) -> Result<(), isahc::Error> {
        let mut client = self.client();
        if Arc::ptr_eq(&client, dead) {
            *client = Arc::new(Client::new(&self.settings)?);
        }
        Ok(())
    }
}

fn dead(why: impl std::fmt::Display) -> Error {
    let message = format!("libcurl's thread has ended, and the next request starts another: {why}");
    Error::from_str(StatusCode::InternalServerError, message)
}

/// `None` only while it is dropped.
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
        if let Some(idle) = settings.idle {
            builder = builder.connection_cache_size(idle);
        }
        Ok(Self(Some(builder.build()?)))
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // isahc panics here when its thread has died.
        let client = self.0.take();
        let _ = catch_unwind(AssertUnwindSafe(|| drop(client)));
    }
}

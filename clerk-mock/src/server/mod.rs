//! A [`FakeClerk`] behind a socket: for whatever talks to Clerk but not through this client.

mod answer;

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::FakeClerk;

/// How long requests that are under way may take to end.
const SHUTDOWN: Duration = Duration::from_secs(5);
/// Before it tries again to accept a connection, as when there are too many open files.
const PAUSE: Duration = Duration::from_millis(50);

/// A line about a request: see [`FakeServerBuilder::log`].
pub(crate) type Log = dyn Fn(&str) + Send + Sync;

/// A [`FakeClerk`] that is served over HTTP/1.1 and HTTP/2, without TLS.
///
/// Time passes for the fake as it does for everybody, unless
/// [`virtual_time`](FakeServerBuilder::virtual_time) leaves that to the test. Besides Clerk's
/// operations it answers, to anybody:
///
/// - `GET /__clerk_mock/state` with [`FakeClerk::state`], passwords included;
/// - `POST /__clerk_mock/reset`, which takes it back to what it was when it was started.
///
/// A [`Fault`](crate::Fault) that loses an answer closes the connection instead.
///
/// ```
/// use clerk_client::{Clerk, SecretKey, TokioTransport};
/// use clerk_client::mock::{FakeClerk, FakeServer, FakeUser};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let fake = FakeClerk::new();
/// fake.add(FakeUser::new("user_ada").email_address("ada@example.com"));
/// let server = FakeServer::start(fake).await?;
///
/// let key = SecretKey::new(FakeClerk::SECRET_KEY)?;
/// let clerk = Clerk::builder(TokioTransport::new()?, key).base_url(server.url()).build()?;
/// assert_eq!(clerk.users().get_user("user_ada").await?.email_addresses.len(), 1);
/// assert_eq!(server.fake().requests().len(), 1);
/// server.shutdown().await;
/// # Ok(())
/// # }
/// ```
#[must_use = "the server ends when it is dropped"]
pub struct FakeServer {
    address: SocketAddr,
    fake: Arc<FakeClerk>,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl FakeServer {
    /// On a free port of the loopback address, on the tokio runtime that this is called on.
    ///
    /// # Errors
    ///
    /// Of the operating system's, when it has no port.
    pub async fn start(fake: FakeClerk) -> io::Result<Self> {
        Self::builder(fake).start().await
    }

    /// With settings of the caller's.
    pub fn builder(fake: FakeClerk) -> FakeServerBuilder {
        FakeServerBuilder {
            fake,
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            virtual_time: false,
            log: None,
        }
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base URL for clients: `http://127.0.0.1:49152/v1`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    /// What is served.
    #[must_use]
    pub fn fake(&self) -> &FakeClerk {
        &self.fake
    }

    /// Takes no more connections, and waits for the requests that are under way: 5 s at most.
    pub async fn shutdown(self) {
        let _ = self.stop.send(());
        let _ = self.task.await;
    }
}

impl fmt::Debug for FakeServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FakeServer")
            .field("address", &self.address)
            .field("fake", &self.fake)
            .finish_non_exhaustive()
    }
}

/// Settings of a [`FakeServer`].
#[must_use = "a builder does nothing until it is started"]
pub struct FakeServerBuilder {
    fake: FakeClerk,
    address: SocketAddr,
    virtual_time: bool,
    log: Option<Arc<Log>>,
}

impl FakeServerBuilder {
    /// Where to listen. Default: a free port of the loopback address. Whoever can reach it can do
    /// anything with the fake.
    pub fn address(mut self, address: impl Into<SocketAddr>) -> Self {
        self.address = address.into();
        self
    }

    /// Leaves the fake's clock to the test: waits take no time, and it moves only by them and by
    /// [`FakeClerk::clock`].
    pub fn virtual_time(mut self) -> Self {
        self.virtual_time = true;
        self
    }

    /// Gets a line for each request: its method, its path without the query, the status, and how
    /// long it took.
    pub fn log(mut self, log: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.log = Some(Arc::new(log));
        self
    }

    /// Starts it, on the tokio runtime that this is called on.
    ///
    /// # Errors
    ///
    /// Of the operating system's, when it cannot listen there.
    pub async fn start(self) -> io::Result<FakeServer> {
        let listener = TcpListener::bind(self.address).await?;
        let address = listener.local_addr()?;
        let fake = Arc::new(self.fake);
        let served = Arc::new(Served {
            initial: FakeClerk::clone(&fake),
            fake: Arc::clone(&fake),
            passed: (!self.virtual_time).then(|| Mutex::new(Instant::now())),
            log: self.log,
        });
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(accept(listener, served, stopped));
        Ok(FakeServer {
            address,
            fake,
            stop,
            task,
        })
    }
}

impl fmt::Debug for FakeServerBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FakeServerBuilder")
            .field("address", &self.address)
            .field("virtual_time", &self.virtual_time)
            .finish_non_exhaustive()
    }
}

/// What the connections share.
struct Served {
    fake: Arc<FakeClerk>,
    initial: FakeClerk,
    /// Up to when the fake's clock has followed the real one; `None` where it does not.
    passed: Option<Mutex<Instant>>,
    log: Option<Arc<Log>>,
}

impl Served {
    /// Lets the time that has passed for everybody pass for the fake.
    fn follow_time(&self) {
        if let Some(passed) = &self.passed {
            let mut passed = passed.lock().unwrap_or_else(PoisonError::into_inner);
            let now = Instant::now();
            self.fake.clock().advance(now.duration_since(*passed));
            *passed = now;
        }
    }

    /// Back to the beginning. Where time is everybody's, it goes on.
    fn reset(&self) {
        self.follow_time();
        let time = match self.passed {
            Some(_) => self.fake.time(),
            None => self.initial.time(),
        };
        self.fake.restore_at(&self.initial, time);
    }

    async fn wait(&self, duration: Duration) {
        match self.passed {
            Some(_) => tokio::time::sleep(duration).await,
            None => self.fake.clock().sleep(duration).await,
        }
    }
}

/// Accepts connections until it is told to stop, or whoever would tell it is gone.
async fn accept(listener: TcpListener, served: Arc<Served>, mut stopped: oneshot::Receiver<()>) {
    let mut http = auto::Builder::new(TokioExecutor::new());
    http.http1().timer(TokioTimer::new());
    http.http2().timer(TokioTimer::new());
    let graceful = GracefulShutdown::new();
    loop {
        let accepted = tokio::select! {
            _ = &mut stopped => break,
            accepted = listener.accept() => accepted,
        };
        let Ok((stream, _)) = accepted else {
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        let _ = stream.set_nodelay(true);
        let served = Arc::clone(&served);
        let service = hyper::service::service_fn(move |request| {
            let served = Arc::clone(&served);
            async move { answer::answer(&served, request).await }
        });
        let connection = http.serve_connection_with_upgrades(TokioIo::new(stream), service);
        let connection = graceful.watch(connection.into_owned());
        tokio::spawn(async move {
            // A client that goes away, or an answer that a fault has lost.
            let _ = connection.await;
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(SHUTDOWN, graceful.shutdown()).await;
}

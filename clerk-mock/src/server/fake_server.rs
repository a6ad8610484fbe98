//! A [`FakeClerk`] on a port, for clients in other languages and processes.

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use clerk_core::webhooks::WebhookSecret;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::fake::fake_clerk::FakeClerk;
use crate::server::connections;
use crate::server::save_file::SaveFile;
use crate::server::server_state::{Log, ServerState};
use crate::server::stop::Stop;
use crate::server::webhooks::delivery::WebhookDelivery;
use crate::server::webhooks::endpoint::Endpoint;
use crate::server::world_name::WorldName;

/// A [`FakeClerk`] that is served over HTTP/1.1 and HTTP/2, without TLS.
///
/// By default, the fake's clock follows real time. With
/// [`virtual_time`](FakeServerBuilder::virtual_time), a test controls the clock.
///
/// # Control
///
/// Besides Clerk's operations, the server has paths below `/__clerk_mock/`, by which a test in any
/// language controls the fake. They require no key. `GET /__clerk_mock/openapi.json` returns their
/// OpenAPI document. These are the paths:
///
/// - `GET` and `PUT /__clerk_mock/state` return and replace the state, passwords included.
/// - `POST /__clerk_mock/seed` adds users, organizations and sessions.
/// - `POST /__clerk_mock/save` saves the state of [`fake`](FakeServer::fake) in the file of
///   [`save_to`](FakeServerBuilder::save_to). The state of a named world is not saved.
/// - `POST /__clerk_mock/reset` restores the state that the fake had when the server started. It
///   also undoes all other changes that these paths made to the fake.
/// - `GET` and `DELETE /__clerk_mock/requests` return and clear the journal: the newest 1,000
///   requests and their responses, at most 16 MiB in total. Bodies of more than 64 KiB, and bodies
///   that are not JSON, are omitted. Keys, passwords, codes, tokens, and private and unsafe
///   metadata are hidden. `GET` returns the newest 100 requests, or the `limit` of the query.
/// - `POST /__clerk_mock/requests/count` counts the requests that satisfy the conditions of a
///   [`RequestMatcher`](crate::RequestMatcher). If fewer than `times` do, it also shows
///   how the most similar other request differs.
/// - `GET`, `POST` and `DELETE /__clerk_mock/faults` list, plan and end faults.
/// - `GET` and `POST /__clerk_mock/clock` return the time, and advance or set it.
/// - `GET` and `PATCH /__clerk_mock/settings` return and change the settings of the fake: the rate
///   limit, the latency, the secret key, the number of requests to keep, and the [settings of the
///   instance](FakeClerk::settings).
/// - `PUT /__clerk_mock/random_seed` sets the seed of future ids.
/// - `POST /__clerk_mock/sign_in` signs a user in. The response has the `session_id`, a `token`,
///   and the `cookie` header of a browser. The body, in JSON, has the `user_id`. All other fields
///   are optional:
///   - the `organization_id`, and the `role` and the `permissions` in this organization. Without a
///     `role`, the token has the role and the permissions of the user's membership.
///   - `features` and `plans`, such as `["o:docs", "u:gold"]`.
///   - `factor_ages` in minutes, such as `[3, null]`.
///   - the `authorized_party`, `pending`, and an object of other `claims`.
///   - `issued_at` and `expires_in_seconds` of the token. `issued_at` is an RFC 3339 date and time.
/// - `POST /__clerk_mock/rotate_signing_key` replaces the key that signs tokens.
/// - `GET /__clerk_mock/jwt_key` returns the `jwt_key`, which is [`FakeClerk::jwt_key`].
/// - `PUT` and `DELETE /__clerk_mock/webhook` set and remove the `url` that receives webhooks, and
///   the `secret` that signs them. A seed and a `PUT` of the state send no webhooks.
/// - `GET /__clerk_mock/webhooks` returns the deliveries of webhooks, with their attempts.
///   `POST /__clerk_mock/webhooks/settle` first waits as
///   [`webhooks_settled`](FakeServer::webhooks_settled) does, and then returns the deliveries.
///
/// # Worlds
///
/// A world is an instance with its own state, clock, faults, settings, journal and webhooks, so
/// parallel tests can share a server. A server has up to 1,000 named worlds at a time. A request
/// names its world in the header `X-Clerk-Mock-World` or in its path. For the path, set the base
/// URL of the SDK to [`world_url`](FakeServer::world_url). A request that names no world is for
/// [`fake`](FakeServer::fake).
///
/// The first request to a world creates it in the state that the fake had when the server started.
/// `GET /__clerk_mock/worlds` lists the named worlds, and `DELETE /__clerk_mock/worlds/{name}`
/// deletes a world.
///
/// # Page
///
/// `GET /` returns a page for browsers. It shows the state and the requests as they come in. On the
/// page, you can also plan faults and move the clock.
///
/// The requests of the page have the header `X-Clerk-Mock-Unrecorded`. A request with this header
/// is not recorded or logged, and needs no key. If it is a `GET`, it creates no world. Faults, the
/// rate limit, the latency and the responses of [`FakeClerk::respond_to`] do not apply to it.
///
/// # Faults and responses
///
/// A [`Fault`](crate::Fault) without a complete response closes the connection (with HTTP/2, only
/// the stream). So does a response with a 1xx status. `Content-Length` is always the length of the
/// body. Faults of [`FakeClerk::inject_fault`] and responses of [`FakeClerk::respond_to`] apply to
/// one fake, not to every world. [`world`](FakeServer::world) returns the fake of another world.
///
/// # Example
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
#[must_use = "the server stops when it is dropped"]
pub struct FakeServer {
    address: SocketAddr,
    fake: Arc<FakeClerk>,
    state: Arc<ServerState>,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
    /// Stops the webhooks of all worlds.
    webhooks: Stop,
}

impl FakeServer {
    /// Starts a server on a free port of the loopback address.
    ///
    /// The server runs on the current tokio runtime. Panics if there is no runtime, or if the I/O
    /// of the runtime is not enabled.
    ///
    /// # Errors
    ///
    /// Returns an error if the operating system has no free port.
    pub async fn start(fake: FakeClerk) -> io::Result<Self> {
        Self::builder(fake).start().await
    }

    /// Creates a builder to change the settings.
    pub fn builder(fake: FakeClerk) -> FakeServerBuilder {
        FakeServerBuilder {
            fake,
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            virtual_time: false,
            log: None,
            save_file: None,
            webhook: None,
        }
    }

    /// Returns the address that the server listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the base URL for clients, such as `http://127.0.0.1:49152/v1`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    /// Returns the fake that is served.
    ///
    /// If the time is not virtual, each call of this method, each request, and each attempt to send
    /// a webhook update the fake's clock. In between, the clock stands still.
    #[must_use]
    pub fn fake(&self) -> &FakeClerk {
        self.state.unnamed().sync_clock();
        &self.fake
    }

    /// Returns the base URL for clients of a world.
    ///
    /// ```
    /// use clerk_client::{Clerk, SecretKey, TokioTransport};
    /// use clerk_client::mock::{FakeClerk, FakeServer, FakeUser};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let server = FakeServer::start(FakeClerk::new()).await?;
    /// server.world("test-1")?.add(FakeUser::new("user_ada"));
    ///
    /// let key = SecretKey::new(FakeClerk::SECRET_KEY)?;
    /// let clerk = Clerk::builder(TokioTransport::new()?, key);
    /// let clerk = clerk.base_url(server.world_url("test-1")).build()?;
    /// assert_eq!(clerk.users().get_user("user_ada").await?.id, "user_ada");
    /// assert!(server.fake().user("user_ada").is_none());
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn world_url(&self, name: &str) -> String {
        format!("http://{}/__clerk_mock/worlds/{name}/v1", self.address)
    }

    /// Returns the fake of a world, and creates the world if it does not exist. Brings the fake's
    /// clock up to date, as [`fake`](Self::fake) does.
    ///
    /// # Errors
    ///
    /// Returns an error if there are too many worlds, or if the name is invalid. A valid name
    /// consists of 1 to 100 letters, digits, dots, underscores and hyphens, and is neither `.` nor
    /// `..`.
    pub fn world(&self, name: &str) -> io::Result<Arc<FakeClerk>> {
        let name = WorldName::read(name, "name");
        let world = name.and_then(|name| self.state.world(Some(&name)));
        match world {
            Ok(world) => {
                world.sync_clock();
                Ok(Arc::clone(&world.fake))
            }
            Err(error) => Err(io::Error::other(error.message())),
        }
    }

    /// Returns the deliveries of webhooks of [`fake`](Self::fake), in the order of the changes. The
    /// list keeps at most 10,000: a further one replaces the delivery that ended first. The list is
    /// empty if the fake never had an endpoint.
    #[must_use]
    pub fn webhook_deliveries(&self) -> Vec<WebhookDelivery> {
        self.state.unnamed().webhooks.deliveries().all()
    }

    /// Waits for the webhooks of all earlier changes of [`fake`](Self::fake), until each is
    /// delivered, has failed, or waits for an attempt at a later time of the fake's clock.
    pub async fn webhooks_settled(&self) {
        let world = self.state.unnamed();
        world.sync_clock();
        world.webhooks_settled().await;
    }

    /// Stops accepting connections, and waits at most 5 s for pending requests. Webhooks that are
    /// not yet delivered are dropped.
    pub async fn shutdown(self) {
        self.webhooks.stop().await;
        let _ = self.stop.send(());
        let _ = self.task.await;
    }

    /// Stops as [`shutdown`](FakeServer::shutdown) does, and then saves the state, if
    /// [`save_to`](FakeServerBuilder::save_to) has set a file.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be written. The file then keeps its previous content.
    pub async fn shutdown_and_save(self) -> io::Result<()> {
        let (fake, state) = (Arc::clone(&self.fake), Arc::clone(&self.state));
        self.shutdown().await;
        state.unnamed().sync_clock();
        match &state.save_file {
            Some(file) => file.save(&fake),
            None => Ok(()),
        }
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

/// The settings of a [`FakeServer`].
#[must_use = "a builder does nothing until it is started"]
pub struct FakeServerBuilder {
    fake: FakeClerk,
    address: SocketAddr,
    virtual_time: bool,
    log: Option<Arc<Log>>,
    save_file: Option<Arc<SaveFile>>,
    webhook: Option<(String, WebhookSecret)>,
}

impl FakeServerBuilder {
    /// Sets the address to listen on. The default is a free port of the loopback address.
    ///
    /// <div class="warning">Any client that reaches the port has full control of the fake.</div>
    pub fn address(mut self, address: impl Into<SocketAddr>) -> Self {
        self.address = address.into();
        self
    }

    /// Makes the fake's time virtual, so that a test controls it.
    ///
    /// Delays of responses take no real time. Only these delays, the [step](FakeClerk::set_step) of
    /// each change and [`FakeClerk::clock`] advance the fake's time.
    pub fn virtual_time(mut self) -> Self {
        self.virtual_time = true;
        self
    }

    /// Sets a function that receives a line for each request: method, path without the query,
    /// status and duration. The page's own requests are not logged.
    pub fn log(mut self, log: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.log = Some(Arc::new(log));
        self
    }

    /// Sets the file in which `POST /__clerk_mock/save` and
    /// [`shutdown_and_save`](FakeServer::shutdown_and_save) save the state of
    /// [`fake`](FakeServer::fake). By default, there is no file.
    ///
    /// The JSON has the form of [`FakeClerk::to_json`], passwords included. The server writes it to
    /// a temporary file in the same folder, whose name ends with `.tmp`. The temporary file then
    /// replaces the file. Symbolic links are followed.
    pub fn save_to(mut self, path: impl Into<PathBuf>) -> Self {
        self.save_file = Some(Arc::new(SaveFile::new(path.into())));
        self
    }

    /// Sends the [webhooks](FakeClerk::webhooks) of every later change to this URL, such as
    /// `http://127.0.0.1:3001/webhooks`. Only `http` is supported.
    ///
    /// The URL receives only the changes of [`fake`](FakeServer::fake). Another world has no
    /// endpoint until `PUT /__clerk_mock/webhook` sets one.
    ///
    /// An attempt succeeds if the response is a 2xx within 15 s. Otherwise, the server retries
    /// after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h and again 10 h. Svix, which sends Clerk's webhooks,
    /// has the same schedule. With [`virtual_time`](Self::virtual_time), a retry is sent when
    /// [`FakeClerk::clock`] has been advanced by the duration of the wait.
    ///
    /// The events of an object arrive in the order of the changes: while an event waits for its
    /// next attempt, the later events of the object wait, too. Up to 8 events of different objects
    /// are sent at the same time.
    ///
    /// The timestamp of the signature is the fake's time. If the receiver verifies it with the
    /// system's clock, set the [time](FakeClerk::set_time) of the fake to now, and do not use
    /// virtual time. If you advance the clock, first set the time back by the same duration, so
    /// that the fake's time is the current time again after the advance.
    ///
    /// ```no_run
    /// use clerk_client::mock::{FakeClerk, FakeServer, FakeUser};
    /// use clerk_client::webhooks::WebhookSecret;
    ///
    /// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
    /// let fake = FakeClerk::new();
    /// fake.set_time(std::time::SystemTime::now().into());
    /// let secret = WebhookSecret::new(FakeClerk::WEBHOOK_SECRET)?;
    /// let builder = FakeServer::builder(fake).webhook("http://127.0.0.1:3001/webhooks", secret);
    /// let server = builder.start().await?;
    ///
    /// server.fake().add(FakeUser::new("user_ada"));
    /// server.webhooks_settled().await;
    /// for delivery in server.webhook_deliveries() {
    ///     println!("{}: {:?}", delivery.event_type, delivery.status);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn webhook(mut self, url: impl Into<String>, secret: WebhookSecret) -> Self {
        self.webhook = Some((url.into(), secret));
        self
    }

    /// Starts the server on the current tokio runtime. Panics if there is no runtime, or if the I/O
    /// of the runtime is not enabled.
    ///
    /// # Errors
    ///
    /// Returns an error if the operating system cannot listen on the address. If the URL of the
    /// webhooks is invalid, the error has the kind [`InvalidInput`](io::ErrorKind::InvalidInput).
    pub async fn start(self) -> io::Result<FakeServer> {
        let webhook = self.webhook;
        let webhook = webhook.map(|(url, secret)| Endpoint::parse(&url, secret));
        let webhook = webhook.transpose()?;
        let listener = TcpListener::bind(self.address).await?;
        let address = listener.local_addr()?;
        let fake = Arc::new(self.fake);
        let webhooks = Stop::new();
        let signal = webhooks.signal();
        let state = ServerState::new(Arc::clone(&fake), self.virtual_time, signal, webhook);
        let state = Arc::new(state.logs_to(self.log).saved_in(self.save_file));
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(connections::accept(listener, Arc::clone(&state), stopped));
        Ok(FakeServer {
            address,
            fake,
            state,
            stop,
            task,
            webhooks,
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

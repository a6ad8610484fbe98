//! The fake, and the methods that set up its users.

use std::fmt;
use std::sync::{Arc, MutexGuard};
use std::time::Duration;

use clerk_core::models::{CommerceSubscription, OAuthAccessToken, TrustedDevice, User};
use clerk_core::{
    Clerk, DynTransport, HttpRequest, HttpResponse, HttpTransport, SecretKey, Timestamp,
    TransportError, UserId, async_trait,
};

use crate::clock::VirtualClock;
use crate::fake::faults::throttle::Throttle;
use crate::fake::instance::Instance;
use crate::fake::state::fake_user::FakeUser;
use crate::fake::state::instance_settings::InstanceSettings;
use crate::fake::state::world::World;

/// A stateful Clerk in memory: a change made by one call is visible to the next.
///
/// It responds with Clerk's statuses, codes and messages.
///
/// - It models users, organizations without their billing, and sessions with their tokens and
///   clients.
/// - It stores other objects, such as redirect URLs and machines.
/// - It refuses all other operations, such as `POST /sessions/{session_id}/refresh`, with a 501. To
///   set their responses, use [`respond_to`](FakeClerk::respond_to).
///
/// `docs/guide/testing.md` has a table of all operations.
///
/// ```
/// use clerk_client::requests::CreateUserRequest;
/// use clerk_client::mock::FakeClerk;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), clerk_client::Error> {
/// let fake = FakeClerk::new();
/// let users = fake.client().users();
///
/// let ada = CreateUserRequest::new().email_address(["ada@example.com"]);
/// let user = users.create_user(ada.clone()).await?;
/// assert_eq!(users.get_user(&user.id).await?, user);
///
/// let taken = users.create_user(ada).await.unwrap_err();
/// assert_eq!(taken.code(), Some("form_identifier_exists"));
/// assert_eq!(fake.requests().len(), 3);
/// # Ok(())
/// # }
/// ```
///
/// # Setting it up
///
/// A new instance has no users. Add them with [`add`](FakeClerk::add) and [`FakeUser`], or read
/// them from JSON with [`from_json`](FakeClerk::from_json). A clone is a snapshot, and
/// [`restore`](FakeClerk::restore) returns to it.
///
/// # Determinism
///
/// Every run of a test sees the same ids, trace ids and times. Ids come from a fixed seed. Time
/// comes from a [`VirtualClock`] and starts on 2026-01-01.
///
/// # The instance
///
/// - A user needs no e-mail address, phone number or username. Usernames have 4 to 64 characters:
///   letters, digits, `_` and `-`. At least one character is not a digit. Passwords have 8 to 72
///   characters, and at most 72 bytes. [`set_settings`](FakeClerk::set_settings) changes these
///   rules.
/// - Metadata has at most 8,192 bytes of JSON. An image has at most 10 MiB. A logo is a JPEG, PNG,
///   GIF or WebP.
/// - A locked user is unlocked after an hour.
/// - A session lasts a week. A fake keeps the 10,000 newest sessions. Each session has its own
///   client, but a seed in JSON can give several sessions the same client.
/// - By default, an organization that a request creates can have up to 5 members and pending
///   invitations in total, and its `admin_delete_enabled` is true. The request can set another
///   maximum. `PATCH /instance/organization_settings` changes both defaults. Slugs, domains and all
///   enrollment modes of domains are enabled.
/// - The roles are `org:admin` and `org:member`, with Clerk's system permissions, and up to 10
///   roles that requests create. An organization has up to 10 domains.
/// - A request without an API version uses the oldest version, 2021-02-05.
/// - By default, any well-formed secret key is accepted. After
///   [`require_key`](FakeClerk::require_key), only one key is accepted.
///
/// # Differences from Clerk
///
/// - In an update of a user, null removes the first and last name, the username, the external id,
///   the locale, the time zone, `create_organizations_limit` and `legal_accepted_at`. Any other
///   null, such as a null for metadata, changes nothing.
/// - A password digest must have the usual form of its hasher. With the feature `bcrypt` of
///   `clerk-mock`, passwords are checked against digests of bcrypt whose cost is at most 16. Any
///   other digest matches no password.
/// - The fake knows only a few leaked passwords.
/// - If the idempotency key of a credit adjustment is used again for a different adjustment, the
///   response is a 409.
/// - A token of a JWT template has the claims of the template, with the values of its shortcodes.
///   It also has the custom claims of the session. If the template and the session set the same
///   claim, the token has the value of the session. A template that does not exist adds no claims.
///   The tokens of all templates are signed with the key of the instance.
/// - `POST /sessions` also accepts a live key. Clerk offers this operation only for testing, not
///   for production instances.
/// - Every organization can use every role, and accepts any `role_set_key`.
/// - The keys of `org:admin` and `org:member` cannot be changed.
/// - A domain of an organization does not enroll users. A new organization does not become active
///   in a session.
/// - The parameters `profile_image_id` and `notify_…` are accepted without effect. So are most
///   parameters that only Clerk's SDKs have, such as `device_authorization_grant_enabled` of an
///   OAuth application. The fake still accepts a password that is marked as compromised.
pub struct FakeClerk {
    pub(crate) instance: Arc<Instance>,
}

impl FakeClerk {
    /// A secret key that the fake accepts, unless [`require_key`](FakeClerk::require_key) sets
    /// another.
    pub const SECRET_KEY: &'static str = "sk_test_fake";

    /// Creates an instance without users.
    #[must_use]
    pub fn new() -> Self {
        Self {
            instance: Arc::new(Instance::new(
                World::new(),
                VirtualClock::new(),
                Throttle::default(),
            )),
        }
    }

    /// Creates an instance without users. Its ids and trace ids come from this seed.
    ///
    /// Instances with different seeds create different ids. [`new`](FakeClerk::new) uses a fixed
    /// seed.
    ///
    /// ```
    /// use clerk_client::mock::FakeClerk;
    /// use clerk_client::requests::CreateUserRequest;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), clerk_client::Error> {
    /// let mut ids = Vec::new();
    /// for seed in [1, 1, 2] {
    ///     let users = FakeClerk::with_seed(seed).client().users();
    ///     ids.push(users.create_user(CreateUserRequest::new()).await?.id);
    /// }
    /// assert!(ids[0] == ids[1] && ids[1] != ids[2]);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn with_seed(seed: u64) -> Self {
        let fake = Self::new();
        fake.world().set_random_seed(seed);
        fake
    }

    /// Creates a client of this instance.
    ///
    /// To build a client with other settings, use [`transport`](FakeClerk::transport).
    #[must_use]
    pub fn client(&self) -> Clerk {
        let key = SecretKey::new(Self::SECRET_KEY);
        #[allow(clippy::expect_used)]
        let key = key.expect("SECRET_KEY is in good form");
        Clerk::with_transport(self.transport(), key)
    }

    /// Returns a transport to this instance. An instance can have any number of transports.
    #[must_use]
    pub fn transport(&self) -> DynTransport {
        Arc::clone(&self.instance) as DynTransport
    }

    /// Requires this secret key. Requests with any other key get a 401, but operations on M2M
    /// tokens also accept the secret key of a machine.
    pub fn require_key(&self, key: impl Into<String>) {
        self.world().secret_key = Some(key.into());
    }

    /// Returns the settings: what the instance requires and refuses.
    #[must_use]
    pub fn settings(&self) -> InstanceSettings {
        self.world().settings.clone()
    }

    /// Sets the settings for later requests. Existing objects do not change.
    pub fn set_settings(&self, settings: InstanceSettings) {
        self.world().settings = settings;
    }

    /// Adds a user, or replaces the user with the same id. A `created_at` of 0 becomes the current
    /// time.
    ///
    /// Unlike a [`User`], a [`FakeUser`] has data that Clerk does not return, such as a password.
    /// If a user is replaced, the user's sessions stay, but no data of the earlier `FakeUser`, such
    /// as memberships. To change only some data of a user, use [`edit`](FakeClerk::edit).
    pub fn add(&self, user: impl Into<FakeUser>) {
        let user = user.into();
        self.instance.change(|world, now| {
            world.add(user, now);
        });
    }

    /// Changes a user, as a request of another client would. Returns the result of the closure, or
    /// `None` if the user does not exist.
    ///
    /// The closure gets the part of the user that Clerk returns. It cannot change the id, and must
    /// not use the fake. All other data stays, such as the password and the memberships, with two
    /// exceptions:
    ///
    /// - A ban revokes the sessions.
    /// - A second factor or a password that the closure disables is removed.
    ///
    /// If the closure changes the user but not `updated_at`, `updated_at` becomes the current time.
    ///
    /// ```
    /// use clerk_client::mock::{FakeClerk, FakeUser};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), clerk_client::Error> {
    /// let fake = FakeClerk::new();
    /// fake.add(FakeUser::new("user_ada").username("ada_l").password("correct horse"));
    /// fake.edit("user_ada", |ada| ada.first_name = Some("Ada".into()));
    ///
    /// let users = fake.client().users();
    /// assert_eq!(users.get_user("user_ada").await?.first_name.as_deref(), Some("Ada"));
    /// assert!(users.verify_password("user_ada", "correct horse").await?.verified);
    /// # Ok(())
    /// # }
    /// ```
    pub fn edit<T>(
        &self,
        user_id: impl Into<UserId>,
        edit: impl FnOnce(&mut User) -> T,
    ) -> Option<T> {
        let user_id = user_id.into();
        self.instance.change(|world, now| {
            let before = world.user(user_id.as_str())?.user.clone();
            // The closure gets a copy, so that a panic leaves the user unchanged.
            let mut user = before.clone();
            let result = edit(&mut user);
            user.id = user_id;
            world.set_user(&before, user, now);
            Some(result)
        })
    }

    /// Removes a user, as a request of another client would. Returns the user, or `None` if there
    /// is no such user.
    pub fn remove_user(&self, user_id: impl Into<UserId>) -> Option<User> {
        let user_id = user_id.into();
        let account = self
            .instance
            .change(|world, _| world.remove(user_id.as_str()));
        Some(account?.user)
    }

    /// Adds an OAuth access token of the provider that the token names.
    ///
    /// Returns whether the user exists.
    pub fn add_oauth_access_token(
        &self,
        user_id: impl Into<UserId>,
        token: OAuthAccessToken,
    ) -> bool {
        self.change(user_id, |account| account.tokens.push(token))
    }

    /// Adds a trusted device. The default platform is iOS, and the default status is active.
    ///
    /// Returns whether the user exists.
    pub fn add_trusted_device(&self, user_id: impl Into<UserId>, device: TrustedDevice) -> bool {
        self.change(user_id, |account| account.devices.push(device))
    }

    /// Sets the subscription of a user.
    ///
    /// Returns whether the user exists.
    pub fn set_billing_subscription(
        &self,
        user_id: impl Into<UserId>,
        subscription: CommerceSubscription,
    ) -> bool {
        let subscription = Box::new(subscription);
        self.change(user_id, |account| account.subscription = Some(subscription))
    }

    fn change(&self, user_id: impl Into<UserId>, change: impl FnOnce(&mut FakeUser)) -> bool {
        let user_id = user_id.into();
        let changed = self.instance.change(|world, now| {
            world.change(user_id.as_str(), |user| {
                change(user);
                user.fill_defaults(now);
            })
        });
        changed.is_some()
    }

    /// Returns the current state of a user, or `None` if the user does not exist.
    #[must_use]
    pub fn user(&self, user_id: impl Into<UserId>) -> Option<User> {
        let world = self.world();
        Some(world.user(user_id.into().as_str())?.user.clone())
    }

    /// Returns the clock of this instance.
    #[must_use]
    pub fn clock(&self) -> &VirtualClock {
        &self.instance.clock
    }

    /// Returns the current time of this instance.
    #[must_use]
    pub fn time(&self) -> Timestamp {
        self.instance.time()
    }

    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.instance.world()
    }
}

#[async_trait]
impl HttpTransport for FakeClerk {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        self.instance.send(request).await
    }

    async fn sleep(&self, duration: Duration) {
        self.clock().sleep(duration).await;
    }

    fn now(&self) -> Duration {
        self.clock().now()
    }

    fn time_of_day(&self) -> Option<Timestamp> {
        Some(self.time())
    }
}

impl Default for FakeClerk {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for FakeClerk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.instance.fmt(f)
    }
}

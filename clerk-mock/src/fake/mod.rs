//! A Clerk in memory.
//!
//! `mod.rs` is the transport and what a test calls; `route` finds the operation; one file for each
//! group of operations changes the `world`; `answer` writes what Clerk would.

mod account;
mod answer;
mod billing;
mod control;
mod create;
mod credentials;
mod device;
mod fake_user;
mod fault;
mod field;
mod filter;
mod form;
mod identifier;
mod index;
mod listing;
mod metadata;
mod order;
mod password;
mod plans;
mod profile_image;
mod replace;
mod route;
mod second_factor;
mod seed;
mod snapshot;
mod totp;
mod update;
mod world;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use clerk_core::models::{
    CommerceSubscription, OAuthAccessToken, OrganizationInvitation, OrganizationMembership,
    TrustedDevice, User,
};
use clerk_core::{
    Clerk, DynTransport, HttpRequest, HttpResponse, HttpTransport, SecretKey, Timestamp,
    TransportError, UserId, async_trait,
};

use self::fault::Pace;
use self::plans::Plans;
use self::world::World;
use crate::{Recorded, VirtualClock};

pub use self::fake_user::FakeUser;
pub use self::fault::Fault;
pub use self::seed::SeedError;
pub use self::totp::totp_code;

/// A Clerk that remembers: what one call changes, the next one sees.
///
/// It answers the operations that the client has methods for, with Clerk's statuses, codes and
/// messages, over a state of its own that begins empty. Ids and trace ids come from a fixed seed
/// and time from a [`VirtualClock`] that begins on 2026-01-01, so that a test sees the same on
/// every run.
///
/// It stands for an instance that requires no particular identifier, has passwords of at least 8
/// characters, locks users for an hour, and accepts any well-formed secret key, unless
/// [`require_key`](FakeClerk::require_key) names the one. Null in an update removes names, the
/// external id, the locale, the limit of organizations and the date of acceptance; elsewhere, in `PUT` of metadata too, it
/// changes nothing. Digests of passwords are accepted; a password is checked against those of
/// bcrypt, with the feature `bcrypt` of `clerk-mock`, and matches no other. A key of an adjustment of
/// credit that is used again for another one is answered with 409. What the fake takes without effect:
/// `profile_image_id`, `notify_…`, and that a password is compromised.
///
/// Users begin with [`FakeUser`], or as JSON ([`from_json`](FakeClerk::from_json)); a clone is a
/// snapshot.
///
/// ```
/// use clerk_client::{CreateUserRequest, mock::FakeClerk};
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
pub struct FakeClerk {
    shared: Arc<Shared>,
}

struct Shared {
    world: Mutex<World>,
    clock: VirtualClock,
    pace: Mutex<Pace>,
    plans: Plans,
}

impl FakeClerk {
    /// A secret key in good form.
    pub const SECRET_KEY: &'static str = "sk_test_fake";

    /// An instance without users.
    #[must_use]
    pub fn new() -> Self {
        Self {
            shared: Arc::new(Shared {
                world: Mutex::new(World::new()),
                clock: VirtualClock::new(),
                pace: Mutex::default(),
                plans: Plans::default(),
            }),
        }
    }

    /// A client of this instance.
    ///
    /// [`transport`](FakeClerk::transport) is for a client with settings of its own.
    #[must_use]
    pub fn client(&self) -> Clerk {
        let key = SecretKey::new(Self::SECRET_KEY);
        #[allow(clippy::expect_used)]
        let key = key.expect("SECRET_KEY is in good form");
        Clerk::with_transport(self.transport(), key)
    }

    /// A transport to this instance, of which there can be many.
    #[must_use]
    pub fn transport(&self) -> DynTransport {
        Arc::clone(&self.shared) as DynTransport
    }

    /// From now on, any key but this is answered with 401.
    pub fn require_key(&self, key: impl Into<String>) {
        self.world().secret_key = Some(key.into());
    }

    /// Adds a user as it is, in place of one with the same id. A `created_at` of 0 becomes now.
    pub fn add_user(&self, user: User) {
        let now = self.time();
        self.world().add(user.into(), now);
    }

    /// Adds a user with all that belongs to them, in place of one with the same id.
    pub fn add(&self, user: FakeUser) {
        let now = self.time();
        self.world().add(user, now);
    }

    /// Removes a user, as somebody else's request would. Returns who it was, where there was one.
    pub fn remove_user(&self, user_id: impl Into<UserId>) -> Option<User> {
        let account = self.world().remove(user_id.into().as_str())?;
        Some(account.user)
    }

    /// Makes a user a member of an organization.
    ///
    /// Returns whether there is such a user.
    pub fn add_membership(
        &self,
        user_id: impl Into<UserId>,
        membership: OrganizationMembership,
    ) -> bool {
        self.change(user_id, |account| account.memberships.push(membership))
    }

    /// Invites a user to an organization.
    ///
    /// Returns whether there is such a user.
    pub fn add_organization_invitation(
        &self,
        user_id: impl Into<UserId>,
        invitation: OrganizationInvitation,
    ) -> bool {
        self.change(user_id, |account| account.invitations.push(invitation))
    }

    /// Gives a user an access token, for the provider that the token names.
    ///
    /// Returns whether there is such a user.
    pub fn add_oauth_access_token(
        &self,
        user_id: impl Into<UserId>,
        token: OAuthAccessToken,
    ) -> bool {
        self.change(user_id, |account| account.tokens.push(token))
    }

    /// Lets a user trust a device. Where nothing else is said, it is an active iOS device.
    ///
    /// Returns whether there is such a user.
    pub fn add_trusted_device(&self, user_id: impl Into<UserId>, device: TrustedDevice) -> bool {
        self.change(user_id, |account| account.devices.push(device))
    }

    /// Sets what a user has subscribed to.
    ///
    /// Returns whether there is such a user.
    pub fn set_billing_subscription(
        &self,
        user_id: impl Into<UserId>,
        subscription: CommerceSubscription,
    ) -> bool {
        self.change(user_id, |account| account.subscription = Some(subscription))
    }

    fn change(&self, user_id: impl Into<UserId>, change: impl FnOnce(&mut FakeUser)) -> bool {
        let (user_id, now) = (user_id.into(), self.time());
        let change = |user: &mut FakeUser| {
            change(user);
            user.complete(now);
        };
        self.world().change(user_id.as_str(), change).is_some()
    }

    /// A user as it is now.
    #[must_use]
    pub fn user(&self, user_id: impl Into<UserId>) -> Option<User> {
        let world = self.world();
        Some(world.user(user_id.into().as_str())?.user.clone())
    }

    /// The clock that moves this instance.
    #[must_use]
    pub fn clock(&self) -> &VirtualClock {
        &self.shared.clock
    }

    /// What time it is for this instance.
    #[must_use]
    pub fn time(&self) -> Timestamp {
        self.shared.time()
    }

    #[cfg(feature = "server")]
    pub(crate) fn exchange(
        &self,
        request: Recorded,
    ) -> (Result<HttpResponse, TransportError>, Duration) {
        self.shared.exchange(request)
    }

    fn world(&self) -> MutexGuard<'_, World> {
        self.shared.world()
    }

    fn pace(&self) -> MutexGuard<'_, Pace> {
        self.shared.pace()
    }
}

impl Shared {
    /// The world as it is now: what time ends has ended.
    fn world(&self) -> MutexGuard<'_, World> {
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        let now = world.time(self.clock.now());
        world.settle(now);
        world
    }

    fn pace(&self) -> MutexGuard<'_, Pace> {
        self.pace.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn time(&self) -> Timestamp {
        self.world().time(self.clock.now())
    }

    fn answer(
        &self,
        request: Recorded,
        fault: Option<Fault>,
    ) -> Result<HttpResponse, TransportError> {
        let mut world = self.world();
        let now = world.time(self.clock.now());
        let result = match fault {
            Some(fault) => fault.happen(|| route::answer(&mut world, &request, now)),
            None => Ok(route::answer(&mut world, &request, now)),
        };
        world.remember(request);
        result
    }

    /// The answer, and how long it takes.
    fn exchange(&self, request: Recorded) -> (Result<HttpResponse, TransportError>, Duration) {
        let planned = self.plans.ask(&request);
        let fault = self.pace().of(planned, self.clock.now());
        let delay = fault.as_ref().map_or(Duration::ZERO, Fault::delay);
        (self.answer(request, fault), delay)
    }
}

#[async_trait]
impl HttpTransport for Shared {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let (result, delay) = self.exchange(Recorded::new(request));
        if delay > Duration::ZERO {
            self.clock.sleep(delay).await;
        }
        result
    }

    async fn sleep(&self, duration: Duration) {
        self.clock.sleep(duration).await;
    }

    fn now(&self) -> Duration {
        self.clock.now()
    }
}

#[async_trait]
impl HttpTransport for FakeClerk {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        self.shared.send(request).await
    }

    async fn sleep(&self, duration: Duration) {
        self.clock().sleep(duration).await;
    }

    fn now(&self) -> Duration {
        self.clock().now()
    }
}

impl Default for FakeClerk {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for FakeClerk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.shared.fmt(f)
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FakeClerk")
            .field("users", &self.world().len())
            .finish_non_exhaustive()
    }
}

//! Snapshots of a fake, in memory and as JSON.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use clerk_core::Timestamp;
use serde_json::Value;

use crate::fake::fake_clerk::FakeClerk;
use crate::fake::instance::Instance;
#[cfg(feature = "server")]
use crate::fake::operations::response::{Body, value};
use crate::fake::seed::read::read;
use crate::fake::seed::seed_error::SeedError;
use crate::fake::state_json::StateJson;

/// Takes a snapshot.
///
/// The clone is an independent instance with the same objects, settings, keys, requests, rate
/// limit, latency, time and [step](FakeClerk::set_step). Injected faults, responses set with
/// [`respond_to`](FakeClerk::respond_to), webhooks and clients stay with the original.
impl Clone for FakeClerk {
    fn clone(&self) -> Self {
        let world = self.world().clone();
        let throttle = self.instance.throttle().clone();
        Self {
            instance: Arc::new(Instance::new(world, self.clock().fork(), throttle)),
        }
    }
}

impl FakeClerk {
    /// Restores a snapshot: its objects, settings, keys, requests, rate limit, latency, time and
    /// [step](FakeClerk::set_step).
    ///
    /// [`time`](FakeClerk::time) returns the time of the snapshot, but the
    /// [`clock`](FakeClerk::clock) is not set back. Injected faults stay, and so do responses set
    /// with [`respond_to`](FakeClerk::respond_to).
    ///
    /// ```
    /// use clerk_client::mock::{FakeClerk, FakeUser};
    ///
    /// let fake = FakeClerk::new();
    /// fake.add(FakeUser::new("user_ada"));
    /// let before = fake.clone();
    /// fake.remove_user("user_ada");
    /// fake.restore(&before);
    /// assert!(fake.user("user_ada").is_some());
    /// ```
    pub fn restore(&self, snapshot: &Self) {
        self.restore_at(snapshot, snapshot.time());
    }

    /// Restores a snapshot, and sets the time. Sessions, invitations, machine tokens, other stored
    /// objects and the locks of users keep the remaining duration that they have in the snapshot.
    pub(crate) fn restore_at(&self, snapshot: &Self, time: Timestamp) {
        let mut world = snapshot.world().clone();
        let mut throttle = snapshot.instance.throttle().clone();
        let now = self.clock().now();
        world.set_time(snapshot.time(), time, now);
        throttle.move_clock(snapshot.clock().now(), now);
        *self.world() = world;
        *self.instance.throttle() = throttle;
    }

    /// Creates an instance from JSON, written by hand or by [`to_json`](FakeClerk::to_json).
    ///
    /// The fields are `time`, `secret_key`, `signing_key`, `instance_settings`, `random_seed`,
    /// `users`, `sessions`, `organizations`, `organization_invitations`, `organization_domains`,
    /// `organization_roles`, `deleted_organization_roles`, `organization_permissions`,
    /// `machine_tokens`, `objects` and `settings`; each is optional.
    ///
    /// Organizations and the objects of the `organization_…` fields have the form in which Clerk
    /// returns them. Only their `id` is required. Roles and permissions are added to those that
    /// every new instance has, and replace those with the same key. `deleted_organization_roles`
    /// has the ids of roles that every new instance has, but that this instance lacks. `objects`
    /// has an array for each path of Clerk's API, such as `redirect_urls`. `settings` has an object
    /// for each path, such as `instance/restrictions`. `signing_key` has two numbers: how often the
    /// key that signs tokens was replaced (`rotations`), and how often its id changed (`names`). A
    /// machine token has a `kind` and a `subject`. A session has a `user_id`, and optionally the
    /// other fields of `POST /__clerk_mock/sign_in` of a `FakeServer`. Instead of an
    /// `organization_id`, it can have `member_of`, the id of an organization, as in
    /// [`FakeSession::member_of`]. A user has one of two forms:
    ///
    /// - the body of `POST /users`, optionally with `id` and `organizations`;
    /// - a field `user`, in the form in which Clerk returns a user, and further fields with related
    ///   data.
    ///
    /// ```
    /// use clerk_client::mock::FakeClerk;
    ///
    /// let fake = FakeClerk::from_json(
    ///     r#"{
    ///         "time": "2026-03-01T12:00:00Z",
    ///         "users": [{
    ///             "id": "user_ada",
    ///             "email_address": ["ada@example.com"],
    ///             "password": "correct horse battery staple",
    ///             "organizations": { "org_engines": "org:admin" }
    ///         }]
    ///     }"#,
    /// )?;
    /// assert_eq!(fake.user("user_ada").unwrap().email_addresses.len(), 1);
    /// # Ok::<(), clerk_client::mock::SeedError>(())
    /// ```
    ///
    /// [`FakeSession::member_of`]: crate::FakeSession::member_of
    ///
    /// # Errors
    ///
    /// Returns an error if the JSON does not have this form, if an object repeats a name, if two
    /// objects of a kind have the same id, or if `POST /users` would reject the body of one of the
    /// users. The settings `max_users` and `operations_outside_plan` restrict requests, but not the
    /// JSON.
    pub fn from_json(text: &str) -> Result<Self, SeedError> {
        let fake = Self::new();
        fake.replace_state(text, fake.time())?;
        Ok(fake)
    }

    /// Creates an instance from JSON. The time of the instance is `time` if the JSON contains no
    /// time.
    ///
    /// See [`from_json`](FakeClerk::from_json) for the form of the JSON.
    ///
    /// # Errors
    ///
    /// Returns an error in the same cases as [`from_json`](FakeClerk::from_json).
    pub fn from_json_at(text: &str, time: Timestamp) -> Result<Self, SeedError> {
        let fake = Self::new();
        fake.replace_state(text, time)?;
        Ok(fake)
    }

    /// Replaces the state of this instance with the state in the JSON. The requests, the number of
    /// requests to keep and the step of the clock do not change. If the JSON has no signing key,
    /// the signing key does not change either.
    pub(crate) fn replace_state(&self, text: &str, now: Timestamp) -> Result<(), SeedError> {
        let (mut world, time) = read(text, now)?;
        world.set_time(time, time, self.clock().now());
        let mut replaced = self.world();
        world.take_over(&mut replaced);
        *replaced = world;
        Ok(())
    }

    /// Returns the state of this instance as JSON, for [`from_json`](FakeClerk::from_json).
    /// Requests are not included.
    ///
    /// <div class="warning">The JSON includes passwords and other secrets.</div>
    #[must_use]
    pub fn to_json(&self) -> Value {
        let world = self.world();
        let state = StateJson(&world, world.time(self.clock().now()));
        serde_json::to_value(state).unwrap_or_default()
    }

    /// Writes the state of this instance as JSON, for [`from_json`](FakeClerk::from_json). The
    /// content is that of [`to_json`](FakeClerk::to_json), but the JSON is never in memory as a
    /// whole.
    ///
    /// <div class="warning">The JSON includes passwords and other secrets.</div>
    ///
    /// ```
    /// use clerk_client::mock::{FakeClerk, FakeUser};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let fake = FakeClerk::new();
    /// fake.add(FakeUser::new("user_ada"));
    /// let mut text = Vec::new();
    /// fake.write_json(&mut text)?;
    /// let copy = FakeClerk::from_json(std::str::from_utf8(&text)?)?;
    /// assert!(copy.user("user_ada").is_some());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if `writer` returns an error.
    pub fn write_json(&self, writer: impl io::Write) -> io::Result<()> {
        // A slow writer must not block the fake.
        let world = self.world().clone();
        let state = StateJson(&world, world.time(self.clock().now()));
        Ok(serde_json::to_writer(writer, &state)?)
    }

    /// Returns the state as the body of a response.
    #[cfg(feature = "server")]
    pub(crate) fn state_body(&self) -> Body {
        let world = self.world();
        value(&StateJson(&world, world.time(self.clock().now())))
    }

    /// Sets the time. Users keep their time of creation. Sessions, invitations, machine tokens,
    /// other stored objects and the locks of users expire after the same remaining duration as
    /// before.
    pub fn set_time(&self, time: Timestamp) {
        let passed = self.clock().now();
        let mut world = self.world();
        let now = world.time(passed);
        world.set_time(now, time, passed);
    }

    /// Sets the step: the time by which each change advances the clock. It is zero by default, so
    /// changes do not advance the clock.
    ///
    /// With a step of at least a millisecond, objects that different changes create have distinct
    /// times of creation. A change is a request other than `GET`, or a method that changes objects,
    /// such as [`add`](FakeClerk::add). Objects that one request creates have the same time.
    ///
    /// ```
    /// use std::time::Duration;
    /// use clerk_client::mock::{FakeClerk, FakeUser};
    ///
    /// let fake = FakeClerk::new();
    /// fake.set_step(Duration::from_millis(1));
    /// fake.add(FakeUser::new("user_ada"));
    /// fake.add(FakeUser::new("user_alan"));
    /// let created_at = |id: &str| fake.user(id).unwrap().created_at.as_millis();
    /// assert_eq!(created_at("user_alan") - created_at("user_ada"), 1);
    /// ```
    pub fn set_step(&self, step: Duration) {
        self.world().step = step;
    }
}

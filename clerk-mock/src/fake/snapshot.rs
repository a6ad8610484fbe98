//! A fake's state, taken and put back.

use std::sync::Arc;

use clerk_core::Timestamp;
use serde_json::Value;

use super::plans::Plans;
use super::seed::{self, SeedError};
use super::{FakeClerk, Shared};

/// A snapshot: an instance of its own with the same users, requests, key, limit, latency and time.
/// Plans stay with the original, and clients of one are no clients of the other.
impl Clone for FakeClerk {
    fn clone(&self) -> Self {
        let world = self.world().clone();
        let pace = self.pace().clone();
        let shared = Shared {
            world: world.into(),
            clock: self.shared.clock.fork(),
            pace: pace.into(),
            plans: Plans::default(),
        };
        Self {
            shared: Arc::new(shared),
        }
    }
}

impl FakeClerk {
    /// Takes this instance back to a snapshot: its users, its requests, its key, its limit and
    /// latency, and what time it is. Its clock goes on, and its plans stay.
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

    /// The same, at another time: what lasts lasts as long from then on.
    pub(crate) fn restore_at(&self, snapshot: &Self, time: Timestamp) {
        let mut world = snapshot.world().clone();
        let pace = snapshot.pace().clone();
        world.set_time(snapshot.time(), time, self.clock().now());
        *self.world() = world;
        *self.pace() = pace;
    }

    /// An instance that begins with what [`state`](FakeClerk::state) returned, or with a world that
    /// was written by hand: `time`, `secret_key` and `users`, each of whom is either what
    /// `POST /users` takes, with an `id` and `organizations` if you like, or has a `user` as Clerk
    /// returns one beside what belongs to them.
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
    /// # Errors
    ///
    /// [`SeedError`] when the JSON does not say that, or `POST /users` would refuse one of the users.
    pub fn from_json(text: &str) -> Result<Self, SeedError> {
        let fake = Self::new();
        fake.seed(text, fake.time())?;
        Ok(fake)
    }

    /// The same, where it is `time` unless the JSON says otherwise.
    ///
    /// # Errors
    ///
    /// As [`from_json`](FakeClerk::from_json).
    pub fn from_json_at(text: &str, time: Timestamp) -> Result<Self, SeedError> {
        let fake = Self::new();
        fake.seed(text, time)?;
        Ok(fake)
    }

    fn seed(&self, text: &str, now: Timestamp) -> Result<(), SeedError> {
        let (mut world, time) = seed::read(text, now)?;
        world.set_time(time, time, self.clock().now());
        *self.world() = world;
        Ok(())
    }

    /// All that this instance knows but its requests, **passwords and secrets included**: what
    /// [`from_json`](FakeClerk::from_json) makes an instance of.
    #[must_use]
    pub fn state(&self) -> Value {
        let world = self.world();
        seed::write(&world, world.time(self.clock().now()))
    }

    /// Says what time it is. What was created keeps its time, and a lock holds for as long as it would
    /// have.
    pub fn set_time(&self, time: Timestamp) {
        let passed = self.clock().now();
        let mut world = self.world();
        let now = world.time(passed);
        world.set_time(now, time, passed);
    }
}

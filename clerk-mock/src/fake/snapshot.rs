//! A fake's state, taken and put back.

use std::sync::Arc;

use clerk_core::Timestamp;
use serde_json::Value;

use super::seed::{self, SeedError};
use super::{FakeClerk, Shared};

/// A snapshot: an instance of its own with the same users, requests, key, limit and time. Plans stay
/// with the original, and clients of one are no clients of the other.
impl Clone for FakeClerk {
    fn clone(&self) -> Self {
        let shared = Shared {
            world: self.world().clone().into(),
            clock: self.shared.clock.fork(),
            faults: self.faults().fork().into(),
        };
        Self {
            shared: Arc::new(shared),
        }
    }
}

impl FakeClerk {
    /// Takes this instance back to a snapshot: its users, its requests and its key. Its clock
    /// goes on; what time it is, is as it was.
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
        let (time, world) = (snapshot.time(), snapshot.world().clone());
        *self.world() = world;
        self.set_time(time);
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
        let (world, time) = seed::read(text, now)?;
        *self.world() = world;
        self.set_time(time);
        Ok(())
    }

    /// All that this instance knows but its requests, **passwords and secrets included**: what
    /// [`from_json`](FakeClerk::from_json) makes an instance of.
    #[must_use]
    pub fn state(&self) -> Value {
        let now = self.time();
        seed::write(&self.world(), now)
    }

    /// Says what time it is. What was created keeps its time.
    pub fn set_time(&self, time: Timestamp) {
        let passed = i64::try_from(self.clock().now().as_millis()).unwrap_or(i64::MAX);
        let start = time.as_millis().saturating_sub(passed);
        self.world().start = Timestamp::from_millis(start);
    }
}

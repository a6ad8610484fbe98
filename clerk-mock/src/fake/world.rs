use std::collections::{BTreeMap, VecDeque};
use std::ops::Bound;
use std::time::Duration;

use clerk_core::Timestamp;
use clerk_core::models::User;

use super::fake_user::{Creation, FakeUser};
use super::field::Field;
use super::index::Index;
use crate::Recorded;

/// 2026-01-01, in milliseconds.
const START: i64 = 1_767_225_600_000;

/// How long a lock holds.
pub(super) const LOCKOUT_SECONDS: i64 = 3_600;

/// The state of an instance.
#[derive(Clone)]
pub(super) struct World {
    pub(super) secret_key: Option<String>,
    /// What time it is when the clock is at zero.
    start: Timestamp,
    pub(super) requests: VecDeque<Recorded>,
    /// How many requests are kept.
    kept: usize,
    users: BTreeMap<Box<str>, FakeUser>,
    /// The ids in the order of creation, so that a page of many users costs no sorting.
    by_creation: BTreeMap<Creation, Box<str>>,
    index: Index,
    /// Whose locks end when.
    locks: BTreeMap<Box<str>, Timestamp>,
    added: u64,
    random: fastrand::Rng,
}

impl World {
    pub(super) fn new() -> Self {
        Self {
            secret_key: None,
            start: Timestamp::from_millis(START),
            requests: VecDeque::new(),
            kept: usize::MAX,
            users: BTreeMap::new(),
            by_creation: BTreeMap::new(),
            index: Index::default(),
            locks: BTreeMap::new(),
            added: 0,
            random: fastrand::Rng::with_seed(0x0c1e_4b00),
        }
    }

    pub(super) fn remember(&mut self, request: Recorded) {
        self.requests.push_back(request);
        self.keep_requests(self.kept);
    }

    pub(super) fn keep_requests(&mut self, last: usize) {
        self.kept = last;
        let forgotten = self.requests.len().saturating_sub(last);
        self.requests.drain(..forgotten);
    }

    pub(super) fn len(&self) -> usize {
        self.users.len()
    }

    /// Everybody, in the order of creation.
    pub(super) fn users(&self) -> impl DoubleEndedIterator<Item = &FakeUser> {
        self.by_creation((Bound::Unbounded, Bound::Unbounded))
    }

    pub(super) fn user(&self, user_id: &str) -> Option<&FakeUser> {
        self.users.get(user_id)
    }

    /// For changes of what users are not looked for by; [`World::change`] is for those.
    pub(super) fn user_mut(&mut self, user_id: &str) -> Option<&mut FakeUser> {
        self.users.get_mut(user_id)
    }

    /// Changes a user who is there in any way but their id.
    pub(super) fn change<T>(
        &mut self,
        user_id: &str,
        change: impl FnOnce(&mut FakeUser) -> T,
    ) -> Option<T> {
        let user = self.users.get_mut(user_id)?;
        self.index.remove(user);
        self.by_creation.remove(&user.creation());
        let result = change(user);
        self.index.add(user);
        self.by_creation.insert(user.creation(), user_id.into());
        Some(result)
    }

    /// The users between two places in the order of creation.
    pub(super) fn by_creation(
        &self,
        range: (Bound<Creation>, Bound<Creation>),
    ) -> impl DoubleEndedIterator<Item = &FakeUser> {
        let ids = self.by_creation.range(range);
        ids.filter_map(|(_, id)| self.users.get(id))
    }

    /// The user at a place in the order of creation.
    pub(super) fn created_at(&self, creation: &Creation) -> Option<&FakeUser> {
        self.users.get(self.by_creation.get(creation)?)
    }

    /// The places of those who have a value of an indexed field.
    pub(super) fn with(&self, field: Field, value: &str) -> impl Iterator<Item = Creation> {
        self.index.with(field, value).into_iter().flatten().copied()
    }

    pub(super) fn remove(&mut self, user_id: &str) -> Option<FakeUser> {
        let user = self.users.remove(user_id)?;
        self.by_creation.remove(&user.creation());
        self.index.remove(&user);
        self.locks.remove(user_id);
        Some(user)
    }

    /// In place of one with the same id.
    pub(super) fn add(&mut self, mut user: FakeUser, now: Timestamp) -> &mut FakeUser {
        user.complete(now);
        self.added += 1;
        user.number = self.added;
        let id: Box<str> = user.user.id.as_str().into();
        self.remove(&id);
        if user.user.locked {
            let seconds = &mut user.user.lockout_expires_in_seconds;
            let seconds = *seconds.get_or_insert(LOCKOUT_SECONDS);
            self.locks.insert(id.clone(), after(now, seconds));
        }
        self.by_creation.insert(user.creation(), id.clone());
        self.index.add(&user);
        self.users.entry(id).or_insert(user)
    }

    /// Changes what Clerk shows of a user who is there; the rest of them stays.
    pub(super) fn replace_user(&mut self, user: User) {
        let id = user.id.clone();
        self.change(id.as_str(), |known| known.user = user);
    }

    /// Locks a user who is there for a time, or ends their lock.
    pub(super) fn set_lock(&mut self, user_id: &str, seconds: Option<i64>, now: Timestamp) {
        let Some(user) = self.users.get_mut(user_id) else {
            return;
        };
        user.user.locked = seconds.is_some();
        user.user.lockout_expires_in_seconds = seconds;
        match seconds {
            Some(seconds) => self.locks.insert(user_id.into(), after(now, seconds)),
            None => self.locks.remove(user_id),
        };
    }

    /// Says what time it is when the clock is at `passed`. Locks hold for as long as they would have.
    pub(super) fn set_time(&mut self, from: Timestamp, to: Timestamp, passed: Duration) {
        let passed = i64::try_from(passed.as_millis()).unwrap_or(i64::MAX);
        let moved = to.as_millis().saturating_sub(from.as_millis());
        for end in self.locks.values_mut() {
            *end = Timestamp::from_millis(end.as_millis().saturating_add(moved));
        }
        self.start = Timestamp::from_millis(to.as_millis().saturating_sub(passed));
    }

    /// What time it is when so much has passed on the clock.
    pub(super) fn time(&self, passed: Duration) -> Timestamp {
        let passed = i64::try_from(passed.as_millis()).unwrap_or(i64::MAX);
        Timestamp::from_millis(self.start.as_millis().saturating_add(passed))
    }

    /// Ends the locks whose time is up, and counts the others down.
    pub(super) fn settle(&mut self, now: Timestamp) {
        let Self { users, locks, .. } = self;
        locks.retain(|id, end| {
            let left = end.as_millis().saturating_sub(now.as_millis());
            if let Some(known) = users.get_mut(id) {
                let user = &mut known.user;
                user.locked = left > 0;
                user.lockout_expires_in_seconds =
                    user.locked.then(|| left.saturating_add(999) / 1_000);
            }
            left > 0
        });
    }

    /// An id as Clerk makes them: a prefix, and 27 letters and digits.
    pub(super) fn new_id(&mut self, prefix: &str) -> String {
        loop {
            let random = std::iter::repeat_with(|| self.random.alphanumeric()).take(27);
            let id = format!("{prefix}_{}", random.collect::<String>());
            if !self.users.contains_key(id.as_str()) {
                return id;
            }
        }
    }

    /// Where the ids and trace ids to come begin.
    pub(super) fn random_seed(&self) -> u64 {
        self.random.get_seed()
    }

    pub(super) fn set_random_seed(&mut self, seed: u64) {
        self.random.seed(seed);
    }

    /// What Clerk's support would ask for.
    pub(super) fn new_trace_id(&mut self) -> String {
        format!("{:032x}", self.random.u128(..))
    }
}

fn after(now: Timestamp, seconds: i64) -> Timestamp {
    let millis = seconds.saturating_mul(1_000);
    Timestamp::from_millis(now.as_millis().saturating_add(millis))
}

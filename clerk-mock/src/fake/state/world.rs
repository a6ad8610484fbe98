//! A world: the state of one instance of Clerk that the fake simulates.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::mem;
use std::ops::Bound;
use std::sync::Arc;
use std::time::Duration;

use clerk_core::Timestamp;
use clerk_core::models::User;

use crate::clock::VirtualClock;
use crate::fake::state::fake_user::{CreationOrder, FakeUser};
use crate::fake::state::instance_settings::InstanceSettings;
use crate::fake::state::journal::Journal;
use crate::fake::state::locks::Locks;
use crate::fake::state::machine_token::MachineTokens;
use crate::fake::state::organizations::Organizations;
use crate::fake::state::sessions::Sessions;
use crate::fake::state::shelves::Shelves;
use crate::fake::state::signing_key::CurrentKey;
use crate::fake::state::user_field::UserField;
use crate::fake::state::user_order::{UserOrder, UserOrders};
use crate::fake::state::users::Users;
use crate::requests::recorded_request::RecordedRequest;

/// The default duration of a user's lock.
pub(crate) const LOCKOUT_SECONDS: i64 = 3_600;

/// The state of an instance.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) secret_key: Option<String>,
    pub(crate) settings: InstanceSettings,
    /// The time of the instance when the clock is at zero.
    start: Timestamp,
    /// The time by which each change advances the clock.
    pub(crate) step: Duration,
    pub(crate) requests: VecDeque<RecordedRequest>,
    /// The maximum number of requests to keep.
    pub(crate) kept: usize,
    /// The number of requests that the fake does not model, by operationId, or by the method and
    /// the route if there is no operationId.
    pub(crate) not_modelled: BTreeMap<&'static str, usize>,
    /// The users. A snapshot shares them with the original until either side changes a user.
    users: Arc<Users>,
    /// The users that a change touches, in their states before the change. Expired locks are
    /// not recorded, because [`expire_locks`](Self::expire_locks) runs before the journal starts.
    pub(crate) journal: Journal<FakeUser>,
    orders: UserOrders,
    locks: Locks,
    pub(crate) organizations: Organizations,
    pub(crate) sessions: Sessions,
    pub(crate) machine_tokens: MachineTokens,
    pub(crate) shelves: Shelves,
    /// The number of users added so far.
    added: u64,
    random: fastrand::Rng,
    /// The ids and secrets in the seed that is being read. The ids that are generated for other
    /// objects of the seed must differ from these.
    pub(crate) stated_ids: BTreeSet<Box<str>>,
    /// The key that signs tokens. `None` means the first key.
    pub(crate) signing_key: Option<CurrentKey>,
}

impl World {
    pub(crate) fn new() -> Self {
        Self {
            secret_key: None,
            settings: InstanceSettings::default(),
            start: VirtualClock::START,
            step: Duration::ZERO,
            requests: VecDeque::new(),
            kept: usize::MAX,
            not_modelled: BTreeMap::new(),
            users: Arc::default(),
            journal: Journal::default(),
            orders: UserOrders::default(),
            locks: Locks::default(),
            organizations: Organizations::default(),
            sessions: Sessions::default(),
            machine_tokens: MachineTokens::default(),
            shelves: Shelves::new(),
            added: 0,
            random: fastrand::Rng::with_seed(0x0c1e_4b00),
            stated_ids: BTreeSet::new(),
            signing_key: None,
        }
    }

    /// Returns the counters that determine the signing key.
    pub(crate) fn current_key(&self) -> CurrentKey {
        self.signing_key.unwrap_or_default()
    }

    /// Replaces the signing key. If `renamed` is true, the new key has a new id.
    #[cfg(feature = "auth")]
    pub(crate) fn rotate_signing_key(&mut self, renamed: bool) {
        self.signing_key = Some(self.current_key().rotated(renamed));
    }

    /// Records a request, and drops the oldest one if too many are kept.
    pub(crate) fn record_request(&mut self, request: RecordedRequest) {
        self.requests.push_back(request);
        self.keep_last_requests(self.kept);
    }

    /// Takes over from `replaced`, the previous state, the fields that JSON does not contain:
    /// `requests`, `kept`, `not_modelled` and `step`. Also takes over `signing_key` if the JSON has
    /// none.
    pub(crate) fn take_over(&mut self, replaced: &mut Self) {
        self.requests = mem::take(&mut replaced.requests);
        self.kept = replaced.kept;
        self.not_modelled = mem::take(&mut replaced.not_modelled);
        self.step = replaced.step;
        self.signing_key = self.signing_key.or(replaced.signing_key);
    }

    pub(crate) fn count_not_modelled(&mut self, operation: &'static str) {
        *self.not_modelled.entry(operation).or_default() += 1;
    }

    pub(crate) fn keep_last_requests(&mut self, count: usize) {
        self.kept = count;
        let dropped = self.requests.len().saturating_sub(count);
        self.requests.drain(..dropped);
    }

    pub(crate) fn len(&self) -> usize {
        self.users.len()
    }

    /// Returns all users, in the order of creation.
    pub(crate) fn users(&self) -> impl DoubleEndedIterator<Item = &FakeUser> {
        self.users.iter()
    }

    pub(crate) fn user(&self, user_id: &str) -> Option<&FakeUser> {
        self.users.get(user_id)
    }

    /// Returns a user, to change any field except the indexed ones and the time of creation. To
    /// change those, use [`World::change`].
    pub(crate) fn user_mut(&mut self, user_id: &str) -> Option<&mut FakeUser> {
        self.note(user_id);
        let user = self.users.get(user_id)?;
        self.orders.suspend(user);
        let position = user.creation_order();
        Arc::make_mut(&mut self.users).at_mut(position)
    }

    /// Notes the state of a user in the journal before the user changes.
    fn note(&mut self, user_id: &str) {
        self.journal.note(user_id, self.users.get(user_id));
    }

    /// Changes any data of a user except the id. Returns `None` if the user does not exist.
    pub(crate) fn change<T>(
        &mut self,
        user_id: &str,
        change: impl FnOnce(&mut FakeUser) -> T,
    ) -> Option<T> {
        self.note(user_id);
        let user = self.users.get(user_id)?;
        self.orders.remove(user);
        let position = user.creation_order();
        let users = Arc::make_mut(&mut self.users);
        let mut user = users.remove(position)?;
        let result = change(Arc::make_mut(&mut user));
        self.orders.add(&user);
        users.add(user);
        Some(result)
    }

    /// Creates an order, or updates it, for [`World::positions_by`].
    pub(crate) fn prepare_order(&mut self, order: UserOrder) {
        self.orders.prepare(order, &self.users);
    }

    /// Returns the positions of all users in a prepared order, without the first `skipped`. If
    /// `order` is `None`, returns the positions in `range`, in the order of creation.
    pub(crate) fn positions_by(
        &self,
        order: Option<UserOrder>,
        range: (Bound<CreationOrder>, Bound<CreationOrder>),
        is_descending: bool,
        skipped: usize,
    ) -> Box<dyn Iterator<Item = CreationOrder> + '_> {
        match order {
            Some(order) => {
                let places = skip(self.orders.places(order), is_descending, skipped);
                Box::new(places.map(|((_, position), ())| *position))
            }
            None => {
                let users = skip(self.users.range(range), is_descending, skipped);
                Box::new(users.map(|(position, _)| *position))
            }
        }
    }

    /// Returns the user at a position in the order of creation.
    pub(crate) fn created_at(&self, creation: &CreationOrder) -> Option<&FakeUser> {
        self.users.at(*creation)
    }

    /// Returns the positions of the users that have this value in an indexed field.
    pub(crate) fn positions_of(
        &self,
        field: UserField,
        value: &str,
    ) -> impl Iterator<Item = CreationOrder> {
        let users = self.users_having(field, value);
        users.map(FakeUser::creation_order)
    }

    /// Returns the users that have this value in an indexed field, in the order of creation.
    pub(crate) fn users_having(
        &self,
        field: UserField,
        value: &str,
    ) -> impl Iterator<Item = &FakeUser> {
        self.users.having(field, value)
    }

    /// Removes a user and the user's sessions.
    pub(crate) fn remove(&mut self, user_id: &str) -> Option<FakeUser> {
        self.sessions.remove_all_of(user_id);
        self.take(user_id)
    }

    fn take(&mut self, user_id: &str) -> Option<FakeUser> {
        self.note(user_id);
        let user = self.users.get(user_id)?;
        self.orders.remove(user);
        let position = user.creation_order();
        let user = Arc::make_mut(&mut self.users).remove(position)?;
        self.locks.remove(user_id);
        let invitations = &mut self.organizations.invitations;
        invitations.retain(|of| of.user_id.as_ref().is_none_or(|id| id != user_id));
        Some(Arc::unwrap_or_clone(user))
    }

    /// Adds a user, or replaces the user with the same id. The sessions of a replaced user stay. If
    /// the new data bans the user, the sessions are revoked. Returns the user with all defaults.
    pub(crate) fn add(&mut self, mut user: FakeUser, now: Timestamp) -> Arc<FakeUser> {
        user.fill_defaults(now);
        user.shrink();
        self.added += 1;
        user.number = self.added;
        let id: Box<str> = user.user.id.as_str().into();
        self.take(&id);
        if user.user.banned {
            self.sessions.revoke_all_of(&id, now);
        }
        if user.user.locked {
            let seconds = &mut user.user.lockout_expires_in_seconds;
            let seconds = *seconds.get_or_insert(LOCKOUT_SECONDS);
            self.locks.set(&id, after(now, seconds), now);
        }
        for mut invitation in mem::take(&mut user.invitations) {
            invitation.user_id = Some(user.user.id.clone());
            user.address(&mut invitation);
            self.add_organization_invitation(invitation, now);
        }
        for membership in &user.memberships {
            self.register(membership, now);
        }
        self.orders.add(&user);
        let user = Arc::new(user);
        Arc::make_mut(&mut self.users).add(Arc::clone(&user));
        user
    }

    /// Replaces the part of a user that Clerk returns. All other data stays, such as the password.
    pub(crate) fn replace_user(&mut self, user: User) {
        let id = user.id.clone();
        self.change(id.as_str(), |known| known.user = user);
    }

    /// Replaces the part of a user that Clerk returns, and updates the data that depends on it.
    pub(crate) fn set_user(&mut self, before: &User, mut user: User, now: Timestamp) {
        if user == *before {
            return;
        }
        if user.updated_at == before.updated_at {
            user.updated_at = now;
        }
        let id = user.id.clone();
        let banned = user.banned && !before.banned;
        let seconds = user.lockout_expires_in_seconds;
        let lock = user.locked.then(|| seconds.unwrap_or(LOCKOUT_SECONDS));
        let lock_changed =
            (user.locked, seconds) != (before.locked, before.lockout_expires_in_seconds);
        self.change(id.as_str(), |known| {
            known.user = user;
            known.drop_disabled_credentials();
            known.fill_defaults(now);
        });
        if banned {
            self.sessions.revoke_all_of(id.as_str(), now);
        }
        if lock_changed {
            self.set_lock(id.as_str(), lock, now);
        }
    }

    /// Locks a user for a number of seconds. `None` unlocks the user.
    pub(crate) fn set_lock(&mut self, user_id: &str, seconds: Option<i64>, now: Timestamp) {
        let Some(user) = self.user_mut(user_id) else {
            return;
        };
        user.user.locked = seconds.is_some();
        user.user.lockout_expires_in_seconds = seconds;
        match seconds {
            Some(seconds) => self.locks.set(user_id, after(now, seconds), now),
            None => self.locks.remove(user_id),
        }
    }

    /// Changes the time from `from` to `to` while the clock is at `passed`. Stored objects that
    /// expire, such as locks and sessions, keep their remaining duration.
    pub(crate) fn set_time(&mut self, from: Timestamp, to: Timestamp, passed: Duration) {
        let passed = i64::try_from(passed.as_millis()).unwrap_or(i64::MAX);
        let moved = to.as_millis().saturating_sub(from.as_millis());
        self.locks.postpone(moved);
        self.sessions.postpone(moved);
        self.machine_tokens.postpone(moved);
        self.postpone_invitations(moved);
        self.shelves.postpone(moved);
        self.start = Timestamp::from_millis(to.as_millis().saturating_sub(passed));
    }

    /// Returns the time of the instance when the clock is at `passed`.
    pub(crate) fn time(&self, passed: Duration) -> Timestamp {
        let passed = i64::try_from(passed.as_millis()).unwrap_or(i64::MAX);
        Timestamp::from_millis(self.start.as_millis().saturating_add(passed))
    }

    /// Ends the locks that have expired, and updates the remaining time of the others.
    pub(crate) fn expire_locks(&mut self, now: Timestamp) {
        for (id, seconds) in self.locks.take_changes(now) {
            if let Some(known) = self.user_mut(&id) {
                known.user.locked = seconds.is_some();
                known.user.lockout_expires_in_seconds = seconds;
            }
        }
    }

    /// Creates a random text in the form of Clerk's ids. An object may already have this id. To get
    /// a unique id, call [`World::new_id`].
    pub(crate) fn random_id(&mut self, prefix: &str) -> String {
        let random = std::iter::repeat_with(|| self.random.alphanumeric()).take(27);
        format!("{prefix}_{}", random.collect::<String>())
    }

    /// Returns the seed of future ids, secrets and trace ids.
    pub(crate) fn random_seed(&self) -> u64 {
        self.random.get_seed()
    }

    pub(crate) fn set_random_seed(&mut self, seed: u64) {
        self.random.seed(seed);
    }

    /// Creates 32 random hexadecimal digits, for example for a trace id, by which Clerk's support
    /// finds a request.
    pub(crate) fn new_trace_id(&mut self) -> String {
        format!("{:032x}", self.random.u128(..))
    }
}

/// Returns the items in ascending or descending order, without the first `skipped`.
fn skip<'a, T: 'a>(
    items: impl DoubleEndedIterator<Item = T> + 'a,
    is_descending: bool,
    skipped: usize,
) -> Box<dyn Iterator<Item = T> + 'a> {
    match is_descending {
        true => Box::new(items.rev().skip(skipped)),
        false => Box::new(items.skip(skipped)),
    }
}

fn after(now: Timestamp, seconds: i64) -> Timestamp {
    let millis = seconds.saturating_mul(1_000);
    Timestamp::from_millis(now.as_millis().saturating_add(millis))
}

use std::collections::BTreeMap;
use std::ops::Bound;

use clerk_core::models::{
    CommerceCreditLedger, CommerceSubscription, OAuthAccessToken, OrganizationInvitation,
    OrganizationMembership, TrustedDevice, User,
};
use clerk_core::{SecretString, Timestamp};

use crate::Recorded;

/// When a user was created, and a number that decides between users of the same millisecond.
pub(super) type Creation = (Timestamp, u64);

/// The state of an instance.
pub(super) struct World {
    pub(super) secret_key: Option<String>,
    pub(super) requests: Vec<Recorded>,
    accounts: BTreeMap<String, Account>,
    /// The ids in the order of creation, so that a page of many users costs no sorting.
    by_creation: BTreeMap<Creation, String>,
    added: u64,
    random: fastrand::Rng,
}

/// A user, with what Clerk does not show of one.
pub(super) struct Account {
    pub(super) user: User,
    number: u64,
    pub(super) password: Option<SecretString>,
    pub(super) totp_secret: Option<SecretString>,
    pub(super) backup_codes: Vec<SecretString>,
    pub(super) memberships: Vec<OrganizationMembership>,
    pub(super) invitations: Vec<OrganizationInvitation>,
    pub(super) tokens: Vec<OAuthAccessToken>,
    pub(super) devices: Vec<TrustedDevice>,
    pub(super) subscription: Option<CommerceSubscription>,
    /// What changed the user's credit, each with its key.
    pub(super) ledger: Vec<(String, CommerceCreditLedger)>,
}

impl Account {
    /// One of whom no more is known than the user.
    fn new(user: User, number: u64) -> Self {
        Self {
            user,
            number,
            password: None,
            totp_secret: None,
            backup_codes: Vec::new(),
            memberships: Vec::new(),
            invitations: Vec::new(),
            tokens: Vec::new(),
            devices: Vec::new(),
            subscription: None,
            ledger: Vec::new(),
        }
    }

    /// The place in the order of creation.
    pub(super) fn creation(&self) -> Creation {
        (self.user.created_at, self.number)
    }
}

impl World {
    pub(super) fn new() -> Self {
        Self {
            secret_key: None,
            requests: Vec::new(),
            accounts: BTreeMap::new(),
            by_creation: BTreeMap::new(),
            added: 0,
            random: fastrand::Rng::with_seed(0x0c1e_4b00),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.accounts.len()
    }

    pub(super) fn accounts(&self) -> impl Iterator<Item = &Account> {
        self.accounts.values()
    }

    pub(super) fn account(&self, user_id: &str) -> Option<&Account> {
        self.accounts.get(user_id)
    }

    pub(super) fn account_mut(&mut self, user_id: &str) -> Option<&mut Account> {
        self.accounts.get_mut(user_id)
    }

    /// The accounts between two places in the order of creation.
    pub(super) fn by_creation(
        &self,
        range: (Bound<Creation>, Bound<Creation>),
    ) -> impl DoubleEndedIterator<Item = &Account> {
        let ids = self.by_creation.range(range);
        ids.filter_map(|(_, id)| self.accounts.get(id))
    }

    pub(super) fn remove(&mut self, user_id: &str) -> Option<Account> {
        let account = self.accounts.remove(user_id)?;
        self.by_creation.remove(&account.creation());
        Some(account)
    }

    pub(super) fn add_user(&mut self, mut user: User, now: Timestamp) -> &mut Account {
        if user.created_at.as_millis() == 0 {
            user.created_at = now;
            user.updated_at = now;
        }
        self.added += 1;
        let id = user.id.as_str().to_owned();
        self.remove(&id);
        let account = Account::new(user, self.added);
        self.by_creation.insert(account.creation(), id.clone());
        self.accounts.entry(id).or_insert(account)
    }

    /// Changes the user of an account that is there; the rest of it stays.
    pub(super) fn replace_user(&mut self, user: User) {
        let Some(account) = self.accounts.get_mut(user.id.as_str()) else {
            return;
        };
        self.by_creation.remove(&account.creation());
        account.user = user;
        let id = account.user.id.as_str().to_owned();
        self.by_creation.insert(account.creation(), id);
    }

    /// An id as Clerk makes them: a prefix, and 27 letters and digits.
    pub(super) fn new_id(&mut self, prefix: &str) -> String {
        let random = std::iter::repeat_with(|| self.random.alphanumeric()).take(27);
        format!("{prefix}_{}", random.collect::<String>())
    }

    /// What Clerk's support would ask for.
    pub(super) fn new_trace_id(&mut self) -> String {
        format!("{:032x}", self.random.u128(..))
    }
}

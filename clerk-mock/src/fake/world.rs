use std::collections::BTreeMap;

use clerk_core::models::{OAuthAccessToken, OrganizationMembership, User};
use clerk_core::{SecretString, Timestamp};

use crate::Recorded;

/// The state of an instance.
pub(super) struct World {
    pub(super) secret_key: Option<String>,
    pub(super) requests: Vec<Recorded>,
    accounts: BTreeMap<String, Account>,
    added: u64,
    random: fastrand::Rng,
}

/// A user, with what Clerk does not show of one.
pub(super) struct Account {
    pub(super) user: User,
    /// The place in the order of creation, which decides between users of the same millisecond.
    pub(super) number: u64,
    pub(super) password: Option<SecretString>,
    pub(super) totp_secret: Option<SecretString>,
    pub(super) backup_codes: Vec<SecretString>,
    pub(super) memberships: Vec<OrganizationMembership>,
    pub(super) tokens: Vec<OAuthAccessToken>,
}

impl World {
    pub(super) fn new() -> Self {
        Self {
            secret_key: None,
            requests: Vec::new(),
            accounts: BTreeMap::new(),
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

    pub(super) fn remove(&mut self, user_id: &str) -> Option<Account> {
        self.accounts.remove(user_id)
    }

    pub(super) fn add_user(&mut self, mut user: User, now: Timestamp) -> &mut Account {
        if user.created_at.as_millis() == 0 {
            user.created_at = now;
            user.updated_at = now;
        }
        self.added += 1;
        let id = user.id.as_str().to_owned();
        let account = Account {
            user,
            number: self.added,
            password: None,
            totp_secret: None,
            backup_codes: Vec::new(),
            memberships: Vec::new(),
            tokens: Vec::new(),
        };
        self.accounts.remove(&id);
        self.accounts.entry(id).or_insert(account)
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

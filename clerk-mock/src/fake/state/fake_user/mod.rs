//! A user, including the data that Clerk stores but does not return, such as the password.

mod builder;
mod defaults;

use clerk_core::models::{
    CommerceCreditLedger, CommerceSubscription, OAuthAccessToken, OrganizationInvitation,
    OrganizationMembership, TrustedDevice, User,
};
use clerk_core::{SecretString, Timestamp, UserId};

use crate::fake::state::password::Password;

/// The image of a user or an organization without an uploaded image.
pub(crate) const DEFAULT_IMAGE: &str = "https://img.clerk.com/default";

/// The position of a user in the order of creation.
///
/// The number orders users that were created in the same millisecond.
pub(crate) type CreationOrder = (Timestamp, u64);

/// A user to add to a fake, with all related data. Pass it to
/// [`FakeClerk::add`](crate::FakeClerk::add).
///
/// The builder methods derive the ids of e-mail addresses and other parts from the id of the user.
/// E-mail addresses, phone numbers and web3 wallets count as verified by an admin. The methods
/// [`reserved_email_address`](Self::reserved_email_address) and
/// [`unverified_email_address`](Self::unverified_email_address) add addresses that are not
/// verified. The fake does not check whether another user has the same identifier.
///
/// ```
/// use clerk_client::mock::{FakeClerk, FakeUser};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), clerk_client::Error> {
/// let fake = FakeClerk::new();
/// fake.add(
///     FakeUser::new("user_ada")
///         .email_address("ada@example.com")
///         .password("correct horse battery staple")
///         .member_of("org_engines", "org:admin")
///         .oauth_access_token("oauth_google", "ya29.made-up"),
/// );
/// let users = fake.client().users();
/// assert!(users.verify_password("user_ada", "correct horse battery staple").await?.verified);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use = "a fake user has no effect until it is added to a fake"]
pub struct FakeUser {
    pub(crate) user: User,
    /// The position among all users ever added, from 1. It is 0 until the user is added.
    pub(crate) number: u64,
    pub(crate) password: Option<Password>,
    pub(crate) totp_secret: Option<SecretString>,
    pub(crate) backup_codes: Vec<SecretString>,
    pub(crate) memberships: Vec<OrganizationMembership>,
    pub(crate) invitations: Vec<OrganizationInvitation>,
    pub(crate) tokens: Vec<OAuthAccessToken>,
    pub(crate) devices: Vec<TrustedDevice>,
    pub(crate) subscription: Option<Box<CommerceSubscription>>,
    /// The credit adjustments, each with its idempotency key.
    pub(crate) ledger: Vec<(String, CommerceCreditLedger)>,
}

/// Creates a fake user without a password, memberships or tokens.
impl From<User> for FakeUser {
    fn from(user: User) -> Self {
        Self {
            user,
            number: 0,
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
}

impl FakeUser {
    /// Creates a user with the default settings.
    ///
    /// If you do not set a time with [`created_at`](Self::created_at), the time of creation is the
    /// time at which the user is added.
    pub fn new(id: impl Into<UserId>) -> Self {
        let mut user = User::new(id);
        user.image_url = Some(DEFAULT_IMAGE.into());
        user.delete_self_enabled = true;
        user.create_organization_enabled = true;
        Self::from(user)
    }

    /// Adds a membership, or replaces the membership in the same organization. A membership whose
    /// organization has no id never replaces another membership.
    pub(crate) fn join(&mut self, membership: OrganizationMembership) {
        let id = membership.organization.id.clone();
        let mut all = self.memberships.iter_mut();
        match all.find(|own| !id.as_str().is_empty() && own.organization.id == id) {
            Some(own) => *own = membership,
            None => self.memberships.push(membership),
        }
    }

    /// Gives an invitation of this user the user's first e-mail address, if the invitation has no
    /// address.
    pub(crate) fn address(&self, invitation: &mut OrganizationInvitation) {
        if invitation.email_address.is_empty()
            && let Some(own) = self.user.email_addresses.first()
        {
            invitation.email_address.clone_from(&own.email_address);
        }
    }

    /// Returns the position in the order of creation.
    pub(crate) fn creation_order(&self) -> CreationOrder {
        (self.user.created_at, self.number)
    }

    /// Removes the credentials that are not enabled.
    pub(crate) fn drop_disabled_credentials(&mut self) {
        if !self.user.password_enabled {
            self.password = None;
        }
        if !self.user.totp_enabled {
            self.totp_secret = None;
        }
        if !self.user.backup_code_enabled {
            self.backup_codes.clear();
        }
    }
}

//! A user, with what Clerk does not show of one.

use clerk_core::models::{
    CommerceCreditLedger, CommerceSubscription, EnterpriseAccount, ExternalAccount,
    ExternalAccountObject, OAuthAccessToken, Organization, OrganizationInvitation,
    OrganizationMembership, Passkey, SamlAccount, TrustedDevice, TrustedDeviceAlgorithm,
    TrustedDevicePlatform, TrustedDeviceStatus, User, Verification, Web3Wallet,
};
use clerk_core::{Metadata, SecretString, Timestamp, UserId};

use super::identifier::{self, verified};
use super::password::Password;
use super::profile_image::DEFAULT_IMAGE;

/// When a user was created, and a number that decides between users of the same millisecond.
pub(super) type Creation = (Timestamp, u64);

/// A user to begin with, and all that belongs to them: for [`FakeClerk::add`](super::FakeClerk::add).
///
/// What is given a name here gets the rest from the fake: an id that is made of the user's, a
/// verification by an admin. Identifiers are not checked against those of other users.
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
#[must_use = "a user is in no world until it is added to one"]
pub struct FakeUser {
    pub(super) user: User,
    pub(super) number: u64,
    pub(super) password: Option<Password>,
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

/// One of whom no more is known.
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
    /// Somebody with an id and the settings of any new user. Created when they are added, unless
    /// [`created_at`](Self::created_at) says otherwise.
    pub fn new(id: impl Into<UserId>) -> Self {
        let mut user = User::new(id);
        user.image_url = Some(DEFAULT_IMAGE.into());
        user.delete_self_enabled = true;
        user.create_organization_enabled = true;
        Self::from(user)
    }

    /// The place in the order of creation.
    pub(super) fn creation(&self) -> Creation {
        (self.user.created_at, self.number)
    }

    /// Gives what was made without them what Clerk always has: times, and names at a provider.
    pub(super) fn complete(&mut self, now: Timestamp) {
        let user = &mut self.user;
        if user.created_at.as_millis() == 0 {
            (user.created_at, user.updated_at) = (now, now);
        }
        let created = user.created_at;
        if user.password_enabled {
            user.password_last_updated_at.get_or_insert(created);
        }
        if user.two_factor_enabled {
            user.mfa_enabled_at.get_or_insert(created);
        }
        for passkey in &mut user.passkeys {
            passkey.last_used_at.get_or_insert(created);
        }
        let date = |(at, updated_at): (&mut Timestamp, &mut Timestamp)| {
            if at.as_millis() == 0 {
                (*at, *updated_at) = (created, created);
            }
        };
        let emails = user.email_addresses.iter_mut();
        emails.for_each(|of| date((&mut of.created_at, &mut of.updated_at)));
        let phones = user.phone_numbers.iter_mut();
        phones.for_each(|of| date((&mut of.created_at, &mut of.updated_at)));
        let wallets = user.web3_wallets.iter_mut();
        wallets.for_each(|of| date((&mut of.created_at, &mut of.updated_at)));
        let accounts = user.external_accounts.iter_mut();
        accounts.for_each(|of| {
            date((&mut of.created_at, &mut of.updated_at));
            of.first_name.get_or_insert_default();
            of.last_name.get_or_insert_default();
            let verification = of.verification.as_mut();
            verification.map(|verification| verification.expire_at.get_or_insert(created));
        });
        for of in &mut self.memberships {
            date((&mut of.created_at, &mut of.updated_at));
            let organization = &mut of.organization;
            let slug = || organization.id.as_str().into();
            organization.slug.get_or_insert_with(slug);
            date((&mut organization.created_at, &mut organization.updated_at));
        }
        let invitations = self.invitations.iter_mut();
        invitations.for_each(|of| date((&mut of.created_at, &mut of.updated_at)));
        for of in &mut self.devices {
            date((&mut of.created_at, &mut of.updated_at));
            if of.platform.as_str().is_empty() {
                of.platform = TrustedDevicePlatform::Ios;
            }
            if of.algorithm.as_str().is_empty() {
                of.algorithm = TrustedDeviceAlgorithm::Es256;
            }
            if of.status.as_str().is_empty() {
                of.status = TrustedDeviceStatus::Active;
            }
        }
    }

    fn id(&self, prefix: &str, number: usize) -> String {
        let id = self.user.id.as_str();
        let id = id.strip_prefix("user_").unwrap_or(id);
        format!("{prefix}_{id}_{number}")
    }

    /// A verified e-mail address; the first one is the primary one.
    pub fn email_address(mut self, text: &str) -> Self {
        let id = self.id("idn_email", self.user.email_addresses.len() + 1);
        let address = identifier::new_email_address(id, text, None, self.user.created_at);
        let primary = &mut self.user.primary_email_address_id;
        primary.get_or_insert_with(|| address.id.clone());
        self.user.email_addresses.push(address);
        self
    }

    /// An e-mail address that is reserved: not verified, good for signing in, and nobody else's.
    pub fn reserved_email_address(self, text: &str) -> Self {
        self.email_address_as(text, "reserved")
    }

    /// An e-mail address that is neither verified nor reserved: somebody else can have it, too.
    pub fn unverified_email_address(self, text: &str) -> Self {
        self.email_address_as(text, "unverified")
    }

    fn email_address_as(mut self, text: &str, status: &str) -> Self {
        let id = self.id("idn_email", self.user.email_addresses.len() + 1);
        let created = self.user.created_at;
        let address = identifier::new_email_address(id, text, Some(status), created);
        self.user.email_addresses.push(address);
        self
    }

    /// A verified phone number, such as `+15555550100`; the first one is the primary one.
    pub fn phone_number(mut self, text: &str) -> Self {
        let id = self.id("idn_phone", self.user.phone_numbers.len() + 1);
        let phone = identifier::new_phone_number(id, text, None, self.user.created_at);
        let primary = &mut self.user.primary_phone_number_id;
        primary.get_or_insert_with(|| phone.id.clone());
        self.user.phone_numbers.push(phone);
        self
    }

    /// A phone number that is a second factor.
    pub fn second_factor_phone_number(self, text: &str) -> Self {
        let mut this = self.phone_number(text);
        let mut others = this.user.phone_numbers.iter();
        let first = !others.any(|phone| phone.default_second_factor);
        if let Some(phone) = this.user.phone_numbers.last_mut() {
            phone.reserved_for_second_factor = true;
            phone.default_second_factor = first;
        }
        this.user.two_factor_enabled = true;
        this
    }

    /// A verified web3 wallet; the first one is the primary one.
    pub fn web3_wallet(mut self, address: &str) -> Self {
        let id = self.id("idn_wallet", self.user.web3_wallets.len() + 1);
        let wallet: Web3Wallet = identifier::new_web3_wallet(id, address, self.user.created_at);
        let primary = &mut self.user.primary_web3_wallet_id;
        primary.get_or_insert_with(|| wallet.id.clone());
        self.user.web3_wallets.push(wallet);
        self
    }

    /// The name to sign in with.
    pub fn username(mut self, name: &str) -> Self {
        self.user.username = Some(name.into());
        self
    }

    /// First and last name.
    pub fn name(mut self, first: &str, last: &str) -> Self {
        self.user.first_name = Some(first.into());
        self.user.last_name = Some(last.into());
        self
    }

    /// The id in the application's own systems.
    pub fn external_id(mut self, id: &str) -> Self {
        self.user.external_id = Some(id.into());
        self
    }

    /// A password, of any length.
    pub fn password(mut self, password: impl Into<SecretString>) -> Self {
        self.password = Some(Password::Text(password.into()));
        self.user.password_enabled = true;
        self
    }

    /// The digest of a password, and how it was made: that of `bcrypt` is checked, with the feature
    /// `bcrypt`.
    pub fn password_digest(mut self, hasher: &str, digest: impl Into<SecretString>) -> Self {
        let (hasher, digest) = (hasher.to_owned(), digest.into());
        self.password = Some(Password::Digest { hasher, digest });
        self.user.password_enabled = true;
        self
    }

    /// The secret of an authenticator app, in base 32. [`totp_code`](crate::totp_code) has its codes.
    pub fn totp_secret(mut self, secret: impl Into<SecretString>) -> Self {
        self.totp_secret = Some(secret.into());
        self.user.totp_enabled = true;
        self.user.two_factor_enabled = true;
        self
    }

    /// Codes of which each serves once.
    pub fn backup_codes<S: Into<SecretString>>(
        mut self,
        codes: impl IntoIterator<Item = S>,
    ) -> Self {
        self.backup_codes = codes.into_iter().map(Into::into).collect();
        self.user.backup_code_enabled = !self.backup_codes.is_empty();
        self.user.two_factor_enabled |= self.user.backup_code_enabled;
        self
    }

    /// Metadata that both frontend and backend can see.
    pub fn public_metadata(mut self, metadata: impl Into<Metadata>) -> Self {
        self.user.public_metadata = metadata.into();
        self
    }

    /// Metadata that only the backend can see.
    pub fn private_metadata(mut self, metadata: impl Into<Metadata>) -> Self {
        self.user.private_metadata = metadata.into();
        self
    }

    /// Metadata that the frontend can change.
    pub fn unsafe_metadata(mut self, metadata: impl Into<Metadata>) -> Self {
        self.user.unsafe_metadata = metadata.into();
        self
    }

    /// Banned from the start.
    pub fn banned(mut self) -> Self {
        self.user.banned = true;
        self
    }

    /// Locked from when they are added on, for an hour.
    pub fn locked(mut self) -> Self {
        self.user.locked = true;
        self
    }

    /// A SAML account as it is.
    pub fn saml_account(mut self, account: SamlAccount) -> Self {
        self.user.saml_accounts.push(account);
        self
    }

    /// An enterprise account as it is.
    pub fn enterprise_account(mut self, account: EnterpriseAccount) -> Self {
        self.user.enterprise_accounts.push(account);
        self
    }

    /// When they were created, and last changed.
    pub fn created_at(mut self, time: Timestamp) -> Self {
        self.user.created_at = time;
        self.user.updated_at = time;
        self
    }

    /// When they last signed in, and were last active.
    pub fn last_sign_in_at(mut self, time: Timestamp) -> Self {
        self.user.last_sign_in_at = Some(time);
        self.user.last_active_at = Some(time);
        self
    }

    /// A passkey of this id.
    pub fn passkey(mut self, id: &str) -> Self {
        let mut passkey = Passkey::default();
        passkey.id = id.into();
        passkey.name = "Passkey".into();
        self.user.passkeys.push(passkey);
        self
    }

    /// An account with an OAuth provider, such as `oauth_google`, under the user's id there.
    pub fn external_account(mut self, provider: &str, provider_user_id: &str) -> Self {
        let number = self.user.external_accounts.len() + 1;
        let mut account = ExternalAccount::default();
        account.object = ExternalAccountObject::ExternalAccount;
        account.id = self.id("eac", number).into();
        account.identification_id = self.id("idn_account", number).into();
        account.provider = provider.into();
        account.provider_user_id = provider_user_id.into();
        account.verification = Some(verification_of(provider));
        (account.created_at, account.updated_at) = (self.user.created_at, self.user.created_at);
        self.user.external_accounts.push(account);
        self
    }

    /// A token for the provider, such as `oauth_google`, and where there is none yet an account there.
    pub fn oauth_access_token(
        mut self,
        provider: &str,
        access_token: impl Into<SecretString>,
    ) -> Self {
        let mut accounts = self.user.external_accounts.iter();
        if !accounts.any(|account| account.provider == *provider) {
            let provider_user_id = self.id(provider, 1);
            self = self.external_account(provider, &provider_user_id);
        }
        let mut token = OAuthAccessToken::default();
        let mut accounts = self.user.external_accounts.iter();
        if let Some(account) = accounts.find(|account| account.provider == *provider) {
            token.external_account_id = account.id.clone();
            token.provider_user_id = account.provider_user_id.clone();
        }
        token.provider = provider.into();
        token.token = access_token.into();
        self.tokens.push(token);
        self
    }

    /// A member of an organization, in a role such as `org:admin`.
    pub fn member_of(mut self, organization_id: &str, role: &str) -> Self {
        let number = self.memberships.len() + 1;
        let mut membership = OrganizationMembership::new(self.id("orgmem", number));
        membership.role = role.into();
        membership.organization = Organization::new(organization_id);
        membership.organization.name = organization_id.into();
        self.memberships.push(membership);
        self
    }

    /// Invited to an organization, for a role such as `org:member`: pending.
    pub fn invited_to(mut self, organization_id: &str, role: &str) -> Self {
        let number = self.invitations.len() + 1;
        let mut invitation = OrganizationInvitation::default();
        invitation.id = self.id("orginv", number).into();
        invitation.organization_id = organization_id.into();
        invitation.role = role.into();
        invitation.status = "pending".into();
        let first = self.user.email_addresses.first();
        invitation.email_address = first.map_or_else(Box::default, |own| own.email_address.clone());
        self.invitations.push(invitation);
        self
    }

    /// A membership as it is.
    pub fn membership(mut self, membership: OrganizationMembership) -> Self {
        self.memberships.push(membership);
        self
    }

    /// An invitation as it is.
    pub fn organization_invitation(mut self, invitation: OrganizationInvitation) -> Self {
        self.invitations.push(invitation);
        self
    }

    /// A device that the user trusts, as it is. Where nothing else is said, it is an active iOS device.
    pub fn trusted_device(mut self, device: TrustedDevice) -> Self {
        self.devices.push(device);
        self
    }

    /// What the user has subscribed to.
    pub fn billing_subscription(mut self, subscription: CommerceSubscription) -> Self {
        self.subscription = Some(subscription);
        self
    }
}

fn verification_of(provider: &str) -> Verification {
    let mut verification = verified();
    verification.object = "verification_oauth".into();
    verification.strategy = provider.into();
    verification
}

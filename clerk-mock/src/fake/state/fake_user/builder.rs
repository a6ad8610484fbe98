//! The builder methods of a [`FakeUser`].

use clerk_core::ids::ExternalAccountId;
use clerk_core::models::{
    CommerceSubscription, EnterpriseAccount, ExternalAccount, ExternalAccountObject,
    OAuthAccessToken, Organization, OrganizationInvitation, OrganizationMembership, Passkey,
    SamlAccount, TrustedDevice, Verification, Web3Wallet,
};
use clerk_core::{Metadata, SecretString, Timestamp};

use crate::fake::state::fake_user::FakeUser;
use crate::fake::state::identifier::{self, verified};
use crate::fake::state::password::Password;

impl FakeUser {
    /// Derives the id of a part of the user, such as `idn_email_ada_1`.
    fn id(&self, prefix: &str, number: usize) -> String {
        let id = self.user.id.as_str();
        let id = id.strip_prefix("user_").unwrap_or(id);
        format!("{prefix}_{id}_{number}")
    }

    /// Adds a verified e-mail address. The first verified one becomes the primary address.
    pub fn email_address(mut self, text: &str) -> Self {
        let id = self.id("idn_email", self.user.email_addresses.len() + 1);
        let address = identifier::new_email_address(id, text, None, self.user.created_at);
        let primary = &mut self.user.primary_email_address_id;
        primary.get_or_insert_with(|| address.id.clone());
        self.user.email_addresses.push(address);
        self
    }

    /// Adds a reserved e-mail address: it is not verified, but exclusive to this user and valid for
    /// signing in.
    pub fn reserved_email_address(self, text: &str) -> Self {
        self.email_address_as(text, "reserved")
    }

    /// Adds an e-mail address that is neither verified nor reserved. Other users can have it, too,
    /// until one of them verifies it.
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

    /// Adds a verified phone number, such as `+15555550100`. The first one becomes the primary
    /// number.
    pub fn phone_number(mut self, text: &str) -> Self {
        let id = self.id("idn_phone", self.user.phone_numbers.len() + 1);
        let phone = identifier::new_phone_number(id, text, None, self.user.created_at);
        let primary = &mut self.user.primary_phone_number_id;
        primary.get_or_insert_with(|| phone.id.clone());
        self.user.phone_numbers.push(phone);
        self
    }

    /// Adds a verified phone number that is a second factor.
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

    /// Adds a verified web3 wallet. The first one becomes the primary wallet.
    pub fn web3_wallet(mut self, address: &str) -> Self {
        let id = self.id("idn_wallet", self.user.web3_wallets.len() + 1);
        let wallet: Web3Wallet = identifier::new_web3_wallet(id, address, self.user.created_at);
        let primary = &mut self.user.primary_web3_wallet_id;
        primary.get_or_insert_with(|| wallet.id.clone());
        self.user.web3_wallets.push(wallet);
        self
    }

    /// Sets the username.
    pub fn username(mut self, name: &str) -> Self {
        self.user.username = Some(name.into());
        self
    }

    /// Sets the first and the last name.
    pub fn name(mut self, first: &str, last: &str) -> Self {
        self.user.first_name = Some(first.into());
        self.user.last_name = Some(last.into());
        self
    }

    /// Sets the id of the user in your own systems.
    pub fn external_id(mut self, id: &str) -> Self {
        self.user.external_id = Some(id.into());
        self
    }

    /// Sets the password. Its length is not checked.
    pub fn password(mut self, password: impl Into<SecretString>) -> Self {
        self.password = Some(Password::Text(password.into()));
        self.user.password_enabled = true;
        self
    }

    /// Sets the digest of a password, and the algorithm that made it.
    ///
    /// With the feature `bcrypt` of `clerk-mock`, the fake checks passwords against `bcrypt`
    /// digests whose cost is at most 16. Any other digest matches no password.
    pub fn password_digest(mut self, hasher: &str, digest: impl Into<SecretString>) -> Self {
        let (hasher, digest) = (hasher.to_owned(), digest.into());
        self.password = Some(Password::Digest { hasher, digest });
        self.user.password_enabled = true;
        self
    }

    /// Sets the secret of an authenticator app, in base 32.
    ///
    /// [`totp_code`](crate::totp_code) computes its codes.
    pub fn totp_secret(mut self, secret: impl Into<SecretString>) -> Self {
        self.totp_secret = Some(secret.into());
        self.user.totp_enabled = true;
        self.user.two_factor_enabled = true;
        self
    }

    /// Sets the backup codes, each of which is valid once.
    pub fn backup_codes<S: Into<SecretString>>(
        mut self,
        codes: impl IntoIterator<Item = S>,
    ) -> Self {
        self.backup_codes = codes.into_iter().map(Into::into).collect();
        self.user.backup_code_enabled = !self.backup_codes.is_empty();
        self.user.two_factor_enabled |= self.user.backup_code_enabled;
        self
    }

    /// Sets the metadata that frontend and backend can read.
    pub fn public_metadata(mut self, metadata: impl Into<Metadata>) -> Self {
        self.user.public_metadata = metadata.into();
        self
    }

    /// Sets the metadata that only the backend can read.
    pub fn private_metadata(mut self, metadata: impl Into<Metadata>) -> Self {
        self.user.private_metadata = metadata.into();
        self
    }

    /// Sets the metadata that the frontend can change.
    pub fn unsafe_metadata(mut self, metadata: impl Into<Metadata>) -> Self {
        self.user.unsafe_metadata = metadata.into();
        self
    }

    /// Bans the user.
    pub fn banned(mut self) -> Self {
        self.user.banned = true;
        self
    }

    /// Locks the user for an hour, which starts when the user is added.
    pub fn locked(mut self) -> Self {
        self.user.locked = true;
        self
    }

    /// Adds this SAML account unchanged.
    pub fn saml_account(mut self, account: SamlAccount) -> Self {
        self.user.saml_accounts.push(account);
        self
    }

    /// Adds this enterprise account unchanged.
    pub fn enterprise_account(mut self, account: EnterpriseAccount) -> Self {
        self.user.enterprise_accounts.push(account);
        self
    }

    /// Sets the times of creation and of the last update.
    pub fn created_at(mut self, time: Timestamp) -> Self {
        self.user.created_at = time;
        self.user.updated_at = time;
        self
    }

    /// Sets the times of the last sign-in and of the last activity.
    pub fn last_sign_in_at(mut self, time: Timestamp) -> Self {
        self.user.last_sign_in_at = Some(time);
        self.user.last_active_at = Some(time);
        self
    }

    /// Adds a passkey with this id.
    pub fn passkey(mut self, id: &str) -> Self {
        let mut passkey = Passkey::default();
        passkey.id = id.into();
        passkey.name = "Passkey".into();
        self.user.passkeys.push(passkey);
        self
    }

    /// Adds an account with an OAuth provider, such as `oauth_google`.
    ///
    /// `provider_user_id` is the user's id at the provider. As in Clerk, the `id` of an account
    /// with `oauth_google` or `oauth_facebook` is the id of its identification.
    pub fn external_account(mut self, provider: &str, provider_user_id: &str) -> Self {
        let number = self.user.external_accounts.len() + 1;
        let mut account = ExternalAccount::default();
        account.object = match provider {
            "oauth_google" => ExternalAccountObject::GoogleAccount,
            "oauth_facebook" => ExternalAccountObject::FacebookAccount,
            _ => ExternalAccountObject::ExternalAccount,
        };
        account.id = self.id("eac", number).into();
        account.identification_id = self.id("idn_account", number);
        if account.object != ExternalAccountObject::ExternalAccount {
            let id = ExternalAccountId::from(&account.identification_id);
            account.external_account_id = Some(std::mem::replace(&mut account.id, id));
        }
        account.provider = provider.into();
        account.provider_user_id = provider_user_id.into();
        account.verification = Some(verification_of(provider));
        (account.created_at, account.updated_at) = (self.user.created_at, self.user.created_at);
        self.user.external_accounts.push(account);
        self
    }

    /// Adds an access token of a provider, such as `oauth_google`.
    ///
    /// If the user has no account with the provider, this method also adds an account.
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
            token.external_account_id = account.account_id().clone();
            token.provider_user_id = account.provider_user_id.clone();
        }
        token.provider = provider.into();
        token.token = access_token.into();
        self.tokens.push(token);
        self
    }

    /// Adds a membership in an organization, with a role such as `org:admin`. It replaces an
    /// earlier membership in the same organization.
    pub fn member_of(mut self, organization_id: &str, role: &str) -> Self {
        let mut all = self.memberships.iter();
        let known = all.position(|own| own.organization.id == organization_id);
        let number = known.unwrap_or(self.memberships.len()) + 1;
        let mut membership = OrganizationMembership::new(self.id("orgmem", number));
        membership.role = role.into();
        membership.organization = Organization::new(organization_id);
        membership.organization.name = organization_id.into();
        self.join(membership);
        self
    }

    /// Adds a pending invitation to an organization, with a role such as `org:member`. Its address
    /// is the first e-mail address of the user.
    pub fn invited_to(mut self, organization_id: &str, role: &str) -> Self {
        let number = self.invitations.len() + 1;
        let mut invitation = OrganizationInvitation::default();
        invitation.id = self.id("orginv", number).into();
        invitation.organization_id = organization_id.into();
        invitation.role = role.into();
        invitation.status = "pending".into();
        self.invitations.push(invitation);
        self
    }

    /// Adds a membership in an organization. It replaces an earlier membership in the same
    /// organization.
    ///
    /// When the user is added to a fake, the fake sets missing times, and a missing slug of the
    /// organization if slugs are enabled.
    pub fn membership(mut self, membership: OrganizationMembership) -> Self {
        self.join(membership);
        self
    }

    /// Adds an invitation to an organization. When the user is added to a fake, the fake sets
    /// missing times. An invitation without an address gets the first e-mail address of the user.
    pub fn organization_invitation(mut self, invitation: OrganizationInvitation) -> Self {
        self.invitations.push(invitation);
        self
    }

    /// Adds a trusted device. The default platform is iOS, and the default status is active.
    pub fn trusted_device(mut self, device: TrustedDevice) -> Self {
        self.devices.push(device);
        self
    }

    /// Sets the billing subscription of the user.
    pub fn billing_subscription(mut self, subscription: CommerceSubscription) -> Self {
        self.subscription = Some(Box::new(subscription));
        self
    }
}

/// Returns the verification of an account with a provider.
fn verification_of(provider: &str) -> Verification {
    let mut verification = verified();
    verification.object = "verification_oauth".into();
    verification.strategy = provider.into();
    verification
}

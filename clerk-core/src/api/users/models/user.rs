use crate::api::users::models::enterprise_account::EnterpriseAccount;
use crate::api::users::models::external_account::ExternalAccount;
use crate::api::users::models::passkey::Passkey;
use crate::api::users::models::saml_account::SamlAccount;
use crate::api::users::models::web3_wallet::Web3Wallet;
use crate::json::model::model;
use crate::models::email_address::EmailAddress;
use crate::models::organization_membership::OrganizationMembership;
use crate::models::phone_number::PhoneNumber;
use crate::types::id::{EmailAddressId, PhoneNumberId, UserId, Web3WalletId};
use crate::types::metadata::Metadata;
use crate::types::timestamp::Timestamp;

model! {
    /// A user of the instance.
    User("user") required {
        /// The id of the user.
        id: UserId
    } and {
        /// The id of the user in the application's own systems.
        external_id: Option<String>,
        /// Which of `email_addresses` is the primary one.
        primary_email_address_id: Option<EmailAddressId>,
        /// Which of `phone_numbers` is the primary one.
        primary_phone_number_id: Option<PhoneNumberId>,
        /// Which of `web3_wallets` is the primary one.
        primary_web3_wallet_id: Option<Web3WalletId>,
        /// The name to sign in with.
        username: Option<String>,
        /// The first name.
        first_name: Option<String>,
        /// The last name.
        last_name: Option<String>,
        /// The preferred language and region, such as `en-US`.
        locale: Option<String>,
        /// Where the profile image is. Deprecated by Clerk in favour of `image_url`.
        profile_image_url: Option<String> = optional,
        /// Where the profile image is.
        image_url: Option<String> = optional,
        /// Whether the user has a profile image of their own.
        has_image: bool,
        /// Metadata that both frontend and backend can see.
        public_metadata: Metadata,
        /// Metadata that only the backend can see. Hidden from `Debug`.
        private_metadata: Metadata = secret,
        /// Metadata that the frontend can change: not to be trusted.
        unsafe_metadata: Metadata,
        /// The user's e-mail addresses.
        email_addresses: Vec<EmailAddress>,
        /// The user's phone numbers.
        phone_numbers: Vec<PhoneNumber>,
        /// The user's web3 wallets.
        web3_wallets: Vec<Web3Wallet>,
        /// The user's passkeys.
        passkeys: Vec<Passkey>,
        /// Whether the user has a password.
        password_enabled: bool,
        /// Whether any second factor is set up.
        two_factor_enabled: bool,
        /// Whether an authenticator app is set up.
        totp_enabled: bool,
        /// Whether there are backup codes.
        backup_code_enabled: bool,
        /// When multi-factor authentication was last switched on.
        mfa_enabled_at: Option<Timestamp>,
        /// When multi-factor authentication was last switched off.
        mfa_disabled_at: Option<Timestamp>,
        /// When the password was last changed.
        password_last_updated_at: Option<Timestamp>,
        /// The user's accounts with OAuth providers.
        external_accounts: Vec<ExternalAccount>,
        /// The user's SAML accounts.
        saml_accounts: Vec<SamlAccount>,
        /// The user's enterprise accounts.
        enterprise_accounts: Vec<EnterpriseAccount>,
        /// The organizations that the user belongs to, where the API includes them.
        organization_memberships: Vec<OrganizationMembership>,
        /// When the user last signed in.
        last_sign_in_at: Option<Timestamp>,
        /// Whether the user is banned.
        banned: bool,
        /// Whether the user is locked out after too many failed attempts.
        locked: bool,
        /// Whether the user was deprovisioned by a directory.
        deprovisioned: bool,
        /// Seconds until the lock ends; `None` when it does not end by itself.
        lockout_expires_in_seconds: Option<i64>,
        /// Attempts left before the user is locked.
        verification_attempts_remaining: Option<i64>,
        /// When the user was last changed.
        updated_at: Timestamp,
        /// When the user was created.
        created_at: Timestamp,
        /// Whether the user can delete themselves.
        delete_self_enabled: bool,
        /// Whether the user can create organizations.
        create_organization_enabled: bool,
        /// How many organizations the user may create; 0 is unlimited.
        create_organizations_limit: Option<i64>,
        /// When the user was last active, to the day.
        last_active_at: Option<Timestamp>,
        /// When the user accepted the legal requirements.
        legal_accepted_at: Option<Timestamp>,
        /// Whether the user bypasses Device Trust checks when signing in.
        bypass_client_trust: bool,
        /// The directory that manages the user, when one does.
        scim: Option<Box<ScimUserMetadata>>,
    }
}

impl User {
    /// The primary e-mail address, where there is one.
    #[must_use]
    pub fn primary_email_address(&self) -> Option<&EmailAddress> {
        let primary = self.primary_email_address_id.as_ref()?;
        let mut addresses = self.email_addresses.iter();
        addresses.find(|address| address.id == *primary)
    }

    /// The primary phone number, where there is one.
    #[must_use]
    pub fn primary_phone_number(&self) -> Option<&PhoneNumber> {
        let primary = self.primary_phone_number_id.as_ref()?;
        let mut numbers = self.phone_numbers.iter();
        numbers.find(|number| number.id == *primary)
    }

    /// The primary web3 wallet, where there is one.
    #[must_use]
    pub fn primary_web3_wallet(&self) -> Option<&Web3Wallet> {
        let primary = self.primary_web3_wallet_id.as_ref()?;
        let mut wallets = self.web3_wallets.iter();
        wallets.find(|wallet| wallet.id == *primary)
    }

    /// First and last name, or the one of them that there is; `None` where there is neither.
    #[must_use]
    pub fn full_name(&self) -> Option<String> {
        let names = [&self.first_name, &self.last_name];
        let names = names.into_iter().flatten().map(|name| name.trim());
        let names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
        (!names.is_empty()).then(|| names.join(" "))
    }
}

model! {
    /// The SCIM directory that manages a user.
    ScimUserMetadata {
        /// The id of the directory.
        directory_id: String,
        /// Whether the directory is in use.
        directory_enabled: bool,
        /// The id of the user in the directory.
        external_id: Option<String>,
    }
}

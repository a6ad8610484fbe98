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
    ///
    /// An optional field is `None` if the user has no such value.
    User("user") required {
        /// The id of the user.
        id: UserId
    } and {
        /// The id of the user in your own systems.
        external_id: Option<String>,
        /// The id of the primary e-mail address, which is one of `email_addresses`.
        primary_email_address_id: Option<EmailAddressId>,
        /// The id of the primary phone number, which is one of `phone_numbers`.
        primary_phone_number_id: Option<PhoneNumberId>,
        /// The id of the primary web3 wallet, which is one of `web3_wallets`.
        primary_web3_wallet_id: Option<Web3WalletId>,
        /// The username with which the user can sign in.
        username: Option<String>,
        /// The first name.
        first_name: Option<String>,
        /// The last name.
        last_name: Option<String>,
        /// The preferred language and region, such as `en-US`.
        locale: Option<String>,
        /// The time zone, such as `Europe/London`. Clerk's specification does not mention this
        /// field.
        timezone: Option<String> = optional,
        /// The URL of the profile image. Deprecated by Clerk in favour of `image_url`.
        profile_image_url: Option<String> = optional,
        /// The URL of the profile image.
        image_url: Option<String> = optional,
        /// Whether the user has uploaded a profile image.
        has_image: bool,
        /// Metadata that the frontend and the backend can read.
        public_metadata: Metadata,
        /// Metadata that only the backend can read. Hidden from `Debug`.
        private_metadata: Metadata = secret,
        /// Metadata that the frontend can change. Do not trust it.
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
        /// Whether a second factor is set up.
        two_factor_enabled: bool,
        /// Whether an authenticator app is set up.
        totp_enabled: bool,
        /// Whether the user has backup codes.
        backup_code_enabled: bool,
        /// The time at which multi-factor authentication was last enabled; `None` if it never was.
        /// Clerk keeps this time if multi-factor authentication is disabled later.
        mfa_enabled_at: Option<Timestamp>,
        /// The time at which multi-factor authentication was last disabled; `None` if it never was.
        /// Clerk keeps this time if multi-factor authentication is enabled later.
        mfa_disabled_at: Option<Timestamp>,
        /// The time of the last password change.
        password_last_updated_at: Option<Timestamp>,
        /// The user's accounts with OAuth providers.
        external_accounts: Vec<ExternalAccount>,
        /// The user's SAML accounts.
        saml_accounts: Vec<SamlAccount>,
        /// The user's enterprise accounts.
        enterprise_accounts: Vec<EnterpriseAccount>,
        /// The user's memberships of organizations; empty if the response does not include them.
        organization_memberships: Vec<OrganizationMembership>,
        /// The time of the last sign-in; `None` if the user has never signed in.
        last_sign_in_at: Option<Timestamp>,
        /// Whether the user is banned.
        banned: bool,
        /// Whether the user is locked. A locked user cannot sign in.
        locked: bool,
        /// Whether the user was deprovisioned. A deprovisioned user cannot sign in.
        deprovisioned: bool,
        /// The number of seconds until the lock expires; `None` if the user is not locked, or if
        /// the lock never expires.
        lockout_expires_in_seconds: Option<i64>,
        /// The number of verification attempts that remain until Clerk locks the user; `None` if
        /// the instance has user lockout disabled.
        verification_attempts_remaining: Option<i64>,
        /// The time of the last change.
        updated_at: Timestamp,
        /// The creation time.
        created_at: Timestamp,
        /// Whether the user can delete their account.
        delete_self_enabled: bool,
        /// Whether the user can create organizations.
        create_organization_enabled: bool,
        /// The maximum number of organizations that the user can create; 0 means unlimited.
        create_organizations_limit: Option<i64>,
        /// The time of the last session activity, accurate to the day; `None` if there was none.
        last_active_at: Option<Timestamp>,
        /// The time at which the user accepted the legal requirements; `None` if the user did not
        /// accept them.
        legal_accepted_at: Option<Timestamp>,
        /// Whether the user bypasses Device Trust: Clerk's checks of sign-ins from new devices.
        bypass_client_trust: bool,
        /// The directory that provisioned the user. Only the webhook events `user.created` and
        /// `user.updated` contain this field. `None` does not mean that the user has no directory.
        scim: Option<Box<ScimUserMetadata>>,
    }
}

impl User {
    /// Returns the primary e-mail address; `None` if the user has none.
    #[must_use]
    pub fn primary_email_address(&self) -> Option<&EmailAddress> {
        let primary = self.primary_email_address_id.as_ref()?;
        let mut addresses = self.email_addresses.iter();
        addresses.find(|address| address.id == *primary)
    }

    /// Returns the primary phone number; `None` if the user has none.
    #[must_use]
    pub fn primary_phone_number(&self) -> Option<&PhoneNumber> {
        let primary = self.primary_phone_number_id.as_ref()?;
        let mut numbers = self.phone_numbers.iter();
        numbers.find(|number| number.id == *primary)
    }

    /// Returns the primary web3 wallet; `None` if the user has none.
    #[must_use]
    pub fn primary_web3_wallet(&self) -> Option<&Web3Wallet> {
        let primary = self.primary_web3_wallet_id.as_ref()?;
        let mut wallets = self.web3_wallets.iter();
        wallets.find(|wallet| wallet.id == *primary)
    }

    /// Returns the first and last name, or only the name that is set. Returns `None` if neither is
    /// set.
    #[must_use]
    pub fn full_name(&self) -> Option<String> {
        let names = [&self.first_name, &self.last_name];
        let names = names.into_iter().flatten().map(|name| name.trim());
        let names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
        (!names.is_empty()).then(|| names.join(" "))
    }
}

model! {
    /// The SCIM directory that provisioned a user.
    ScimUserMetadata {
        /// The id of the directory.
        directory_id: String,
        /// Whether the directory is enabled.
        directory_enabled: bool,
        /// The external id of the user in the directory; `None` if the directory does not report
        /// one.
        external_id: Option<String>,
    }
}

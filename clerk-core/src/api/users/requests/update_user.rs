use crate::requests::body::body;

use crate::api::users::requests::create_user::PasswordHasher;
use crate::requests::rfc3339::Rfc3339;
use crate::types::id::{EmailAddressId, PhoneNumberId, Web3WalletId};
use crate::types::secret::SecretString;

body! {
    /// What to change of a user: the body of [`update_user`](crate::UsersApi::update_user).
    ///
    /// What is not set stays as it is. The `clear_…` methods send null, wherever the API takes it:
    /// for a name, an id or a date that removes the value. Metadata is changed by [`update_user_metadata`](crate::UsersApi::update_user_metadata).
    ///
    /// ```
    /// use clerk_client::UpdateUserRequest;
    ///
    /// let request = UpdateUserRequest::new().first_name("Ada").clear_username();
    /// assert_eq!(serde_json::to_string(&request)?, r#"{"first_name":"Ada","username":null}"#);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    UpdateUserRequest {
        /// The id of the user in the application's own systems; unique in the instance.
        external_id / clear_external_id: String,
        /// The first name.
        first_name / clear_first_name: String,
        /// The last name.
        last_name / clear_last_name: String,
        /// The preferred language and region, such as `en-US`.
        locale / clear_locale: String,
        /// Which e-mail address is the primary one: a verified one of the user's.
        primary_email_address_id / clear_primary_email_address_id: EmailAddressId,
        /// Whether to tell the user that the primary e-mail address changed. Clerk's default: no.
        notify_primary_email_address_changed / clear_notify_primary_email_address_changed: bool,
        /// Which phone number is the primary one: a verified one of the user's.
        primary_phone_number_id / clear_primary_phone_number_id: PhoneNumberId,
        /// Which web3 wallet is the primary one: a verified one of the user's.
        primary_web3_wallet_id / clear_primary_web3_wallet_id: Web3WalletId,
        /// The name to sign in with; unique in the instance. Removing it cannot be undone.
        username / clear_username: String,
        /// Which image is the profile image.
        profile_image_id / clear_profile_image_id: String,
        /// The password: at least 8 characters, and in no list of stolen ones.
        password / clear_password: SecretString,
        /// The digest of the password, where the password itself is not known. Needs
        /// `password_hasher`.
        password_digest: SecretString,
        /// How `password_digest` was made.
        password_hasher: PasswordHasher,
        /// Takes the password without checks.
        skip_password_checks / clear_skip_password_checks: bool,
        /// Ends all other sessions of the user once the password is changed.
        sign_out_of_other_sessions / clear_sign_out_of_other_sessions: bool,
        /// The secret of the user's authenticator app, in base 32 (30 s, 6 digits, SHA-1).
        totp_secret / clear_totp_secret: SecretString,
        /// Backup codes, in plain text or as their bcrypt digests.
        backup_codes: [SecretString],
        /// Whether the user can delete themselves.
        delete_self_enabled / clear_delete_self_enabled: bool,
        /// Whether the user can create organizations.
        create_organization_enabled / clear_create_organization_enabled: bool,
        /// When the user accepted the legal requirements; years 0000 to 9999.
        legal_accepted_at / clear_legal_accepted_at: Rfc3339,
        /// Skips the check that legal requirements were accepted.
        skip_legal_checks / clear_skip_legal_checks: bool,
        /// How many organizations the user may create; 0 is unlimited.
        create_organizations_limit / clear_create_organizations_limit: u32,
        /// When the user signed up; years 0000 to 9999.
        created_at / clear_created_at: Rfc3339,
        /// Whether the user bypasses Device Trust checks when signing in.
        bypass_client_trust / clear_bypass_client_trust: bool,
    }
}

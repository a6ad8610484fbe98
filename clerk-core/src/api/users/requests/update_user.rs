use crate::requests::body::body;

use crate::api::users::requests::create_user::PasswordHasher;
use crate::requests::rfc3339::Rfc3339;
use crate::types::id::{EmailAddressId, PhoneNumberId, Web3WalletId};
use crate::types::secret::SecretString;

body! {
    /// The request body of [`update_user`](crate::UsersApi::update_user).
    ///
    /// Fields that are not set stay unchanged. A `clear_…` method sends null, which removes the
    /// value of a name, an id or a date. To change metadata, call
    /// [`update_user_metadata`](crate::UsersApi::update_user_metadata).
    ///
    /// ```
    /// use clerk_client::requests::UpdateUserRequest;
    ///
    /// let request = UpdateUserRequest::new().first_name("Ada").clear_username();
    /// assert_eq!(serde_json::to_string(&request)?, r#"{"first_name":"Ada","username":null}"#);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    UpdateUserRequest {
        /// The id of the user in your own systems, unique in the instance.
        external_id / clear_external_id: String,
        /// The first name.
        first_name / clear_first_name: String,
        /// The last name.
        last_name / clear_last_name: String,
        /// The preferred language and region, such as `en-US`.
        locale / clear_locale: String,
        /// The id of the new primary e-mail address, which must be a verified address of the user.
        primary_email_address_id / clear_primary_email_address_id: EmailAddressId,
        /// Whether to notify the user that the primary e-mail address changed. Clerk's default is
        /// no.
        notify_primary_email_address_changed / clear_notify_primary_email_address_changed: bool,
        /// The id of the new primary phone number, which must be a verified number of the user.
        primary_phone_number_id / clear_primary_phone_number_id: PhoneNumberId,
        /// The id of the new primary web3 wallet, which must be a verified wallet of the user.
        primary_web3_wallet_id / clear_primary_web3_wallet_id: Web3WalletId,
        /// The username, unique in the instance. The removal of a username cannot be undone.
        username / clear_username: String,
        /// The id of the new profile image.
        profile_image_id / clear_profile_image_id: String,
        /// The password: at least 8 characters, and not in a list of stolen passwords.
        password / clear_password: SecretString,
        /// The digest of the password, if you do not have the password. Requires `password_hasher`.
        password_digest: SecretString,
        /// The algorithm of `password_digest`.
        password_hasher: PasswordHasher,
        /// Whether Clerk accepts the password without checks. Requires `password`.
        skip_password_checks / clear_skip_password_checks: bool,
        /// Whether Clerk ends the user's active sessions after the change. Requires `password`.
        sign_out_of_other_sessions / clear_sign_out_of_other_sessions: bool,
        /// The secret of the user's authenticator app, in base 32. The app must use SHA-1, 6 digits
        /// and a period of 30 seconds.
        totp_secret / clear_totp_secret: SecretString,
        /// Backup codes, as plain text or bcrypt digests.
        backup_codes: [SecretString],
        /// Whether the user can delete their own account.
        delete_self_enabled / clear_delete_self_enabled: bool,
        /// Whether the user can create organizations.
        create_organization_enabled / clear_create_organization_enabled: bool,
        /// The time at which the user accepted the legal requirements. Its year must be from 0000
        /// to 9999.
        legal_accepted_at / clear_legal_accepted_at: Rfc3339,
        /// Whether Clerk skips the checks of the legal requirements.
        skip_legal_checks / clear_skip_legal_checks: bool,
        /// The maximum number of organizations that the user can create. 0 means unlimited.
        create_organizations_limit / clear_create_organizations_limit: u32,
        /// The time at which the user signed up. Its year must be from 0000 to 9999.
        created_at / clear_created_at: Rfc3339,
        /// Whether the user bypasses Device Trust: Clerk's checks of sign-ins from new devices.
        bypass_client_trust / clear_bypass_client_trust: bool,
    }
}

use crate::requests::body::body;

use crate::json::open_enum::open_enum;
use crate::requests::rfc3339::Rfc3339;
use crate::types::metadata::Metadata;
use crate::types::secret::SecretString;

body! {
    /// The request body of [`create_user`](crate::UsersApi::create_user).
    ///
    /// The settings of the instance determine which fields are required.
    ///
    /// ```
    /// use clerk_client::requests::CreateUserRequest;
    ///
    /// let request = CreateUserRequest::new()
    ///     .email_address(["ada@example.com"])
    ///     .first_name("Ada")
    ///     .password("correct horse battery staple");
    /// ```
    CreateUserRequest(parallel_arrays) {
        /// The id of the user in your own systems, unique in the instance.
        external_id: String,
        /// The first name.
        first_name: String,
        /// The last name.
        last_name: String,
        /// The preferred language and region, such as `en-US`.
        locale: String,
        /// E-mail addresses, unique in the instance. The first becomes the primary address.
        email_address: [String],
        /// The status of each item of `email_address`, in the same order. Clerk's default is
        /// verified.
        email_address_identification_status: [IdentificationStatus],
        /// Phone numbers in E.164 format, unique in the instance. The first becomes the primary
        /// number.
        phone_number: [String],
        /// The status of each item of `phone_number`, in the same order. Clerk's default is
        /// verified.
        phone_number_identification_status: [IdentificationStatus],
        /// Addresses of web3 wallets, unique in the instance. The first becomes the primary wallet.
        web3_wallet: [String],
        /// The username, unique in the instance.
        username: String,
        /// The password: at least 8 characters, and not in a list of stolen passwords.
        password: SecretString,
        /// The digest of the password, if you do not have the password. Requires `password_hasher`.
        password_digest: SecretString,
        /// The algorithm of `password_digest`.
        password_hasher: PasswordHasher,
        /// Whether Clerk accepts the password without checks. Set this only for migrations.
        skip_password_checks: bool,
        /// Whether you can leave out `password` in an instance that requires passwords.
        skip_password_requirement: bool,
        /// The secret of the user's authenticator app, in base 32. The app must use SHA-1, 6 digits
        /// and a period of 30 seconds.
        totp_secret: SecretString,
        /// Backup codes, as plain text or bcrypt digests.
        backup_codes: [SecretString],
        /// Metadata that both the frontend and the backend can see.
        public_metadata: Metadata,
        /// Metadata that only the backend can see. Hidden from `Debug`.
        private_metadata: Metadata = secret,
        /// Metadata that the frontend can change. Do not trust it.
        unsafe_metadata: Metadata,
        /// Whether the user can delete their own account.
        delete_self_enabled: bool,
        /// The time at which the user accepted the legal requirements. Its year must be from 0000
        /// to 9999.
        legal_accepted_at: Rfc3339,
        /// Whether Clerk skips the checks of the legal requirements. Set this only for migrations.
        skip_legal_checks: bool,
        /// Whether you can leave out identifiers that the instance requires.
        skip_user_requirement: bool,
        /// Whether the user can create organizations.
        create_organization_enabled: bool,
        /// The maximum number of organizations that the user can create. 0 means unlimited.
        create_organizations_limit: u32,
        /// The time at which the user signed up. Its year must be from 0000 to 9999.
        created_at: Rfc3339,
        /// Whether the user bypasses Device Trust: Clerk's checks of sign-ins from new devices.
        bypass_client_trust: bool,
        /// Whether Clerk bans the new user. Requires a plan that includes bans.
        banned: bool,
        /// Whether Clerk locks the new user. The instance must have user lockout enabled.
        locked: bool,
    }
}

/// Checks the statuses, which Clerk pairs with the identifiers by position.
#[inline]
fn parallel_arrays(request: &CreateUserRequest) -> Result<(), String> {
    let pairs = [
        (
            "email_address",
            request.email_address.as_ref().map_or(0, Vec::len),
            &request.email_address_identification_status,
        ),
        (
            "phone_number",
            request.phone_number.as_ref().map_or(0, Vec::len),
            &request.phone_number_identification_status,
        ),
    ];
    for (name, values, statuses) in pairs {
        let statuses = statuses.as_deref().unwrap_or_default();
        if let Some(at) = (statuses.iter()).position(|s| *s == IdentificationStatus::Unverified) {
            return Err(format!(
                "invalid {name}_identification_status: item {at} is unverified; it must be verified or reserved"
            ));
        }
        // Clerk treats an empty list of statuses like an absent list.
        let statuses = statuses.len();
        if statuses != 0 && statuses != values {
            return Err(format!(
                "invalid {name}_identification_status: it has {statuses} items, but {name} has \
                 {values}; set one for each, or none"
            ));
        }
    }
    Ok(())
}

open_enum! {
    /// The status of a new identifier.
    IdentificationStatus {
        /// The identifier is verified. The user can sign in with it.
        Verified = "verified",
        /// The identifier is not verified, but is reserved for this user. The user can sign in with
        /// it.
        Reserved = "reserved",
        /// The identifier is neither verified nor reserved for this user. The user cannot sign in
        /// with it. Only
        /// [`replace_user_email_address`](crate::UsersApi::replace_user_email_address) and
        /// [`replace_user_phone_number`](crate::UsersApi::replace_user_phone_number) accept this
        /// status.
        Unverified = "unverified",
    }
}

open_enum! {
    /// The algorithm of a password digest.
    ///
    /// [Clerk's reference](https://clerk.com/docs/references/backend/user/create-user) describes
    /// the format of the digests of each algorithm.
    PasswordHasher {
        Argon2i = "argon2i",
        Argon2id = "argon2id",
        Bcrypt = "bcrypt",
        BcryptSha256Django = "bcrypt_sha256_django",
        LdapSsha = "ldap_ssha",
        Md5 = "md5",
        Md5Phpass = "md5_phpass",
        Pbkdf2Sha1 = "pbkdf2_sha1",
        Pbkdf2Sha256 = "pbkdf2_sha256",
        Pbkdf2Sha256Django = "pbkdf2_sha256_django",
        Pbkdf2Sha512 = "pbkdf2_sha512",
        Pbkdf2Sha512Hex = "pbkdf2_sha512_hex",
        Phpass = "phpass",
        ScryptFirebase = "scrypt_firebase",
        ScryptWerkzeug = "scrypt_werkzeug",
        Sha256 = "sha256",
        Sha512Symfony = "sha512_symfony",
    }
}

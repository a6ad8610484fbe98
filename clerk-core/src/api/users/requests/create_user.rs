use crate::requests::body::body;

use crate::json::open_enum::open_enum;
use crate::requests::rfc3339::Rfc3339;
use crate::types::metadata::Metadata;
use crate::types::secret::SecretString;

body! {
    /// What a new user is to be: the body of [`create_user`](crate::UsersApi::create_user).
    ///
    /// Which fields are needed depends on the settings of the instance.
    ///
    /// ```
    /// use clerk_client::CreateUserRequest;
    ///
    /// let request = CreateUserRequest::new()
    ///     .email_address(["ada@example.com"])
    ///     .first_name("Ada")
    ///     .password("correct horse battery staple");
    /// ```
    CreateUserRequest(parallel_arrays) {
        /// The id of the user in the application's own systems; unique in the instance.
        external_id: String,
        /// The first name.
        first_name: String,
        /// The last name.
        last_name: String,
        /// The preferred language and region, such as `en-US`.
        locale: String,
        /// E-mail addresses, unique in the instance. The first becomes the primary one.
        email_address: [String],
        /// The status of each of `email_address`, in their order and as many. Without it, all
        /// are created verified.
        email_address_identification_status: [IdentificationStatus],
        /// Phone numbers in E.164 form, unique in the instance. The first becomes the primary one.
        phone_number: [String],
        /// The status of each of `phone_number`, in their order and as many. Without it, all are
        /// created verified.
        phone_number_identification_status: [IdentificationStatus],
        /// Web3 wallets, unique in the instance. The first becomes the primary one.
        web3_wallet: [String],
        /// The name to sign in with; unique in the instance.
        username: String,
        /// The password: at least 8 characters, and in no list of stolen ones.
        password: SecretString,
        /// The digest of the password, where the password itself is not known. Needs
        /// `password_hasher`.
        password_digest: SecretString,
        /// How `password_digest` was made.
        password_hasher: PasswordHasher,
        /// Takes the password without checks: for migrations only.
        skip_password_checks: bool,
        /// Creates the user without a password on an instance that uses passwords.
        skip_password_requirement: bool,
        /// The secret of the user's authenticator app, in base 32 (30 s, 6 digits, SHA-1).
        totp_secret: SecretString,
        /// Backup codes, in plain text or as their bcrypt digests.
        backup_codes: [SecretString],
        /// Metadata that both frontend and backend can see.
        public_metadata: Metadata,
        /// Metadata that only the backend can see. Hidden from `Debug`.
        private_metadata: Metadata = secret,
        /// Metadata that the frontend can change: not to be trusted.
        unsafe_metadata: Metadata,
        /// Whether the user can delete themselves.
        delete_self_enabled: bool,
        /// When the user accepted the legal requirements; years 0000 to 9999.
        legal_accepted_at: Rfc3339,
        /// Skips the check that legal requirements were accepted: for migrations only.
        skip_legal_checks: bool,
        /// Creates the user without the identifiers that the instance requires.
        skip_user_requirement: bool,
        /// Whether the user can create organizations.
        create_organization_enabled: bool,
        /// How many organizations the user may create; 0 is unlimited.
        create_organizations_limit: u32,
        /// When the user signed up; years 0000 to 9999.
        created_at: Rfc3339,
        /// Whether the user bypasses Device Trust checks when signing in.
        bypass_client_trust: bool,
        /// Creates the user already banned. Needs a plan that allows bans.
        banned: bool,
        /// Creates the user already locked. Needs the lockout feature.
        locked: bool,
    }
}

/// Clerk pairs them by position.
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
                "{name}_identification_status[{at}] is unverified, and must be verified or reserved"
            ));
        }
        // An empty list of statuses is the same as none.
        let statuses = statuses.len();
        if statuses != 0 && statuses != values {
            return Err(format!(
                "{name}_identification_status has {statuses} items for {values} of {name}; there must be one for each"
            ));
        }
    }
    Ok(())
}

open_enum! {
    /// How an identifier is created.
    IdentificationStatus {
        /// Ready to sign in with.
        Verified = "verified",
        /// Not verified, but usable to sign in with, and nobody else can claim it.
        Reserved = "reserved",
        /// Neither usable to sign in with nor kept from others: only where an identifier is
        /// replaced. It can lock the user out.
        Unverified = "unverified",
    }
}

open_enum! {
    /// How a password digest was made. Each expects its digests in a form of its own: see
    /// [Clerk's page](https://clerk.com/docs/references/backend/user/create-user).
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

//! The settings of an instance.

use clerk_core::OperationInfo;

/// The settings of an instance, as in Clerk's dashboard: what the instance requires and refuses.
///
/// The default is an instance that requires nothing and has all features, with Clerk's default
/// rules for usernames and passwords.
///
/// ```
/// use clerk_client::mock::FakeClerk;
/// use clerk_client::requests::CreateUserRequest;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), clerk_client::Error> {
/// let fake = FakeClerk::new();
/// let mut settings = fake.settings();
/// settings.email_address_required = true;
/// settings.password_min_length = 12;
/// fake.set_settings(settings);
///
/// let ada = CreateUserRequest::new().password("engines");
/// let refused = fake.client().users().create_user(ada).await.unwrap_err();
/// let codes: Vec<_> = refused.clerk_errors().iter().map(|error| error.code.as_str()).collect();
/// assert_eq!(codes, ["form_data_missing", "form_password_length_too_short"]);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct InstanceSettings {
    /// Whether a new user needs an e-mail address, if the request does not set
    /// `skip_user_requirement`. If true, the last e-mail address of a user cannot be deleted.
    pub email_address_required: bool,
    /// Whether a new user needs a phone number, if the request does not set
    /// `skip_user_requirement`. If true, the last phone number of a user cannot be deleted.
    pub phone_number_required: bool,
    /// Whether a new user needs a username, if the request does not set `skip_user_requirement`.
    pub username_required: bool,
    /// Whether a new user needs a password or the digest of a password, if the request does not set
    /// `skip_password_requirement`.
    pub password_required: bool,
    /// The minimum number of characters of a username: 4 by default.
    pub username_min_length: usize,
    /// The maximum number of characters of a username: 64 by default.
    pub username_max_length: usize,
    /// Whether a username may have other characters than ASCII letters, digits, `_` and `-`.
    pub username_special_characters: bool,
    /// The minimum number of characters of a password: 8 by default.
    pub password_min_length: usize,
    /// The maximum number of characters of a password: 72 by default.
    pub password_max_length: usize,
    /// Whether a password needs a lower-case letter.
    pub password_needs_lowercase: bool,
    /// Whether a password needs an upper-case letter.
    pub password_needs_uppercase: bool,
    /// Whether a password needs a digit.
    pub password_needs_number: bool,
    /// Whether a password needs a character that is neither a letter nor a digit.
    pub password_needs_special_character: bool,
    /// Whether leaked passwords are refused: true by default. The fake knows a few frequent leaked
    /// passwords, such as `password123`.
    pub leaked_passwords_refused: bool,
    /// The maximum number of users. `None`, the default, means no limit.
    pub max_users: Option<usize>,
    /// The OAuth providers that are enabled, such as `google`. `None`, the default, means all
    /// providers.
    pub oauth_providers: Option<Vec<String>>,
    /// Whether organizations are enabled: true by default.
    pub organizations_enabled: bool,
    /// Whether organizations can have slugs: true by default. If false, a new organization gets no
    /// slug, and a request that sets a slug is refused.
    pub organization_slugs_enabled: bool,
    /// Whether organizations can have domains: true by default.
    pub organization_domains_enabled: bool,
    /// The operations that the plan of the instance does not include. They respond with 402. If the
    /// list contains `BanUser`, a request that creates a banned user gets a 402, too.
    pub operations_outside_plan: Vec<OperationInfo>,
}

impl Default for InstanceSettings {
    fn default() -> Self {
        Self {
            email_address_required: false,
            phone_number_required: false,
            username_required: false,
            password_required: false,
            username_min_length: 4,
            username_max_length: 64,
            username_special_characters: false,
            password_min_length: 8,
            password_max_length: 72,
            password_needs_lowercase: false,
            password_needs_uppercase: false,
            password_needs_number: false,
            password_needs_special_character: false,
            leaked_passwords_refused: true,
            max_users: None,
            oauth_providers: None,
            organizations_enabled: true,
            organization_slugs_enabled: true,
            organization_domains_enabled: true,
            operations_outside_plan: Vec::new(),
        }
    }
}

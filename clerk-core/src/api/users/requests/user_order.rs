use std::fmt;

/// What users are ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UserOrderBy {
    /// When the user was created.
    CreatedAt,
    /// When the user was last changed.
    UpdatedAt,
    /// The primary e-mail address.
    EmailAddress,
    /// The primary web3 wallet.
    Web3Wallet,
    /// The first name.
    FirstName,
    /// The last name.
    LastName,
    /// The primary phone number.
    PhoneNumber,
    /// The name to sign in with.
    Username,
    /// When the user was last active.
    LastActiveAt,
    /// When the user last signed in.
    LastSignInAt,
}

impl UserOrderBy {
    /// The smallest or earliest first.
    #[must_use]
    pub fn ascending(self) -> UserOrder {
        UserOrder {
            by: self,
            descending: false,
        }
    }

    /// The largest or latest first.
    #[must_use]
    pub fn descending(self) -> UserOrder {
        UserOrder {
            by: self,
            descending: true,
        }
    }

    /// The text as Clerk writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CreatedAt => "created_at",
            Self::UpdatedAt => "updated_at",
            Self::EmailAddress => "email_address",
            // Without the underscore that the filter has.
            Self::Web3Wallet => "web3wallet",
            Self::FirstName => "first_name",
            Self::LastName => "last_name",
            Self::PhoneNumber => "phone_number",
            Self::Username => "username",
            Self::LastActiveAt => "last_active_at",
            Self::LastSignInAt => "last_sign_in_at",
        }
    }
}

/// An order of users: by what, and which way. Clerk's default is the newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct UserOrder {
    by: UserOrderBy,
    descending: bool,
}

impl UserOrder {
    /// What users are ordered by.
    #[must_use]
    pub fn by(self) -> UserOrderBy {
        self.by
    }

    /// Whether the largest or latest is first.
    #[must_use]
    pub fn is_descending(self) -> bool {
        self.descending
    }
}

/// Ascending, as Clerk reads an order without a sign.
impl From<UserOrderBy> for UserOrder {
    fn from(by: UserOrderBy) -> Self {
        by.ascending()
    }
}

/// As Clerk writes it: `+created_at`, `-created_at`.
impl fmt::Display for UserOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.descending { '-' } else { '+' };
        write!(f, "{sign}{}", self.by.as_str())
    }
}

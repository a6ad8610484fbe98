use std::fmt;
use std::ops::BitOr;

use crate::error::{AuthError, AuthErrorReason};
use crate::token::class::Class;
use crate::token::opaque::Opaque;

/// The types of tokens that a [`Verifier`](crate::Verifier) accepts. Combine them with `|`.
///
/// ```
/// use clerk_client::auth::TokenTypes;
///
/// let accepted = TokenTypes::SESSION | TokenTypes::API_KEY;
/// assert!(accepted.contains(TokenTypes::API_KEY));
/// assert!(!accepted.contains(TokenTypes::M2M));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TokenTypes(u8);

impl TokenTypes {
    /// Session tokens of users.
    pub const SESSION: Self = Self(1);
    /// API keys (`ak_…`).
    pub const API_KEY: Self = Self(1 << 1);
    /// M2M tokens that are JWTs. They are verified with the keys of the instance, without a request
    /// for each token.
    pub const M2M_JWT: Self = Self(1 << 2);
    /// OAuth access tokens that are JWTs. They are verified with the keys of the instance, without
    /// a request for each token.
    pub const OAUTH_JWT: Self = Self(1 << 3);
    const M2M_OPAQUE: Self = Self(1 << 4);
    const OAUTH_OPAQUE: Self = Self(1 << 5);
    /// All M2M tokens: opaque ones (`mt_…`) and JWTs.
    pub const M2M: Self = Self(Self::M2M_JWT.0 | Self::M2M_OPAQUE.0);
    /// All OAuth access tokens: opaque ones (`oat_…`) and JWTs.
    pub const OAUTH: Self = Self(Self::OAUTH_JWT.0 | Self::OAUTH_OPAQUE.0);

    const NAMES: [(Self, &'static str); 6] = [
        (Self::SESSION, "SESSION"),
        (Self::API_KEY, "API_KEY"),
        (Self::M2M_JWT, "M2M_JWT"),
        (Self::OAUTH_JWT, "OAUTH_JWT"),
        (Self::M2M_OPAQUE, "M2M_OPAQUE"),
        (Self::OAUTH_OPAQUE, "OAUTH_OPAQUE"),
    ];

    /// Whether all of `types` are accepted.
    #[must_use]
    pub const fn contains(self, types: Self) -> bool {
        self.0 & types.0 == types.0
    }

    const fn has_any(self, types: Self) -> bool {
        self.0 & types.0 != 0
    }

    /// Whether one of the accepted types can be verified only by the Backend API.
    pub(crate) const fn has_opaque(self) -> bool {
        let opaque = Self::API_KEY.0 | Self::M2M_OPAQUE.0 | Self::OAUTH_OPAQUE.0;
        self.has_any(Self(opaque))
    }

    /// Whether JWTs are accepted as M2M tokens or as OAuth access tokens.
    pub(crate) const fn has_machine_jwt(self) -> bool {
        self.has_any(Self(Self::M2M_JWT.0 | Self::OAUTH_JWT.0))
    }

    pub(crate) const fn has_opaque_of(self, kind: Opaque) -> bool {
        self.contains(match kind {
            Opaque::ApiKey => Self::API_KEY,
            Opaque::M2m => Self::M2M_OPAQUE,
            Opaque::OAuth => Self::OAUTH_OPAQUE,
        })
    }

    /// Whether these types include a class of JWTs. They never include tokens of JWT templates,
    /// which [`verify_template`](crate::Verifier::verify_template) verifies regardless of the
    /// accepted types.
    pub(crate) const fn has_class(self, class: Class) -> bool {
        match class {
            Class::Session => self.contains(Self::SESSION),
            Class::M2m => self.contains(Self::M2M_JWT),
            Class::OAuth => self.contains(Self::OAUTH_JWT),
            Class::Template => false,
        }
    }
}

impl BitOr for TokenTypes {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl fmt::Debug for TokenTypes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let own = Self::NAMES
            .iter()
            .filter(|(types, _)| self.contains(*types));
        let names: Vec<&str> = own.map(|(_, name)| *name).collect();
        write!(f, "TokenTypes({})", names.join(" | "))
    }
}

/// Creates the error of a token whose type is not accepted.
pub(crate) fn not_accepted(label: &str) -> AuthError {
    let message = format!(
        "invalid token: it is {label}, which this verifier does not accept; see VerifierBuilder::accept"
    );
    AuthError::new(AuthErrorReason::TokenTypeMismatch, message)
}

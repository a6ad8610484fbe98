//! Passwords, as text and as digests.

use clerk_core::SecretString;

/// What a password is checked against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Password {
    Text(SecretString),
    Digest {
        hasher: String,
        digest: SecretString,
    },
}

impl Password {
    /// Whether this is it. A digest of a kind that cannot be computed here matches nothing.
    pub(super) fn is(&self, password: &str) -> bool {
        match self {
            Self::Text(text) => text.expose() == password,
            #[cfg(feature = "bcrypt")]
            Self::Digest { hasher, digest } if hasher == "bcrypt" => {
                bcrypt::verify(password, digest.expose()).unwrap_or_default()
            }
            Self::Digest { .. } => false,
        }
    }
}

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
    /// Backup codes come as text or as digests of bcrypt.
    pub(super) fn of_backup_code(code: &SecretString) -> Self {
        if code.expose().starts_with("$2") {
            return Self::Digest {
                hasher: "bcrypt".to_owned(),
                digest: code.clone(),
            };
        }
        Self::Text(code.clone())
    }

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

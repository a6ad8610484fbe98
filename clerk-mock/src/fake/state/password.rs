//! Passwords, as text or as digests.

use clerk_core::SecretString;

/// A stored password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Password {
    Text(SecretString),
    Digest {
        hasher: String,
        digest: SecretString,
    },
}

impl Password {
    /// Creates a password from a backup code, which is a text or a bcrypt digest.
    pub(crate) fn of_backup_code(code: &SecretString) -> Self {
        if code.expose().starts_with("$2") {
            return Self::Digest {
                hasher: "bcrypt".to_owned(),
                digest: code.clone(),
            };
        }
        Self::Text(code.clone())
    }

    /// Whether a password is correct. A digest can match only if it is a bcrypt digest and the
    /// feature `bcrypt` is enabled.
    pub(crate) fn verify(&self, password: &str) -> bool {
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

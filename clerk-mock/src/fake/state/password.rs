//! Passwords, as text or as digests.

use clerk_core::SecretString;

/// The maximum cost of the bcrypt digests that are checked. The instance is locked during a check.
/// With the cost 31, the highest of bcrypt, a check would take more than a day.
#[cfg(feature = "bcrypt")]
const MAX_COST: u32 = 16;

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

    /// Whether a password is correct. A digest can match only if it is a bcrypt digest whose cost
    /// is at most 16, and the feature `bcrypt` is enabled.
    pub(crate) fn verify(&self, password: &str) -> bool {
        match self {
            Self::Text(text) => text.expose() == password,
            #[cfg(feature = "bcrypt")]
            Self::Digest { hasher, digest } if hasher == "bcrypt" => {
                let digest = digest.expose();
                let parts = digest.parse::<bcrypt::HashParts>();
                parts.is_ok_and(|parts| parts.get_cost() <= MAX_COST)
                    && bcrypt::verify(password, digest).unwrap_or_default()
            }
            Self::Digest { .. } => false,
        }
    }
}

//! The cryptography of a verifier: RS256 signatures and SHA-256.

pub(crate) mod der;
pub(crate) mod pem;
#[cfg(feature = "pure")]
pub(crate) mod pure;
#[cfg(feature = "ring")]
pub(crate) mod ring;
pub(crate) mod rsa_key;

use std::fmt;
use std::sync::Arc;

/// The cryptography of a [`Verifier`](crate::Verifier): RSASSA-PKCS1-v1_5 with SHA-256 (RS256).
///
/// `Ring` (feature `ring`) and `Pure` (feature `pure`) implement this trait.
/// [`VerifierBuilder::crypto`](crate::VerifierBuilder::crypto) sets another implementation.
pub trait Rs256: fmt::Debug + Send + Sync + 'static {
    /// Creates a key from its modulus and its public exponent, big-endian and without leading
    /// zeros.
    ///
    /// The caller has checked both numbers. The modulus is odd, and has 2,048 to 8,192 bits. The
    /// exponent is odd, at least 3 and below 2³³. Returns `None` if the implementation does not
    /// support such a key.
    fn key(&self, modulus: &[u8], exponent: &[u8]) -> Option<Box<dyn VerifyingKey>>;

    /// Returns the SHA-256 digest of a message.
    fn sha256(&self, message: &[u8]) -> [u8; 32];
}

/// A public key that verifies signatures.
pub trait VerifyingKey: fmt::Debug + Send + Sync {
    /// Whether the signature matches the message. The signature is untrusted and may have any
    /// length.
    fn verify(&self, message: &[u8], signature: &[u8]) -> bool;
}

/// Returns ring if it is enabled, or else the pure implementation. `None` if neither is enabled.
pub(crate) fn default_crypto() -> Option<Arc<dyn Rs256>> {
    #[cfg(feature = "ring")]
    return Some(Arc::new(ring::Ring));
    #[cfg(all(feature = "pure", not(feature = "ring")))]
    return Some(Arc::new(pure::Pure));
    #[cfg(not(any(feature = "pure", feature = "ring")))]
    None
}

//! RS256 with ring.

use ring::digest::{SHA256, digest};
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};

use crate::crypto::{Rs256, VerifyingKey};

/// RS256 with [ring](https://docs.rs/ring), which contains C and assembly.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ring;

impl Rs256 for Ring {
    fn key(&self, modulus: &[u8], exponent: &[u8]) -> Option<Box<dyn VerifyingKey>> {
        Some(Box::new(Key(RsaPublicKeyComponents {
            n: modulus.into(),
            e: exponent.into(),
        })))
    }

    fn sha256(&self, message: &[u8]) -> [u8; 32] {
        let digest = digest(&SHA256, message);
        let bytes = digest.as_ref().first_chunk();
        bytes.copied().unwrap_or_default()
    }
}

#[derive(Debug)]
struct Key(RsaPublicKeyComponents<Box<[u8]>>);

impl VerifyingKey for Key {
    fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        let verified = self
            .0
            .verify(&RSA_PKCS1_2048_8192_SHA256, message, signature);
        verified.is_ok()
    }
}

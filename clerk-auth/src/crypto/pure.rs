//! RS256 in pure Rust.

use crypto_bigint::modular::{BoxedMontyForm, BoxedMontyParams};
use crypto_bigint::{BoxedUint, Odd};
use sha2::{Digest, Sha256};

use crate::crypto::{Rs256, VerifyingKey};

/// The bytes of a SHA-256 `DigestInfo` in front of the digest (RFC 8017, 9.2).
const DIGEST_INFO: [u8; 19] = [
    0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05,
    0x00, 0x04, 0x20,
];

/// RS256 in pure Rust, with [crypto-bigint](https://docs.rs/crypto-bigint) and
/// [sha2](https://docs.rs/sha2). This implementation also works on `wasm32-unknown-unknown`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Pure;

impl Rs256 for Pure {
    fn key(&self, modulus: &[u8], exponent: &[u8]) -> Option<Box<dyn VerifyingKey>> {
        let bits = u32::try_from(modulus.len() * 8).ok()?;
        let number = BoxedUint::from_be_slice(modulus, bits).ok()?;
        let odd = Odd::new(number.clone()).into_option()?;
        let mut padded = [0; 8];
        let start = padded.len().checked_sub(exponent.len())?;
        padded.get_mut(start..)?.copy_from_slice(exponent);
        Some(Box::new(Key {
            modulus: number,
            length: modulus.len(),
            exponent: u64::from_be_bytes(padded),
            params: BoxedMontyParams::new_vartime(odd),
        }))
    }

    fn sha256(&self, message: &[u8]) -> [u8; 32] {
        Sha256::digest(message).into()
    }
}

#[derive(Debug)]
struct Key {
    modulus: BoxedUint,
    /// The length of the modulus in bytes. Every signature has this length.
    length: usize,
    exponent: u64,
    params: BoxedMontyParams,
}

impl VerifyingKey for Key {
    fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        self.verified(message, signature).is_some()
    }
}

impl Key {
    /// Compares the decrypted signature with the encoded digest (RFC 8017, 8.2.2). `None` if the
    /// signature is not valid. The decrypted signature is never parsed.
    fn verified(&self, message: &[u8], signature: &[u8]) -> Option<()> {
        if signature.len() != self.length {
            return None;
        }
        let signature = BoxedUint::from_be_slice(signature, self.modulus.bits_precision()).ok()?;
        if signature >= self.modulus {
            return None;
        }
        let base = BoxedMontyForm::new(signature, &self.params);
        let mut power = base.clone();
        // The exponent is public, so the duration of this loop may depend on it. `power` starts as
        // `base`, which accounts for the highest bit.
        for bit in (0..self.exponent.checked_ilog2()?).rev() {
            power = power.square();
            if (self.exponent >> bit) & 1 == 1 {
                power = &power * &base;
            }
        }
        let decrypted = power.retrieve();
        let encoded = self.encoded(Sha256::digest(message).as_slice())?;
        let expected = BoxedUint::from_be_slice(&encoded, self.modulus.bits_precision()).ok()?;
        (decrypted == expected).then_some(())
    }

    /// Returns the encoded message `00 01 ff … ff 00 DigestInfo digest`. `None` if the modulus is
    /// too short for it.
    fn encoded(&self, digest: &[u8]) -> Option<Vec<u8>> {
        let tail = DIGEST_INFO.len() + digest.len();
        let padding = self
            .length
            .checked_sub(tail + 3)
            .filter(|length| *length >= 8)?;
        let mut encoded = Vec::with_capacity(self.length);
        encoded.extend([0, 1]);
        encoded.extend(std::iter::repeat_n(0xff, padding));
        encoded.push(0);
        encoded.extend(DIGEST_INFO);
        encoded.extend(digest);
        Some(encoded)
    }
}

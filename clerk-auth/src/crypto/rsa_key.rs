//! The numbers of an RSA key, and their limits.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The accepted number of bits of a modulus.
const MODULUS_BITS: std::ops::RangeInclusive<usize> = 2_048..=8_192;
/// The maximum number of bits of an exponent. ring has the same limit.
const MAX_EXPONENT_BITS: usize = 33;

/// The public numbers of an RSA key, big-endian and without leading zeros.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RsaKey {
    pub(crate) modulus: Box<[u8]>,
    pub(crate) exponent: Box<[u8]>,
}

impl RsaKey {
    /// Creates a key from big-endian numbers. The error is the reason why the key is refused.
    pub(crate) fn new(modulus: &[u8], exponent: &[u8]) -> Result<Self, String> {
        let (modulus, exponent) = (without_zeros(modulus), without_zeros(exponent));
        let bits = bit_length(modulus);
        if !MODULUS_BITS.contains(&bits) {
            return Err(format!("it has {bits} bits; use 2048 to 8192"));
        }
        if !is_odd(modulus) {
            return Err("its modulus is even".to_owned());
        }
        let bits = bit_length(exponent);
        if !is_odd(exponent) || !(2..=MAX_EXPONENT_BITS).contains(&bits) {
            return Err("its exponent is not an odd number from 3 to 2³³".to_owned());
        }
        Ok(Self {
            modulus: modulus.into(),
            exponent: exponent.into(),
        })
    }

    /// Creates a key from `n` and `e` of a JSON Web Key, in base64url.
    pub(crate) fn from_jwk(modulus: &str, exponent: &str) -> Result<Self, String> {
        let decode = |text: &str| {
            let decoded = URL_SAFE_NO_PAD.decode(text);
            decoded.map_err(|_| "its numbers are not base64url".to_owned())
        };
        Self::new(&decode(modulus)?, &decode(exponent)?)
    }
}

fn without_zeros(number: &[u8]) -> &[u8] {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    number.get(zeros..).unwrap_or_default()
}

fn bit_length(number: &[u8]) -> usize {
    let first = number.first().map_or(0, |byte| byte.leading_zeros());
    (number.len() * 8).saturating_sub(first as usize)
}

fn is_odd(number: &[u8]) -> bool {
    number.last().is_some_and(|byte| byte % 2 == 1)
}

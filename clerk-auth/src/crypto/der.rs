//! The decoding of RSA public keys from DER.

use crate::crypto::rsa_key::RsaKey;

const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const SEQUENCE: u8 = 0x30;
/// The algorithm `rsaEncryption` with its null parameters (RFC 8017, A.1).
const RSA_ENCRYPTION: [u8; 13] = [
    0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
];

/// Reads a `SubjectPublicKeyInfo` (in PEM, a `PUBLIC KEY`) or an `RSAPublicKey` (in PEM, an
/// `RSA PUBLIC KEY`).
pub(crate) fn rsa_public_key(der: &[u8]) -> Result<RsaKey, String> {
    let malformed = || "it is not an RSA public key in DER".to_owned();
    let key = only(der, SEQUENCE).ok_or_else(malformed)?;
    let key = match take(key, SEQUENCE) {
        Some((algorithm, rest)) => {
            if algorithm != RSA_ENCRYPTION {
                return Err("it is a key of another algorithm than RSA".to_owned());
            }
            let bits = only(rest, BIT_STRING).ok_or_else(malformed)?;
            let key = bits.strip_prefix(&[0]).ok_or_else(malformed)?;
            only(key, SEQUENCE).ok_or_else(malformed)?
        }
        None => key,
    };
    let (modulus, rest) = take(key, INTEGER).ok_or_else(malformed)?;
    let exponent = only(rest, INTEGER).ok_or_else(malformed)?;
    for number in [modulus, exponent] {
        if number.first().is_none_or(|byte| *byte >= 0x80) {
            return Err(malformed());
        }
    }
    RsaKey::new(modulus, exponent)
}

/// Returns the content of the value at the start of `der`, and the bytes after the value. `None` if
/// the value is incomplete or does not have the tag `tag`, or if its length takes more than two
/// bytes or is indefinite.
fn take(der: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let rest = der.strip_prefix(&[tag])?;
    let (first, rest) = rest.split_first()?;
    let (length, rest) = match *first {
        short @ 0..=0x7f => (usize::from(short), rest),
        0x81 => {
            let (length, rest) = rest.split_first()?;
            (usize::from(*length), rest)
        }
        0x82 => {
            let (length, rest) = rest.split_first_chunk::<2>()?;
            (usize::from(u16::from_be_bytes(*length)), rest)
        }
        _ => return None,
    };
    rest.split_at_checked(length)
}

/// Returns the content of `der`. `None` if `der` is not exactly one value with the tag `tag`.
fn only(der: &[u8], tag: u8) -> Option<&[u8]> {
    let (content, rest) = take(der, tag)?;
    rest.is_empty().then_some(content)
}

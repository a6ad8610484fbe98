//! RS256 signatures.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use crypto_bigint::modular::{BoxedMontyForm, BoxedMontyParams};
use crypto_bigint::{BoxedUint, ConcatenatingMul, NonZero, Odd};
use sha2::{Digest, Sha256};

use crate::fake::state::signing_key::SigningKey;

/// The length of a signature in bytes.
const LENGTH: usize = 256;
/// The bytes of a SHA-256 `DigestInfo` in front of the digest (RFC 8017, 9.2).
const DIGEST_INFO: [u8; 19] = [
    0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05,
    0x00, 0x04, 0x20,
];

/// Returns the token with this header and these claims.
pub(crate) fn signed(key: &SigningKey, header: &str, claims: &str) -> String {
    let encode = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    let text = format!(
        "{}.{}",
        encode(header.as_bytes()),
        encode(claims.as_bytes())
    );
    let signature = signature(key, text.as_bytes()).unwrap_or_default();
    format!("{text}.{}", encode(&signature))
}

/// Signs a message, with the Chinese remainder theorem (RFC 8017, 5.2.1). `None` if the key is
/// malformed. The keys of the fake are constants, and well-formed.
fn signature(key: &SigningKey, message: &[u8]) -> Option<Vec<u8>> {
    let mut encoded = vec![0, 1];
    encoded.resize(LENGTH - DIGEST_INFO.len() - 33, 0xff);
    encoded.push(0);
    encoded.extend(DIGEST_INFO);
    encoded.extend(Sha256::digest(message));
    let message = BoxedUint::from_be_slice(&encoded, bits(&encoded)).ok()?;
    let (p, q) = (number(key.p)?, number(key.q)?);
    let first = power(&message, &p, &number(key.dp)?)?;
    let second = power(&message, &q, &number(key.dq)?)?;
    let by_p = BoxedMontyParams::new_vartime(Odd::new(p.clone()).into_option()?);
    let form = |value: &BoxedUint| Some(BoxedMontyForm::new(remainder(value, &p)?, &by_p));
    let difference = form(&first)? - form(&second)?;
    let factor = (difference * form(&number(key.qi)?)?).retrieve();
    let signature = q.concatenating_mul(&factor).concatenating_add(&second);
    let bytes = signature.to_be_bytes();
    let start = bytes.len().checked_sub(LENGTH)?;
    Some(bytes.get(start..)?.to_vec())
}

/// Returns `base` to the power of `exponent`, modulo `modulus`.
fn power(base: &BoxedUint, modulus: &BoxedUint, exponent: &BoxedUint) -> Option<BoxedUint> {
    let params = BoxedMontyParams::new_vartime(Odd::new(modulus.clone()).into_option()?);
    let base = BoxedMontyForm::new(remainder(base, modulus)?, &params);
    Some(base.pow(exponent).retrieve())
}

fn remainder(value: &BoxedUint, modulus: &BoxedUint) -> Option<BoxedUint> {
    let modulus = NonZero::new(modulus.clone()).into_option()?;
    Some(value.rem_vartime(&modulus))
}

/// Reads a number in base64url. `None` if the text is malformed.
fn number(text: &str) -> Option<BoxedUint> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    BoxedUint::from_be_slice(&bytes, bits(&bytes)).ok()
}

fn bits(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len() * 8).unwrap_or_default()
}

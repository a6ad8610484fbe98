//! The public key of an instance in PEM.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use crate::fake::state::signing_key::{EXPONENT, SigningKey};

/// The algorithm `rsaEncryption` with its null parameters (RFC 8017, A.1).
const RSA_ENCRYPTION: [u8; 15] = [
    0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
];

/// Returns the public key in the form of `CLERK_JWT_KEY`.
pub(crate) fn pem(key: &SigningKey) -> String {
    let number = |text: &str| {
        let mut bytes = URL_SAFE_NO_PAD.decode(text).unwrap_or_default();
        if bytes.first().is_some_and(|byte| *byte >= 0x80) {
            bytes.insert(0, 0);
        }
        value(0x02, &bytes)
    };
    let numbers = [number(key.n), number(EXPONENT)].concat();
    let bits = [vec![0], value(0x30, &numbers)].concat();
    let info = [RSA_ENCRYPTION.to_vec(), value(0x03, &bits)].concat();
    let base64 = STANDARD.encode(value(0x30, &info));
    let mut pem = "-----BEGIN PUBLIC KEY-----\n".to_owned();
    for (at, character) in base64.chars().enumerate() {
        if at > 0 && at % 64 == 0 {
            pem.push('\n');
        }
        pem.push(character);
    }
    pem + "\n-----END PUBLIC KEY-----\n"
}

/// Returns a value in DER: its tag, its length and its content. The content must be shorter than
/// 64 KiB.
fn value(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap_or_default();
    let [high, low] = length.to_be_bytes();
    let mut der = vec![tag];
    match length {
        0..=0x7f => der.push(low),
        0x80..=0xff => der.extend([0x81, low]),
        _ => der.extend([0x82, high, low]),
    }
    der.extend(content);
    der
}

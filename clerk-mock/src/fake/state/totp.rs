//! Time-based one-time passwords (RFC 6238). As in Clerk, they use steps of 30 seconds, 6 digits
//! and SHA-1.

use clerk_core::Timestamp;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

const STEP_SECONDS: i64 = 30;

/// Returns the code that an authenticator app shows at a time.
///
/// `secret` is in base 32. Returns `None` if it is malformed, or encodes less than one byte.
///
/// ```
/// use clerk_client::{Timestamp, mock::totp_code};
///
/// // The first row of RFC 6238's table.
/// let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
/// assert_eq!(totp_code(secret, Timestamp::from_millis(59_000)).as_deref(), Some("287082"));
/// ```
#[must_use]
pub fn totp_code(secret: &str, time: Timestamp) -> Option<String> {
    let key = base32(secret)?;
    let step = time.as_millis().div_euclid(1_000 * STEP_SECONDS);
    let mut mac = Hmac::<Sha1>::new_from_slice(&key).ok()?;
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let offset = usize::from(digest.last()? & 0x0f);
    let word: [u8; 4] = digest.get(offset..offset + 4)?.try_into().ok()?;
    let code = (u32::from_be_bytes(word) & 0x7fff_ffff) % 1_000_000;
    Some(format!("{code:06}"))
}

/// Whether a code is valid at a time. A drift of one step (30 s) is accepted in either direction.
pub(crate) fn matches_totp(secret: &str, code: &str, time: Timestamp) -> bool {
    (-1..=1).any(|drift| {
        let millis = time
            .as_millis()
            .saturating_add(drift * 1_000 * STEP_SECONDS);
        totp_code(secret, Timestamp::from_millis(millis)).as_deref() == Some(code)
    })
}

/// Reads a secret in base 32. Returns `None` if the secret is malformed, or encodes less than one
/// byte.
fn base32(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 5 / 8);
    let (mut buffer, mut bits) = (0u32, 0u32);
    for character in text.trim_end_matches('=').bytes() {
        let value = match character.to_ascii_uppercase() {
            letter @ b'A'..=b'Z' => letter - b'A',
            digit @ b'2'..=b'7' => digit - b'2' + 26,
            b' ' | b'-' => continue,
            _ => return None,
        };
        buffer = buffer << 5 | u32::from(value);
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push((buffer >> bits) as u8);
            buffer &= (1 << bits) - 1;
        }
    }
    (!bytes.is_empty()).then_some(bytes)
}

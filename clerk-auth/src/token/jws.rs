//! The compact form of a signed token (RFC 7515).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The maximum length of a token in bytes. Browsers keep cookies of at most 4 KiB.
pub(crate) const MAX_LENGTH: usize = 16 * 1024;

/// The parts of a token, decoded from base64url but not verified.
pub(crate) struct Jws<'a> {
    pub(crate) header: Vec<u8>,
    pub(crate) payload: Vec<u8>,
    pub(crate) signature: Vec<u8>,
    /// The text that the signature covers.
    pub(crate) signed: &'a str,
}

impl<'a> Jws<'a> {
    /// Splits a token. The error names the malformed part, without its text.
    pub(crate) fn parse(token: &'a str) -> Result<Self, String> {
        if token.len() > MAX_LENGTH {
            let length = token.len();
            return Err(format!(
                "it has {length} bytes, and the limit is {MAX_LENGTH}"
            ));
        }
        let mut parts = token.split('.');
        let (Some(header), Some(payload), Some(signature), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            let parts = token.split('.').count();
            return Err(format!(
                "it does not have the three parts of a JWT, but {parts}"
            ));
        };
        let signed = token
            .get(..header.len() + 1 + payload.len())
            .unwrap_or_default();
        Ok(Self {
            header: decode("header", header)?,
            payload: decode("payload", payload)?,
            signature: decode("signature", signature)?,
            signed,
        })
    }
}

/// Decodes base64url without padding. Trailing bits must be zero, so that a token has only one
/// spelling.
fn decode(name: &str, part: &str) -> Result<Vec<u8>, String> {
    let decoded = URL_SAFE_NO_PAD.decode(part);
    decoded.map_err(|_| format!("its {name} is not base64url without padding"))
}

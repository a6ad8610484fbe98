//! The compact form of a signed token (RFC 7515).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The maximum length of a token in bytes. Tokens in cookies are shorter, because browsers limit
/// cookies to 4 KiB.
pub(crate) const MAX_LENGTH: usize = 16 * 1024;

/// The parts of a token, decoded from base64url but not verified.
pub(crate) struct Jws<'a> {
    /// The decoded parts, one after the other.
    decoded: Vec<u8>,
    payload_at: usize,
    signature_at: usize,
    /// The text that the signature covers.
    pub(crate) signed: &'a str,
}

impl<'a> Jws<'a> {
    /// Splits a token, and decodes its parts. The error says what is malformed, without the token's
    /// text.
    pub(crate) fn parse(token: &'a str) -> Result<Self, String> {
        if token.len() > MAX_LENGTH {
            let length = token.len();
            return Err(format!("it has {length} bytes; the limit is {MAX_LENGTH}"));
        }
        let parts = token.rsplit_once('.').and_then(|(signed, signature)| {
            let (header, payload) = signed.split_once('.')?;
            let has_more = payload.contains('.');
            (!has_more).then_some((signed, header, payload, signature))
        });
        let Some((signed, header, payload, signature)) = parts else {
            let parts = token.split('.').count();
            return Err(format!("its number of parts is {parts}; a JWT has 3"));
        };
        let mut decoded = Vec::with_capacity(token.len());
        decode("header", header, &mut decoded)?;
        let payload_at = decoded.len();
        decode("payload", payload, &mut decoded)?;
        let signature_at = decoded.len();
        decode("signature", signature, &mut decoded)?;
        Ok(Self {
            decoded,
            payload_at,
            signature_at,
            signed,
        })
    }

    pub(crate) fn header(&self) -> &[u8] {
        self.decoded.get(..self.payload_at).unwrap_or_default()
    }

    pub(crate) fn payload(&self) -> &[u8] {
        let range = self.payload_at..self.signature_at;
        self.decoded.get(range).unwrap_or_default()
    }

    pub(crate) fn signature(&self) -> &[u8] {
        self.decoded.get(self.signature_at..).unwrap_or_default()
    }
}

/// Decodes base64url without padding, and appends the bytes. Trailing bits must be zero, so that
/// the same bytes cannot be written in two ways.
fn decode(name: &str, part: &str, bytes: &mut Vec<u8>) -> Result<(), String> {
    let decoded = URL_SAFE_NO_PAD.decode_vec(part, bytes);
    decoded.map_err(|_| format!("its {name} is not base64url without padding"))
}

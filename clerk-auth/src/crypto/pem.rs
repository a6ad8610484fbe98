//! Reads the JWT public key that Clerk's dashboard shows in PEM.

use base64::Engine;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};

use crate::crypto::der::rsa_public_key;
use crate::crypto::rsa_key::RsaKey;

/// The maximum length of the text in bytes.
const MAX_LENGTH: usize = 64 * 1024;

/// Base64 with or without padding.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Reads a public key in PEM.
///
/// The frame (`-----BEGIN …-----`) may be missing. Lines may end with `\r\n`, an escaped `\n` or a
/// space. The text may be in quotes.
pub(crate) fn public_key(text: &str) -> Result<RsaKey, String> {
    if text.len() > MAX_LENGTH {
        let length = text.len();
        return Err(format!("it has {length} bytes; the limit is {MAX_LENGTH}"));
    }
    let text = text.replace("\\r", "\n").replace("\\n", "\n");
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '"' || c == '\'');
    if text.is_empty() {
        return Err("it is empty; copy it from Clerk's dashboard, under API keys".to_owned());
    }
    for (prefix, name) in [("sk_", "a secret key"), ("pk_", "a publishable key")] {
        if text.starts_with(prefix) {
            return Err(format!(
                "it is {name} ({prefix}…); use the JWT public key, which is in PEM"
            ));
        }
    }
    let body = match text.strip_prefix("-----BEGIN ") {
        Some(rest) => {
            let (label, rest) = rest.split_once("-----").unwrap_or_default();
            if label != "PUBLIC KEY" && label != "RSA PUBLIC KEY" {
                // If the frame is malformed, the label may contain the key, which may be private.
                let fits =
                    |byte: u8| byte == b' ' || byte.is_ascii_uppercase() || byte.is_ascii_digit();
                let is_label = (1..=40).contains(&label.len()) && label.bytes().all(fits);
                let fault = if is_label {
                    format!("it is not a public key, but {label:?}; copy the JWT public key")
                } else {
                    "its start (-----BEGIN …-----) is malformed; copy the key".to_owned()
                };
                return Err(format!("{fault} from Clerk's dashboard"));
            }
            let end = format!("-----END {label}-----");
            let body = rest.strip_suffix(&end);
            body.ok_or_else(|| format!("it does not end with {end:?}; is it cut off?"))?
        }
        None => text,
    };
    let base64: String = body.chars().filter(|c| !c.is_whitespace()).collect();
    let der = BASE64.decode(base64);
    let der = der.map_err(|_| "it is not base64; copy it from Clerk's dashboard".to_owned())?;
    rsa_public_key(&der)
}

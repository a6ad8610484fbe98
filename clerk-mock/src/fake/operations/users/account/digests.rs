//! The digests of passwords.

use crate::fake::operations::formats::is_hex;

/// The hashers for which any non-empty digest is accepted, because the fake does not know the form
/// of their digests.
const ANY: [&str; 10] = [
    "awscognito",
    "bcrypt_peppered",
    "md5_salted",
    "pbkdf2_sha1",
    "pbkdf2_sha256",
    "pbkdf2_sha512",
    "pbkdf2_sha512_hex",
    "scrypt_firebase",
    "sha256_salted",
    "sha512_symfony",
];

/// Whether a digest has the form that a hasher produces. `None` if Clerk does not support the
/// hasher.
pub(crate) fn fits(hasher: &str, digest: &str) -> Option<bool> {
    Some(match hasher {
        "argon2i" => digest.starts_with("$argon2i$"),
        "argon2id" => digest.starts_with("$argon2id$"),
        "bcrypt" => is_bcrypt(digest),
        "bcrypt_sha256_django" => digest.strip_prefix("bcrypt_sha256$").is_some_and(is_bcrypt),
        "ldap_ssha" => digest.starts_with("{SSHA}"),
        "md5" => digest.len() == 32 && is_hex(digest),
        "phpass" | "md5_phpass" => {
            digest.len() == 34 && (digest.starts_with("$P$") || digest.starts_with("$H$"))
        }
        "pbkdf2_sha256_django" => {
            digest.starts_with("pbkdf2_sha256$") && digest.split('$').count() == 4
        }
        "scrypt_werkzeug" => digest.starts_with("scrypt:") && digest.split('$').count() == 3,
        "sha256" => digest.len() == 64 && is_hex(digest),
        hasher if ANY.contains(&hasher) => !digest.is_empty(),
        _ => return None,
    })
}

/// Whether a text is a digest such as `$2b$10$…`, with 60 characters.
fn is_bcrypt(digest: &str) -> bool {
    let parts: Vec<&str> = digest.split('$').collect();
    let is_hash = |hash: &str| {
        let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"./".contains(&byte);
        hash.len() == 53 && hash.bytes().all(is_allowed)
    };
    matches!(
        parts.as_slice(),
        ["", "2a" | "2b" | "2x" | "2y", cost, hash]
            if cost.len() == 2 && cost.bytes().all(|byte| byte.is_ascii_digit()) && is_hash(hash)
    )
}

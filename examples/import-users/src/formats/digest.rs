//! Password digests that name their algorithm.

use crate::cells::Cells;
use crate::row::RowError;

/// Returns a digest with Clerk's name of its hasher. Returns an error if the digest is neither
/// bcrypt, argon2i nor argon2id.
pub(crate) fn digest(
    cells: &Cells,
    field: &str,
    digest: String,
) -> Result<(String, String), RowError> {
    let algorithm = digest
        .strip_prefix('$')
        .and_then(|rest| rest.split('$').next());
    let hasher = match algorithm {
        Some("2a" | "2b" | "2x" | "2y") => "bcrypt",
        Some("argon2i") => "argon2i",
        Some("argon2id") => "argon2id",
        _ => {
            let fault = "is neither bcrypt nor argon2 (argon2i or argon2id); remove it to import \
                         the user without a password";
            return Err(cells.error(field, fault));
        }
    };
    Ok((digest, hasher.to_owned()))
}

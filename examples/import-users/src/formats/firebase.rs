//! The export of `firebase auth:export`.

use std::fs;
use std::path::Path;

use crate::cells::Cells;
use crate::formats::full_name::split_name;
use crate::row::{Identifiers, Row, RowError};

/// The columns of the CSV export, which has no header.
pub(crate) const COLUMNS: [&str; 28] = [
    "localId",
    "email",
    "emailVerified",
    "passwordHash",
    "salt",
    "displayName",
    "photoUrl",
    "google.rawId",
    "google.email",
    "google.displayName",
    "google.photoUrl",
    "facebook.rawId",
    "facebook.email",
    "facebook.displayName",
    "facebook.photoUrl",
    "twitter.rawId",
    "twitter.email",
    "twitter.displayName",
    "twitter.photoUrl",
    "github.rawId",
    "github.email",
    "github.displayName",
    "github.photoUrl",
    "createdAt",
    "lastSignedInAt",
    "phoneNumber",
    "disabled",
    "customAttributes",
];

/// The base64 form of REDACTED. Firebase writes it in place of a digest if the account that exports
/// the users is not allowed to read digests.
const REDACTED: &str = "UkVEQUNURUQ=";

/// The parameters of a project's password hash.
pub(crate) struct HashConfig {
    /// The end of every digest that is sent to Clerk: the signer key, the salt separator, the
    /// rounds and the memory cost.
    suffix: String,
}

impl HashConfig {
    /// Reads the text that Firebase's console shows.
    pub(crate) fn read(file: &Path) -> Result<Self, String> {
        let with_path = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
        let text = fs::read_to_string(file).map_err(|error| with_path(&error))?;
        let value = |key: &str| {
            let mut lines = text.lines().filter_map(|line| line.split_once(':'));
            let found = lines.find(|(name, _)| name.trim() == key);
            let value = found.map(|(_, value)| value.trim().trim_end_matches(',').trim());
            let value = value.filter(|value| !value.is_empty() && !value.contains(['$', ' ']));
            let fault = format!(
                "invalid hash configuration: it needs the line \"{key}: VALUE\"; copy all lines \
                 from Firebase's console"
            );
            value.ok_or_else(|| with_path(&fault))
        };
        let algorithm = value("algorithm")?;
        if algorithm != "SCRYPT" {
            let fault = format!(
                "invalid hash configuration: the algorithm is {algorithm:?}; Clerk supports \
                 only SCRYPT"
            );
            return Err(with_path(&fault));
        }
        let number = |key| -> Result<u32, String> {
            let text = value(key)?;
            let fault = format!("{key} is {text:?}, not a whole number below 2^32");
            let fault = format!("invalid hash configuration: {fault}");
            text.parse().map_err(|_| with_path(&fault))
        };
        let (key, separator) = (value("base64_signer_key")?, value("base64_salt_separator")?);
        let (rounds, cost) = (number("rounds")?, number("mem_cost")?);
        let suffix = format!("{key}${separator}${rounds}${cost}");
        Ok(Self { suffix })
    }
}

pub(crate) fn row(cells: &mut Cells, config: Option<&HashConfig>) -> Result<Row, RowError> {
    cells.id("localId")?;
    let (mut email_address, mut phone_number) = (Identifiers::default(), Identifiers::default());
    let email = cells.text("email")?;
    email_address.add(email, cells.flag("emailVerified")?);
    // The export has no such flag for phone numbers, so each number is imported as verified.
    phone_number.add(cells.text("phoneNumber")?, true);
    let names = cells.peek("displayName").map(split_name);
    let (first_name, last_name) = names.unwrap_or_default();
    let password_digest = digest(cells, config)?;
    Ok(Row {
        email_address,
        phone_number,
        first_name,
        last_name,
        password_hasher: password_digest
            .as_ref()
            .map(|_| "scrypt_firebase".to_owned()),
        password_digest,
        banned: cells.flag("disabled")?,
        created_at: cells.time("createdAt")?,
        // Custom claims are in the user's token, so the user can read them.
        public_metadata: cells.json("customAttributes")?,
        ..Row::default()
    })
}

/// Takes the digest and its salt, and adds the parameters of the project.
fn digest(cells: &mut Cells, config: Option<&HashConfig>) -> Result<Option<String>, RowError> {
    let salt = cells.text("salt")?;
    let Some(hash) = cells.text("passwordHash")? else {
        return Ok(None);
    };
    if hash == REDACTED {
        let fault = "is redacted; export again as an owner of the project";
        return Err(cells.error("passwordHash", fault));
    }
    let salt = salt
        .ok_or_else(|| cells.error("salt", "is missing, although the user has a passwordHash"))?;
    let fault =
        "needs the parameters of the project's password hash; start with --hash-config FILE";
    let config = config.ok_or_else(|| cells.error("passwordHash", fault))?;
    Ok(Some(format!("{hash}${salt}${}", config.suffix)))
}

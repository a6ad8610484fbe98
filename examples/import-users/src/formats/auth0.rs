//! Auth0's bulk export, and its export of password hashes.

use std::cell::Cell;
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use serde_json::Value;

use crate::cells::Cells;
use crate::formats::digest::digest;
use crate::formats::full_name::split_name;
use crate::row::{Identifiers, Row, RowError};
use crate::unique::Unique;

/// Fields that contain no data of the user.
pub(crate) const DROPPED: [&str; 1] = ["_tmp_is_unique"];

/// The password digests in the export of password hashes, by user id. Each digest has a flag, which
/// says whether a row had the digest's user id.
#[derive(Default)]
pub(crate) struct PasswordHashes(HashMap<String, (String, Cell<bool>)>);

impl PasswordHashes {
    /// Reads the export, which has a JSON object on each line.
    pub(crate) fn read(file: &Path) -> Result<Self, String> {
        let with_path = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
        let text = File::open(file).map_err(|error| with_path(&error))?;
        let mut hashes = HashMap::new();
        for (line, text) in (1..).zip(BufReader::new(text).lines()) {
            let text = text.map_err(|error| with_path(&error))?;
            if text.trim().is_empty() {
                continue;
            }
            let Unique(fields) = serde_json::from_str(&text)
                .map_err(|error| with_path(&RowError::json(line, &error)))?;
            let mut cells = Cells::new(line, fields).map_err(|error| with_path(&error))?;
            user_id(&mut cells).map_err(|error| with_path(&error))?;
            let hash = cells.text("passwordHash");
            if let Some(hash) = hash.map_err(|error| with_path(&error))? {
                hashes.insert(cells.external_id, (hash, Cell::new(false)));
            }
        }
        Ok(Self(hashes))
    }

    fn find(&self, user_id: &str) -> Option<String> {
        let (hash, is_used) = self.0.get(user_id)?;
        is_used.set(true);
        Some(hash.clone())
    }

    /// Returns the number of digests whose user is in no row.
    pub(crate) fn unused(&self) -> usize {
        self.0
            .values()
            .filter(|(_, is_used)| !is_used.get())
            .count()
    }
}

pub(crate) fn row(cells: &mut Cells, hashes: &PasswordHashes) -> Result<Row, RowError> {
    user_id(cells)?;
    let exported_hash = hashes.find(&cells.external_id);
    let (mut email_address, mut phone_number) = (Identifiers::default(), Identifiers::default());
    let email = cells.text("email")?;
    email_address.add(email.clone(), cells.flag("email_verified")?);
    phone_number.add(cells.text("phone_number")?, cells.flag("phone_verified")?);
    let mut username = cells.text("username")?;
    for identifier in cells.list("identifiers")? {
        let mut identifier = Cells::new(cells.line, identifier)?;
        identifier.external_id.clone_from(&cells.external_id);
        let is_verified = identifier.flag("verified")?;
        let value = identifier.text("value")?;
        match identifier.text("type")?.as_deref() {
            Some("email") => email_address.add(value, is_verified),
            Some("phone" | "phone_number") => phone_number.add(value, is_verified),
            Some("username") => username = username.or(value),
            _ => {
                let fault = "has an item whose type is neither email, phone nor username";
                return Err(cells.error("identifiers", fault));
            }
        }
    }
    let mut names = (cells.text("given_name")?, cells.text("family_name")?);
    // If a user has no name, Auth0 uses the e-mail address as the name.
    if let Some(name) = cells.peek("name")
        && names == (None, None)
        && Some(name) != email.as_deref()
    {
        names = split_name(name);
    }
    // Auth0 names the digest `passwordHash` in its exports, and `password_hash` in files that it
    // imports.
    let hash = cells.text("passwordHash")?.or(cells.text("password_hash")?);
    let hash = hash.or(exported_hash);
    let hash = hash.map(|hash| digest(cells, "passwordHash", hash));
    let (password_digest, password_hasher) = hash.transpose()?.unzip();
    Ok(Row {
        email_address,
        phone_number,
        username,
        first_name: names.0,
        last_name: names.1,
        password_digest,
        password_hasher,
        banned: cells.flag("blocked")?,
        created_at: cells.time("created_at")?,
        // Users can change their user_metadata. They cannot see their app_metadata.
        unsafe_metadata: cells.json("user_metadata")?,
        private_metadata: cells.json("app_metadata")?,
        ..Row::default()
    })
}

/// Takes the id of the user. The export of password hashes has only the part after `auth0|`.
fn user_id(cells: &mut Cells) -> Result<(), RowError> {
    if cells.has("user_id") || !cells.has("_id") {
        return cells.id("user_id");
    }
    let id = match cells.text("alt_id")? {
        Some(id) => id,
        None => match cells.json("_id")?.as_ref().and_then(|id| id.get("$oid")) {
            Some(Value::String(id)) => id.clone(),
            _ => return Err(cells.error("_id", "has no string $oid")),
        },
    };
    cells.external_id = format!("auth0|{id}");
    Ok(())
}

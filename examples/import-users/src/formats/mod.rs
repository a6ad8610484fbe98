//! The formats of files: this program's own, and the exports of other systems.
//!
//! Each format has a module that turns records into rows. In an export, fields without a
//! counterpart in Clerk become private metadata, except secrets and the fields in the format's
//! `DROPPED`.

mod auth0;
mod clerk;
mod digest;
mod firebase;
mod full_name;
mod plain;
mod rest;
mod supabase;

use std::path::Path;

use serde_json::{Value, json};

use crate::cells::Cells;
use crate::formats::auth0::PasswordHashes;
use crate::formats::firebase::HashConfig;
use crate::formats::rest::Rest;
use crate::row::{Row, RowError, Verdict};

pub(crate) enum Format {
    /// The format of this program. An invalid row makes the whole file invalid.
    Plain,
    Clerk,
    Auth0(PasswordHashes),
    Supabase,
    Firebase(Option<HashConfig>),
}

impl Format {
    /// Returns the format with this name, or this program's own format if there is no name. Reads
    /// the file with the password hashes of Auth0 or with the hash parameters of Firebase, if it is
    /// given.
    pub(crate) fn new(
        name: Option<&str>,
        password_hashes: Option<&Path>,
        hash_config: Option<&Path>,
    ) -> Result<Self, String> {
        let format = match (name, password_hashes, hash_config) {
            (None, None, None) => Self::Plain,
            (Some("clerk"), None, None) => Self::Clerk,
            (Some("auth0"), file, None) => Self::Auth0(
                file.map(PasswordHashes::read)
                    .transpose()?
                    .unwrap_or_default(),
            ),
            (Some("supabase"), None, None) => Self::Supabase,
            (Some("firebase"), None, file) => {
                Self::Firebase(file.map(HashConfig::read).transpose()?)
            }
            (None | Some("clerk" | "auth0" | "supabase" | "firebase"), _, _) => {
                let fault = "--password-hashes needs --format auth0, and --hash-config needs --format firebase";
                return Err(fault.to_owned());
            }
            (Some(name), _, _) => {
                let known = "clerk, auth0, supabase or firebase";
                return Err(format!("invalid --format {name:?}: it must be {known}"));
            }
        };
        Ok(format)
    }

    /// Returns the column that the header of a CSV file must have.
    pub(crate) fn id_column(&self) -> &'static str {
        match self {
            Self::Plain => "external_id",
            Self::Clerk | Self::Supabase => "id",
            Self::Auth0(_) => "user_id",
            Self::Firebase(_) => "localId",
        }
    }

    /// Returns the columns of a format whose CSV files have no header. `None` for other formats.
    pub(crate) fn fixed_columns(&self) -> Option<&'static [&'static str]> {
        matches!(self, Self::Firebase(_)).then_some(&firebase::COLUMNS)
    }

    /// Checks the header of a CSV file.
    pub(crate) fn check_columns<'a>(
        &self,
        mut columns: impl Iterator<Item = &'a str>,
    ) -> Result<(), String> {
        match self {
            Self::Plain => plain::check_columns(columns),
            _ if columns.any(|column| column == self.id_column()) => Ok(()),
            // Without a header, the first line is a row, and its values must not appear in the
            // error.
            _ => Err(format!(
                "the first line has no column {}; is it a header?",
                self.id_column()
            )),
        }
    }

    /// Returns the key of the array of users, for a format whose JSON file may be one object around
    /// this array. `None` for other formats.
    pub(crate) fn array_key(&self) -> Option<&'static str> {
        matches!(self, Self::Firebase(_)).then_some("users")
    }

    /// Whether a cell of a CSV file means that there is no value.
    pub(crate) fn is_null(&self, cell: &str) -> bool {
        cell.is_empty() || matches!(self, Self::Supabase) && cell == "null"
    }

    /// Returns the number of password hashes whose user is in no row of the file.
    pub(crate) fn unused_hashes(&self) -> usize {
        match self {
            Self::Auth0(hashes) => hashes.unused(),
            _ => 0,
        }
    }

    /// Returns the outcome for a row that was read, but cannot be imported.
    pub(crate) fn verdict(&self) -> Verdict {
        match self {
            Self::Plain => Verdict::Invalid,
            _ => Verdict::Refused,
        }
    }

    /// Turns a record into a row.
    pub(crate) fn row(&self, mut cells: Cells) -> Result<Row, RowError> {
        let (name, dropped, row): (_, &[&str], _) = match self {
            Self::Plain => return plain::row(cells),
            Self::Clerk => ("clerk", &[], clerk::row(&mut cells)),
            Self::Auth0(hashes) => ("auth0", &auth0::DROPPED, auth0::row(&mut cells, hashes)),
            Self::Supabase => ("supabase", &supabase::DROPPED, supabase::row(&mut cells)),
            Self::Firebase(config) => {
                let row = firebase::row(&mut cells, config.as_ref());
                ("firebase", &[], row)
            }
        };
        let row = Row {
            line: cells.line,
            external_id: cells.external_id.clone(),
            ..row?
        };
        if row.email_address.is_empty() && row.phone_number.is_empty() && row.username.is_none() {
            let fault = "the user has no e-mail address, phone number or username";
            return Err(row.error(fault));
        }
        with_rest(row, name, Rest::new(cells.into_rest(), dropped))
    }
}

/// Adds the remaining fields to the private metadata, as one object whose key is the name of the
/// format.
fn with_rest(mut row: Row, name: &str, rest: Rest) -> Result<Row, RowError> {
    row.left_out = rest.left_out;
    if rest.kept.is_empty() {
        return Ok(row);
    }
    match &mut row.private_metadata {
        Some(Value::Object(metadata)) => {
            if metadata.contains_key(name) {
                let fault = format!("the private metadata has a key {name:?} already; rename it");
                return Err(row.error(fault));
            }
            metadata.insert(name.to_owned(), Value::Object(rest.kept));
        }
        // The client refuses metadata that is not an object.
        Some(_) => {}
        metadata => *metadata = Some(json!({ name: rest.kept })),
    }
    Ok(row)
}

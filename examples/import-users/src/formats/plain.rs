//! The format of this program: the columns are named like the fields of Clerk's API.

use crate::cells::Cells;
use crate::row::{Row, RowError};

/// The known columns.
const COLUMNS: [&str; 14] = [
    "external_id",
    "email_address",
    "phone_number",
    "username",
    "first_name",
    "last_name",
    "locale",
    "password",
    "password_digest",
    "password_hasher",
    "created_at",
    "public_metadata",
    "private_metadata",
    "unsafe_metadata",
];

/// Checks that a header has the column `external_id`, and that all its columns are known.
pub(crate) fn check_columns<'a>(columns: impl Iterator<Item = &'a str>) -> Result<(), String> {
    let (mut has_id, mut unknown) = (false, None);
    for column in columns {
        has_id |= column == "external_id";
        unknown = unknown.or((!COLUMNS.contains(&column)).then_some(column));
    }
    // Without a header, the first line is a row, and its values must not appear in the error.
    if !has_id {
        return Err("the first line has no column external_id; is it a header?".to_owned());
    }
    unknown.map_or(Ok(()), |unknown| {
        let known = COLUMNS.join(", ");
        Err(format!(
            "unknown column {unknown:?}; the known columns are {known}"
        ))
    })
}

pub(crate) fn row(mut cells: Cells) -> Result<Row, RowError> {
    if let Some(unknown) = cells.names().find(|column| !COLUMNS.contains(column)) {
        let fault = format!("unknown column {unknown:?}");
        return Err(RowError::new(cells.line, fault));
    }
    cells.id("external_id")?;
    Ok(Row {
        line: cells.line,
        external_id: cells.external_id.clone(),
        email_address: cells.texts("email_address", &[';'])?.into(),
        phone_number: cells.texts("phone_number", &[';'])?.into(),
        username: cells.text("username")?,
        first_name: cells.text("first_name")?,
        last_name: cells.text("last_name")?,
        locale: cells.text("locale")?,
        password: cells.text("password")?,
        password_digest: cells.text("password_digest")?,
        password_hasher: cells.text("password_hasher")?,
        created_at: cells.time("created_at")?,
        public_metadata: cells.json("public_metadata")?,
        private_metadata: cells.json("private_metadata")?,
        unsafe_metadata: cells.json("unsafe_metadata")?,
        ..Row::default()
    })
}

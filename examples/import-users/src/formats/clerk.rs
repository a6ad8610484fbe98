//! The export of Clerk's dashboard.

use crate::cells::Cells;
use crate::row::{Identifiers, Row, RowError};

/// The characters that separate the addresses or numbers in a cell. The program assumes that no
/// address or number contains one of them.
const SEPARATORS: [char; 4] = [',', ';', '|', ' '];

pub(crate) fn row(cells: &mut Cells) -> Result<Row, RowError> {
    cells.id("id")?;
    Ok(Row {
        email_address: identifiers(
            cells,
            "primary_email_address",
            "verified_email_addresses",
            "unverified_email_addresses",
        )?,
        phone_number: identifiers(
            cells,
            "primary_phone_number",
            "verified_phone_numbers",
            "unverified_phone_numbers",
        )?,
        username: cells.text("username")?,
        first_name: cells.text("first_name")?,
        last_name: cells.text("last_name")?,
        password_digest: cells.text("password_digest")?,
        password_hasher: cells.text("password_hasher")?,
        totp_secret: cells.text("totp_secret")?,
        banned: cells.flag("banned")?,
        created_at: cells.time("created_at")?,
        public_metadata: cells.json("public_metadata")?,
        private_metadata: cells.json("private_metadata")?,
        unsafe_metadata: cells.json("unsafe_metadata")?,
        ..Row::default()
    })
}

/// Takes the e-mail addresses or the phone numbers of three columns. The primary one comes first.
fn identifiers(
    cells: &mut Cells,
    primary: &str,
    verified: &str,
    unverified: &str,
) -> Result<Identifiers, RowError> {
    let primary = cells.text(primary)?;
    let verified = cells.texts(verified, &SEPARATORS)?;
    let unverified = cells.texts(unverified, &SEPARATORS)?;
    let mut identifiers = Identifiers::default();
    let is_primary = |other: &String| Some(other) == primary.as_ref();
    let is_unverified = unverified.iter().any(is_primary);
    identifiers.add(primary, !is_unverified);
    for value in verified {
        identifiers.add(Some(value), true);
    }
    for value in unverified {
        identifiers.add(Some(value), false);
    }
    Ok(identifiers)
}

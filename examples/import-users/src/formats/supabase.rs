//! The table `auth.users` of Supabase.

use std::time::SystemTime;

use clerk_client::Timestamp;
use serde_json::Value;

use crate::cells::Cells;
use crate::formats::digest::digest;
use crate::formats::full_name::split_name;
use crate::row::{Identifiers, Row, RowError, Verdict};

/// The columns that are not imported, besides those with secrets. `email_change_confirm_status` is
/// the state of an unfinished change of address. The other columns usually have the same value for
/// all users of a project.
pub(crate) const DROPPED: [&str; 4] = ["instance_id", "aud", "role", "email_change_confirm_status"];

pub(crate) fn row(cells: &mut Cells) -> Result<Row, RowError> {
    cells.id("id")?;
    if cells.has("deleted_at") {
        let fault = "is set, so the user is skipped";
        return Err(cells.error("deleted_at", fault).with(Verdict::Skipped));
    }
    let (mut email_address, mut phone_number) = (Identifiers::default(), Identifiers::default());
    let email = cells.text("email")?;
    email_address.add(email, cells.has("email_confirmed_at"));
    // Supabase stores phone numbers without the plus sign.
    let phone = cells.text("phone")?;
    let phone = phone.map(|phone| format!("+{}", phone.trim_start_matches('+')));
    phone_number.add(phone, cells.has("phone_confirmed_at"));
    let hash = cells.text("encrypted_password")?;
    let hash = hash.map(|hash| digest(cells, "encrypted_password", hash));
    let (password_digest, password_hasher) = hash.transpose()?.unzip();
    let banned = is_banned(cells)?;
    // Users can change raw_user_meta_data, so it becomes unsafe metadata. They can read
    // raw_app_meta_data in their token, so it becomes public metadata.
    let user_metadata = cells.json("raw_user_meta_data")?;
    let (first_name, last_name) = names(user_metadata.as_ref());
    Ok(Row {
        email_address,
        phone_number,
        first_name,
        last_name,
        password_digest,
        password_hasher,
        banned,
        created_at: cells.time("created_at")?,
        unsafe_metadata: user_metadata,
        public_metadata: cells.json("raw_app_meta_data")?,
        ..Row::default()
    })
}

/// Whether the user is banned now. `banned_until` also becomes private metadata, because Clerk's
/// bans have no end.
fn is_banned(cells: &Cells) -> Result<bool, RowError> {
    match cells.peek_time("banned_until").as_deref() {
        None => Ok(false),
        Some("infinity") => Ok(true),
        Some(until) => {
            let end = cells.parse_time("banned_until", until)?;
            Ok(end > Timestamp::from(SystemTime::now()))
        }
    }
}

/// Returns the names in the metadata that sign-ups and identity providers write.
fn names(metadata: Option<&Value>) -> (Option<String>, Option<String>) {
    let name = |keys: [&str; 2]| {
        let mut values = keys
            .into_iter()
            .filter_map(|key| metadata?.get(key)?.as_str());
        values.find(|value| !value.trim().is_empty())
    };
    let names = (
        name(["first_name", "given_name"]),
        name(["last_name", "family_name"]),
    );
    match (names, name(["full_name", "name"])) {
        ((None, None), Some(name)) => split_name(name),
        ((first, last), _) => (first.map(str::to_owned), last.map(str::to_owned)),
    }
}

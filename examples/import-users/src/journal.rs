//! Who was created already: what a second run does not do again.

use std::collections::HashSet;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use clerk_client::ids::UserId;
use serde::Deserialize;
use serde_json::json;

/// Next to the file, with this after its name.
pub(crate) fn beside(file: &Path, extension: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(extension);
    name.into()
}

/// A line of JSON for each user, appended once Clerk has said who it is.
///
/// A line may be missing for a user who was created, when the crash came between the two: Clerk
/// then refuses the second one, because of the external id, and the import looks for the first.
pub(crate) struct Journal(Option<File>);

#[derive(Deserialize)]
struct Entry {
    external_id: String,
}

impl Journal {
    /// And the external ids that are in it.
    pub(crate) fn open(file: &Path) -> Result<(Self, HashSet<String>), String> {
        let path = beside(file, ".journal");
        let said = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
        let mut options = OpenOptions::new();
        let options = options.read(true).write(true).create(true).truncate(false);
        let mut file = options.open(&path).map_err(|error| said(&error))?;

        let mut done = HashSet::new();
        let mut reader = BufReader::new(&mut file);
        let mut whole = 0;
        let mut line = String::new();
        loop {
            line.clear();
            let length = reader.read_line(&mut line).map_err(|error| said(&error))?;
            // What has no end was being written when the crash came.
            if !line.ends_with('\n') {
                break;
            }
            let entry: Entry = serde_json::from_str(&line).map_err(|error| said(&error))?;
            done.insert(entry.external_id);
            whole += length as u64;
        }
        file.set_len(whole).map_err(|error| said(&error))?;
        file.seek(SeekFrom::End(0)).map_err(|error| said(&error))?;
        Ok((Self(Some(file)), done))
    }

    /// One that is not kept.
    pub(crate) fn rehearsal() -> Self {
        Self(None)
    }

    pub(crate) fn add(&mut self, external_id: &str, user_id: &UserId) -> io::Result<()> {
        let Some(file) = &mut self.0 else {
            return Ok(());
        };
        let entry = json!({ "external_id": external_id, "user_id": user_id });
        // In one write: a line is whole, or has no end.
        file.write_all(format!("{entry}\n").as_bytes())
    }
}

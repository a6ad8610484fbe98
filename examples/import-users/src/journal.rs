//! The journal: the users that earlier runs created, or found in Clerk.

use std::collections::HashSet;
use std::fmt::Display;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use clerk_client::ids::UserId;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::row::RowError;

/// Returns the path of the file with `extension` appended to its name.
pub(crate) fn beside(file: &Path, extension: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(extension);
    name.into()
}

/// A file of JSON lines: first the instance, then a line for each user that the import created, or
/// found in Clerk.
///
/// After a crash, the line of a created user may be missing. Clerk then refuses the second creation
/// because of the external id, and the import finds the existing user.
pub(crate) struct Journal(Option<File>);

/// The record of the instance that users are imported into: the URL of the API, and whether the
/// instance is a production instance. Two development instances at the same URL have equal records,
/// and so have two production instances.
#[derive(PartialEq, Serialize, Deserialize)]
pub(crate) struct Instance {
    pub(crate) base_url: String,
    pub(crate) live: bool,
}

#[derive(Deserialize)]
struct Entry {
    external_id: String,
}

impl Journal {
    /// Opens the journal of an input file. Also returns the external ids in the journal.
    pub(crate) fn open(file: &Path, of: &Instance) -> Result<(Self, HashSet<String>), String> {
        let path = beside(file, ".journal");
        let with_path = |error: &dyn Display| format!("{}: {error}", path.display());
        let mut options = OpenOptions::new();
        let options = options.read(true).append(true).create(true);
        let mut file = options.open(&path).map_err(|error| with_path(&error))?;

        let mut reader = BufReader::new(&mut file);
        let (mut done, mut whole, mut line) = (HashSet::new(), 0, Vec::new());
        for number in 1.. {
            line.clear();
            let length = reader.read_until(b'\n', &mut line);
            let length = length.map_err(|error| with_path(&error))? as u64;
            // The journal ends here, or the last run crashed while it wrote this line.
            if !line.ends_with(b"\n") {
                break;
            }
            if whole > 0 {
                let entry = serde_json::from_slice(line.trim_ascii_end());
                let entry: Entry =
                    entry.map_err(|error| with_path(&RowError::json(number, &error)))?;
                done.insert(entry.external_id);
            } else if serde_json::from_slice(&line).ok().as_ref() != Some(of) {
                let fault = "invalid journal: it belongs to another instance; move it away to import into this one";
                return Err(with_path(&fault));
            }
            whole += length;
        }
        file.set_len(whole).map_err(|error| with_path(&error))?;
        if whole == 0 {
            let line = format!("{}\n", json!(of));
            file.write_all(line.as_bytes())
                .map_err(|error| with_path(&error))?;
        }
        Ok((Self(Some(file)), done))
    }

    /// Creates the journal of a rehearsal (an import into a Clerk in memory). The journal has no
    /// file.
    pub(crate) fn rehearsal() -> Self {
        Self(None)
    }

    pub(crate) fn add(&mut self, external_id: &str, user_id: &UserId) -> io::Result<()> {
        let Some(file) = &mut self.0 else {
            return Ok(());
        };
        let entry = json!({ "external_id": external_id, "user_id": user_id });
        // With a single write, a crash leaves a complete line or a line without its end.
        file.write_all(format!("{entry}\n").as_bytes())
    }
}

//! Who was created already: what a second run does not do again.

use std::collections::HashSet;
use std::fmt::Display;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use clerk_client::ids::UserId;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Next to the file, with this after its name.
pub(crate) fn beside(file: &Path, extension: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(extension);
    name.into()
}

/// Lines of JSON: which instance it is of, and then a line for each user, once Clerk has said who it
/// is.
///
/// A line may be missing for a user who was created, when the crash came between the two: Clerk
/// then refuses the second one, because of the external id, and the import looks for the first.
pub(crate) struct Journal(Option<File>);

/// Where users are imported into, as far as can be told without the key itself.
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
    /// And the external ids that are in it.
    pub(crate) fn open(file: &Path, of: &Instance) -> Result<(Self, HashSet<String>), String> {
        let path = beside(file, ".journal");
        let said = |error: &dyn Display| format!("{}: {error}", path.display());
        let mut options = OpenOptions::new();
        let options = options.read(true).append(true).create(true);
        let mut file = options.open(&path).map_err(|error| said(&error))?;

        let mut reader = BufReader::new(&mut file);
        let (mut done, mut whole, mut line) = (HashSet::new(), 0, Vec::new());
        loop {
            line.clear();
            let length = reader.read_until(b'\n', &mut line);
            let length = length.map_err(|error| said(&error))? as u64;
            // What has no end was being written when the crash came.
            if !line.ends_with(b"\n") {
                break;
            }
            if whole > 0 {
                let entry = serde_json::from_slice(&line);
                let entry: Entry = entry.map_err(|error| said(&error))?;
                done.insert(entry.external_id);
            } else if serde_json::from_slice(&line).ok().as_ref() != Some(of) {
                let fault = "it is of another instance; move it away to import into this one";
                return Err(said(&fault));
            }
            whole += length;
        }
        file.set_len(whole).map_err(|error| said(&error))?;
        if whole == 0 {
            let line = format!("{}\n", json!(of));
            file.write_all(line.as_bytes())
                .map_err(|error| said(&error))?;
        }
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

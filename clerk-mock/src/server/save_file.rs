//! The file in which a server saves its state.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::fake::fake_clerk::FakeClerk;

/// The maximum number of symbolic links that are followed from a path to a file. Linux has the same
/// limit.
const MAX_LINKS: usize = 40;

/// The file in which a server saves its state.
#[derive(Debug)]
pub(crate) struct SaveFile {
    path: PathBuf,
    /// Locked while the file is written, because all writers use the same temporary file.
    writing: Mutex<()>,
}

impl SaveFile {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self {
            path,
            writing: Mutex::new(()),
        }
    }

    /// Replaces the content of the file with the current state. If this fails, the file does not
    /// change.
    pub(crate) fn save(&self, fake: &FakeClerk) -> io::Result<()> {
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let path = follow_links(&self.path);
        let mut temporary = path.clone().into_os_string();
        temporary.push(".tmp");
        let temporary = PathBuf::from(temporary);
        let saved = create(&temporary)
            .and_then(|file| write(fake, file))
            .and_then(|()| fs::rename(&temporary, &path));
        if saved.is_err() {
            // Errors of the removal are ignored, because the first error is the one to report.
            let _ = fs::remove_file(&temporary);
        }
        saved.map_err(|error| {
            let message = format!("cannot save to {}: {error}", self.path.display());
            io::Error::new(error.kind(), message)
        })
    }
}

/// Follows symbolic links, and returns the path to which they lead, even if no file exists there.
/// Without this, renaming the temporary file would replace the link instead of the file.
fn follow_links(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    for _ in 0..MAX_LINKS {
        let Ok(target) = fs::read_link(&path) else {
            break;
        };
        // The target is relative to the folder of the link, or absolute.
        path = path.parent().unwrap_or(Path::new("")).join(target);
    }
    path
}

/// Creates a file for the state. On Unix, only its owner can read it, because the state has
/// passwords. A file that an interrupted run left is removed, because its permissions may differ.
fn create(path: &Path) -> io::Result<File> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn write(fake: &FakeClerk, file: File) -> io::Result<()> {
    let mut writer = BufWriter::new(file);
    fake.write_json(&mut writer)?;
    writer.flush()?;
    writer.get_ref().sync_all()
}

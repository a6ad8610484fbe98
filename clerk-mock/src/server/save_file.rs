//! The file in which a server saves its state.

use std::fs::{self, File};
use std::hash::{BuildHasher, RandomState};
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
    /// Locked while the file is written, so that the newest state is the last one written.
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
        let saved = Temporary::create(&path).and_then(|(temporary, file)| {
            write(fake, file)?;
            fs::rename(&temporary.0, &path)
        });
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

/// A temporary file, which becomes the file of the state. If it has not been renamed, it is removed
/// when this value is dropped.
struct Temporary(PathBuf);

impl Temporary {
    /// Creates a temporary file beside `path`. Its name is random, because another program may save
    /// its state in the same file. On Unix, only its owner can read it, because the state has
    /// passwords.
    fn create(path: &Path) -> io::Result<(Self, File)> {
        let mut options = File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        loop {
            let mut temporary = path.as_os_str().to_owned();
            temporary.push(format!(".{:016x}.tmp", random()));
            let temporary = PathBuf::from(temporary);
            match options.open(&temporary) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                opened => return opened.map(|file| (Self(temporary), file)),
            }
        }
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // This fails if the file was renamed. If it was not renamed, `save` returns the error that
        // prevented the renaming, so an error of the removal is ignored.
        let _ = fs::remove_file(&self.0);
    }
}

/// Returns a number that differs between programs and calls.
fn random() -> u64 {
    RandomState::new().hash_one(())
}

fn write(fake: &FakeClerk, file: File) -> io::Result<()> {
    let mut writer = BufWriter::new(file);
    fake.write_json(&mut writer)?;
    writer.flush()?;
    writer.get_ref().sync_all()
}

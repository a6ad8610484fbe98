//! Packing and unpacking of the fuzzers' corpora, `fuzz/corpus/*.tar.gz`.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use flate2::read::GzDecoder;
use flate2::{Compression, GzBuilder};
use tar::{Archive, Builder, Header};

use crate::Result;

const FOLDER: &str = "fuzz/corpus";
const HINT: &str = "`cargo xtask corpus unpack` creates the folder with its inputs";
const TARGETS: [&str; 5] = ["error", "request", "response", "token", "webhook"];

/// Unpacks each archive into a folder beside it, named after the target.
pub(crate) fn unpack() -> Result {
    for target in TARGETS {
        let path = archive(target);
        let unpacked =
            File::open(&path).and_then(|file| Archive::new(GzDecoder::new(file)).unpack(FOLDER));
        unpacked.map_err(|error| format!("{path}: {error}"))?;
    }
    Ok(())
}

/// Packs each folder. The same files always give the same bytes.
pub(crate) fn pack() -> Result {
    for target in TARGETS {
        let folder = Path::new(FOLDER).join(target);
        let inputs = read_inputs(&folder)
            .map_err(|error| format!("{}: {error}; {HINT}", folder.display()))?;
        if inputs.is_empty() {
            return Err(format!("{}: no inputs to pack; {HINT}", folder.display()));
        }
        let path = archive(target);
        write_archive(&path, target, &inputs).map_err(|error| format!("{path}: {error}"))?;
        println!("{path}: {} inputs", inputs.len());
    }
    Ok(())
}

fn archive(target: &str) -> String {
    format!("{FOLDER}/{target}.tar.gz")
}

/// Returns the names and contents of the files in a folder, sorted by name.
fn read_inputs(folder: &Path) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut inputs = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        inputs.push((name, fs::read(entry.path())?));
    }
    inputs.sort();
    Ok(inputs)
}

fn write_archive(path: &str, target: &str, inputs: &[(String, Vec<u8>)]) -> io::Result<()> {
    // The gzip header has no file name and no time, so that the same files give the same bytes.
    let compressed = GzBuilder::new().write(File::create(path)?, Compression::best());
    let mut archive = Builder::new(compressed);
    for (name, content) in inputs {
        let mut header = Header::new_ustar();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        header.set_uid(0);
        header.set_gid(0);
        header.set_mtime(0);
        archive.append_data(&mut header, format!("{target}/{name}"), content.as_slice())?;
    }
    archive.into_inner()?.finish()?.flush()
}

//! Programs that are run.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Result;

/// Says what comes now.
pub(crate) fn step(text: &str) {
    println!("\n== {text}");
}

/// All paths are from the root of the repository.
pub(crate) fn enter_root() -> Result {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    std::env::set_current_dir(&root).map_err(|error| format!("{}: {error}", root.display()))
}

/// Words are between spaces.
pub(crate) fn cargo(arguments: &str) -> Result {
    run(Path::new(env!("CARGO")), arguments)
}

pub(crate) fn cargo_with(variable: &str, value: &str, arguments: &str) -> Result {
    let mut command = Command::new(env!("CARGO"));
    command.env(variable, value);
    succeed(command.args(arguments.split(' ')))
}

pub(crate) fn run(program: &Path, arguments: &str) -> Result {
    succeed(Command::new(program).args(arguments.split(' ')))
}

/// What it prints.
pub(crate) fn output(program: &str, arguments: &[&str]) -> Result<String> {
    let output = Command::new(program).args(arguments).output();
    let output = output.map_err(|error| format!("{program}: {error}"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{program} {}: {said}", arguments.join(" ")));
    }
    String::from_utf8(output.stdout).map_err(|error| format!("{program}: {error}"))
}

fn succeed(command: &mut Command) -> Result {
    // The examples would ask the instance that a developer has a key of.
    let status = command.env_remove("CLERK_SECRET_KEY").status();
    let words: Vec<_> = command
        .get_args()
        .map(|word| word.to_string_lossy())
        .collect();
    let said = Path::new(command.get_program())
        .file_name()
        .unwrap_or_default();
    let said = format!("{} {}", said.display(), words.join(" "));
    match status.map_err(|error| format!("{said}: {error}"))? {
        status if status.success() => Ok(()),
        status => Err(format!("{said}: {status}")),
    }
}

/// A program from crates.io, which is installed below `target/` where it is not there.
pub(crate) fn tool(name: &str, version: &str) -> Result<PathBuf> {
    let root = format!("target/tools/{name}-{version}");
    let program = Path::new(&root).join("bin").join(name);
    if !program.exists() {
        cargo(&format!(
            "install --quiet --locked --root {root} {name}@{version}"
        ))?;
    }
    Ok(program)
}

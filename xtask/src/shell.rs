//! Functions that run programs.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Result;

/// Prints the heading of a step.
pub(crate) fn step(text: &str) {
    println!("\n== {text}");
}

/// Makes the root of the repository the current folder, because all paths are relative to it.
pub(crate) fn enter_root() -> Result {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    std::env::set_current_dir(&root).map_err(|error| format!("{}: {error}", root.display()))
}

/// Returns the folder of the built documentation.
pub(crate) fn doc_folder() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
    Path::new(&target).join("doc")
}

/// Runs Cargo. Spaces separate the arguments.
pub(crate) fn cargo(arguments: &str) -> Result {
    run(Path::new(env!("CARGO")), arguments)
}

/// Runs Cargo with environment variables.
pub(crate) fn cargo_with(variables: &[(&str, &str)], arguments: &str) -> Result {
    let mut command = Command::new(env!("CARGO"));
    command.envs(variables.iter().copied());
    check_status(command.args(arguments.split(' ')))
}

/// Runs a program. Spaces separate the arguments.
pub(crate) fn run(program: &Path, arguments: &str) -> Result {
    check_status(Command::new(program).args(arguments.split(' ')))
}

/// Returns the standard output of a program.
pub(crate) fn output(program: &str, arguments: &[&str]) -> Result<String> {
    let output = Command::new(program).args(arguments).output();
    let output = output.map_err(|error| format!("{program}: {error}"))?;
    if !output.status.success() {
        let message = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{program} {}: {message}", arguments.join(" ")));
    }
    String::from_utf8(output.stdout).map_err(|error| format!("{program}: {error}"))
}

fn check_status(command: &mut Command) -> Result {
    // Without the key, the examples cannot use a developer's instance.
    let status = command.env_remove("CLERK_SECRET_KEY").status();
    let arguments: Vec<_> = command
        .get_args()
        .map(|argument| argument.to_string_lossy())
        .collect();
    let program = Path::new(command.get_program())
        .file_name()
        .unwrap_or_default();
    let line = format!("{} {}", program.display(), arguments.join(" "));
    match status.map_err(|error| format!("{line}: {error}"))? {
        status if status.success() => Ok(()),
        status => Err(format!("{line}: {status}")),
    }
}

/// Returns the path of a program from crates.io, after installing it below `target/` if needed.
pub(crate) fn tool(name: &str, version: &str) -> Result<PathBuf> {
    let root = format!("target/tools/{name}-{version}");
    let program = Path::new(&root).join("bin").join(name);
    if !program.exists() {
        cargo(&format!(
            "install --quiet --locked --debug --root {root} {name}@{version}"
        ))?;
    }
    Ok(program)
}

//! Tests the program against a served `FakeClerk` with faults.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected should stop there"
)]

mod formats;
mod imported;
mod input;
mod journal;
mod locked;
mod output;
mod refused;
mod report;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use clerk_client::mock::{FakeClerk, FakeServer};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Returns a command that imports `file` into `server`. If `server` is `None`, the command has no
/// secret key.
fn command(server: Option<&FakeServer>, file: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_import-users"));
    command.arg(file).args(["--rate-limit", "100000"]);
    match server {
        Some(server) => command
            .env("CLERK_SECRET_KEY", "sk_test_import")
            .env("CLERK_BASE_URL", server.url()),
        None => command.env_remove("CLERK_SECRET_KEY"),
    };
    command
}

/// Runs the program on a blocking thread, because the server needs the runtime.
async fn run(mut command: Command) -> Output {
    let run = tokio::task::spawn_blocking(move || command.output());
    run.await.unwrap().unwrap()
}

fn stdout_of(output: &Output) -> &str {
    str::from_utf8(&output.stdout).unwrap()
}

fn file(folder: &TempDir, name: &str, text: &str) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    path
}

/// Returns the path of the file that the program writes beside `file`.
fn sibling(file: &Path, extension: &str) -> PathBuf {
    PathBuf::from(format!("{}{extension}", file.display()))
}

/// Returns the JSON lines of a file.
fn lines(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines().map(serde_json::from_str);
    lines.collect::<Result<_, _>>().unwrap()
}

async fn server() -> FakeServer {
    let fake = FakeClerk::new();
    fake.keep_last_requests(0);
    FakeServer::start(fake).await.unwrap()
}

/// Returns the rows of an input file with `count` users.
fn rows(count: usize) -> String {
    let rows = (0..count).map(|number| {
        let row = json!({
            "external_id": format!("customer-{number}"),
            "email_address": format!("customer-{number}@example.com"),
            "first_name": "Customer",
            "public_metadata": { "number": number },
        });
        format!("{row}\n")
    });
    rows.collect()
}

//! The listing of 100,000 users over loopback.

use std::env;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use crate::measure::{Bench, Peer, output};
use crate::table::Table;

const JAVASCRIPT: &str = "@clerk/backend@3.25.0";
const PYTHON: &str = "clerk-backend-api==7.0.0";
/// The folder into which Clerk's SDKs are installed.
const SDKS: &str = "target/walk";
const ROUNDS: usize = 3;

/// Measures all peers (the compared clients), and writes the table.
pub(crate) fn report() {
    install_sdks();
    let rust = Peer::build("walk");
    let server = Bench::start_with(&["walk"]);
    let folder = env::current_dir().expect("the peers' folder");
    let program = |name: &str| {
        let mut command = Command::new(folder.join(rust.program()));
        command.args([name, server.url()]);
        command
    };
    let node = || {
        let mut command = Command::new("node");
        let script = folder.join("walk/walk.mjs");
        command.arg(script).arg(server.url()).current_dir(SDKS);
        command
    };
    let python = || {
        let mut command = Command::new(format!("{SDKS}/venv/bin/python"));
        command.args(["walk/walk.py", server.url()]);
        command
    };
    let mut best = [u64::MAX; 5];
    // Each round runs every peer once, so that other load on the machine slows all peers equally.
    for _ in 0..ROUNDS {
        let commands = [
            program("bytes"),
            program("clerk-rs"),
            program("clerk-client"),
            node(),
            python(),
        ];
        for (best, mut command) in best.iter_mut().zip(commands) {
            let started = Instant::now();
            let users = output(&mut command);
            assert_eq!(users.trim(), "100000", "{command:?}");
            *best = (*best).min(started.elapsed().as_millis() as u64);
        }
    }
    let mut table = Table {
        columns: [
            "the bytes alone",
            "clerk-rs 0.5.0",
            "clerk-client",
            "JS 3.25.0",
            "Python 7.0.0",
        ],
        compared: [1, 2],
        rows: Vec::new(),
    };
    table.row(
        "milliseconds to list 100,000 users",
        "≤ 0.45 × clerk-rs, ≤ 0.35 × JS, ≤ 0.1 × Python, ≤ 4 × the bytes",
        best.map(Some),
    );
    let [bytes, _, client, javascript, python] = best.map(|time| time as f64);
    let line = format!(
        "clerk-client takes {:.2} × the time of the bytes alone, {:.2} × that of JS, and {:.2} × that of Python.",
        client / bytes,
        client / javascript,
        client / python,
    );
    crate::write("walk", &format!("{table}\n{line}\n"));
}

fn install_sdks() {
    let installed = |path: &str| Path::new(SDKS).join(path).exists();
    if !installed("node_modules") {
        let quiet = ["--no-audit", "--no-fund", "--no-save", "--silent"];
        let mut npm = Command::new("npm");
        output(
            npm.args(["install", "--prefix", SDKS])
                .args(quiet)
                .arg(JAVASCRIPT),
        );
    }
    if !installed("venv/installed") {
        let venv = format!("{SDKS}/venv");
        output(Command::new("python3").args(["-m", "venv", &venv]));
        let mut pip = Command::new(format!("{venv}/bin/pip"));
        output(pip.args(["install", "--quiet", "--disable-pip-version-check", PYTHON]));
        std::fs::write(format!("{venv}/installed"), PYTHON).expect("a file");
    }
}

//! A server in a separate process, with its CPU time and memory.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// The argument that makes this program a server.
pub(crate) const SERVE: &str = "--serve";

/// A running server. Dropping this value stops the server.
pub(crate) struct Server {
    child: Child,
    address: String,
}

impl Server {
    /// Starts the server of a fake that reads its state from a file. Waits until the server
    /// listens.
    pub(crate) fn start(seed: &Path) -> Self {
        let mut command = Command::new(std::env::current_exe().expect("a program"));
        command.arg(SERVE).arg(seed).stdout(Stdio::piped());
        let mut child = command.spawn().expect("a process");
        let mut address = String::new();
        let lines = child.stdout.take().expect("a pipe");
        let mut lines = BufReader::new(lines);
        lines.read_line(&mut address).expect("an address");
        let address = address.trim().to_owned();
        Self { child, address }
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    fn read(&self, file: &str) -> String {
        let path = format!("/proc/{}/{file}", self.child.id());
        fs::read_to_string(path).expect("Linux")
    }

    /// Returns the CPU time that the server has taken so far.
    pub(crate) fn cpu(&self) -> Duration {
        let text = self.read("schedstat");
        let nanos = text.split(' ').next().expect("a number");
        Duration::from_nanos(nanos.parse().expect("a number"))
    }

    /// Returns the resident memory in MB: now, and at its peak.
    pub(crate) fn memory(&self) -> [f64; 2] {
        let text = self.read("status");
        ["VmRSS:", "VmHWM:"].map(|name| {
            let line = text.lines().find_map(|line| line.strip_prefix(name));
            let kilobytes = line.expect("a line").trim().trim_end_matches(" kB");
            kilobytes.parse::<f64>().expect("a number") * 1_024.0 / 1e6
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

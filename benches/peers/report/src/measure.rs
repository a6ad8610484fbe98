//! The measurements of the peers (the compared clients).

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, ErrorKind};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

/// The file of a page of 500 users.
pub(crate) const PAGE: &str = "target/users.json";
/// The file of a page of 500 users with every field.
pub(crate) const FULL_PAGE: &str = "target/full-users.json";

/// A server of users, and two files with pages of users.
pub(crate) struct Bench {
    server: Child,
    url: String,
}

impl Bench {
    /// Builds the server, writes the two files, and starts the server with these arguments.
    pub(crate) fn start_with(arguments: &[&str]) -> Self {
        cargo(&["build", "--release", "--quiet", "--package", "server"]);
        output(Command::new("target/release/server").args([PAGE, FULL_PAGE]));
        let mut server = Command::new("target/release/server");
        let server = server.args(arguments).stdout(Stdio::piped()).spawn();
        let mut server = server.expect("a server");
        let mut url = String::new();
        let output = server.stdout.take().expect("its output");
        BufReader::new(output).read_line(&mut url).expect("its URL");
        let url = url.trim().to_owned();
        Self { server, url }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    pub(crate) fn instructions_per_call(&self, peer: &Peer, concurrency: usize) -> Option<u64> {
        let concurrency = concurrency.to_string();
        let count = |calls: usize| {
            let calls = calls.to_string();
            instructions(peer, &["get-user", &self.url, &calls, &concurrency])
        };
        let (few, many) = (128, 1_152);
        Some((count(many)? - count(few)?) / (many - few) as u64)
    }
}

/// Returns the size of a page in bytes.
pub(crate) fn page_bytes(page: &str) -> u64 {
    fs::metadata(page).expect("the page").len()
}

pub(crate) fn instructions_per_decode(peer: &Peer, page: &str) -> Option<u64> {
    let count = |times| instructions(peer, &["decode", page, times]);
    Some((count("6")? - count("1")?) / 5)
}

/// Returns the microseconds that each peer takes to decode a page, in the quickest of seven rounds.
///
/// By default, glibc may return the memory of dropped users to the system, which takes time. If
/// `trims` is false, glibc always keeps the memory.
pub(crate) fn decode_times(peers: &[Peer; 3], page: &str, trims: bool) -> [Option<u64>; 3] {
    let mut best = [f64::MAX; 3];
    let seconds = |peer: &Peer, times: &str| {
        let mut command = Command::new(peer.program());
        if !trims {
            command.env("MALLOC_TRIM_THRESHOLD_", "1000000000");
            command.env("MALLOC_MMAP_THRESHOLD_", "1000000000");
        }
        let started = Instant::now();
        output(command.args(["decode", page, times]));
        started.elapsed().as_secs_f64()
    };
    for _ in 0..7 {
        for (best, peer) in best.iter_mut().zip(peers) {
            let duration = (seconds(peer, "220") - seconds(peer, "20")) / 200.0;
            *best = best.min(duration);
        }
    }
    best.map(|seconds| Some((seconds * 1e6) as u64))
}

/// Returns the number of allocations for decoding a page, and the bytes that the decoded page
/// holds.
pub(crate) fn heap(peer: &Peer, page: &str) -> (u64, u64) {
    counted(peer, &["decode", page, "0"])
}

impl Drop for Bench {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Builds a peer that counts its allocations, runs it, and returns the two numbers that it prints.
pub(crate) fn counted(peer: &Peer, arguments: &[&str]) -> (u64, u64) {
    let name = peer.0;
    let build = ["build", "--release", "--quiet", "--package", name];
    let counting = ["--features", "count", "--target-dir", "target/count"];
    cargo(&[&build[..], &counting].concat());
    let program = format!("target/count/release/{name}");
    let text = output(Command::new(program).args(arguments));
    let mut numbers = text
        .split_whitespace()
        .map(|number| number.parse().expect("a number"));
    let mut next = || numbers.next().expect("two numbers");
    (next(), next())
}

/// A peer, identified by the name of its package.
pub(crate) struct Peer(&'static str);

impl Peer {
    pub(crate) fn build(name: &'static str) -> Self {
        cargo(&["build", "--release", "--quiet", "--package", name]);
        Self(name)
    }

    pub(crate) fn program(&self) -> String {
        format!("target/release/{}", self.0)
    }

    /// Returns the number of crates that the peer needs, without the peer itself and `common`.
    pub(crate) fn crates(&self) -> u64 {
        self.crates_with("")
    }

    /// Returns the same number as [`crates`](Self::crates), but with these features enabled.
    pub(crate) fn crates_with(&self, features: &str) -> u64 {
        let tree = ["tree", "--edges", "normal", "--prefix", "none"];
        let of_peer = ["--package", self.0, "--features", features];
        let tree = cargo(&[&tree[..], &of_peer].concat());
        let lines = tree.lines().map(|line| line.trim_end_matches(" (*)"));
        let crates: BTreeSet<_> = lines.filter(|line| !line.is_empty()).collect();
        let itself = format!("{} v", self.0);
        let own = |line: &&&str| line.starts_with("common v") || line.starts_with(&itself);
        (crates.len() - crates.iter().filter(own).count()) as u64
    }

    pub(crate) fn cold_build_seconds(&self) -> u64 {
        self.cold_build("release", "").0
    }

    /// Builds the peer into an empty folder. `profile` is `debug` or `release`. Returns the CPU
    /// seconds, and the bytes of the stripped binary.
    pub(crate) fn cold_build(&self, profile: &str, features: &str) -> (u64, u64) {
        let folder = "target/cold";
        let _ = fs::remove_dir_all(folder);
        let release = if profile == "release" {
            "--release"
        } else {
            ""
        };
        let script = format!(
            "TIMEFORMAT='%U %S'; time cargo build {release} --quiet --package {} --features '{features}' --target-dir {folder}",
            self.0
        );
        let build = Command::new("bash").args(["-c", &script]).output();
        let text = String::from_utf8(build.expect("bash").stderr).expect("text");
        let last = text.lines().last().expect("the times");
        let seconds: f64 = last
            .split(' ')
            .map(|seconds| seconds.parse::<f64>().expect("seconds"))
            .sum();
        let bytes = stripped_bytes(&format!("{folder}/{profile}/{}", self.0));
        let _ = fs::remove_dir_all(folder);
        (seconds.round() as u64, bytes)
    }

    pub(crate) fn bytes(&self) -> u64 {
        stripped_bytes(&self.program())
    }
}

fn stripped_bytes(program: &str) -> u64 {
    let stripped = "target/stripped";
    output(Command::new("strip").args(["-o", stripped, program]));
    fs::metadata(stripped).expect("a file").len()
}

/// Returns the number of instructions of a run, or `None` if valgrind is not installed.
pub(crate) fn instructions(peer: &Peer, arguments: &[&str]) -> Option<u64> {
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    command.arg(peer.program()).args(arguments);
    let run = match command.output() {
        Err(error) if error.kind() == ErrorKind::NotFound => return None,
        run => run.unwrap_or_else(|error| panic!("{command:?}: {error}")),
    };
    let text = String::from_utf8_lossy(&run.stderr);
    // A program that fails early takes few instructions, which must not pass as low costs.
    assert!(run.status.success(), "{command:?}: {}\n{text}", run.status);
    let (_, collected) = text.split_once("Collected : ").expect("a count");
    collected.split_whitespace().next()?.parse().ok()
}

pub(crate) fn cargo(arguments: &[&str]) -> String {
    output(Command::new("cargo").args(arguments))
}

pub(crate) fn output(command: &mut Command) -> String {
    let output = command.stderr(Stdio::inherit()).output();
    let output = output.unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}", output.status);
    String::from_utf8(output.stdout).expect("text")
}

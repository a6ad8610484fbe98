//! What is measured, and how.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

const PAGE: &str = "target/users.json";

/// A server of one user, and a page of 500.
pub(crate) struct Bench {
    server: Child,
    url: String,
}

impl Bench {
    pub(crate) fn start() -> Self {
        cargo(&["build", "--release", "--quiet", "--package", "server"]);
        output(Command::new("target/release/server").arg(PAGE));
        let mut server = Command::new("target/release/server");
        let mut server = server.stdout(Stdio::piped()).spawn().expect("a server");
        let mut url = String::new();
        let output = server.stdout.take().expect("its output");
        BufReader::new(output).read_line(&mut url).expect("its URL");
        let url = url.trim().to_owned();
        Self { server, url }
    }

    pub(crate) fn page_bytes(&self) -> u64 {
        fs::metadata(PAGE).expect("the page").len()
    }

    pub(crate) fn instructions_per_call(&self, subject: &Subject, at_once: usize) -> Option<u64> {
        let at_once_text = at_once.to_string();
        let of = |calls: usize| {
            let calls = calls.to_string();
            instructions(subject, &["get-user", &self.url, &calls, &at_once_text])
        };
        let (few, many) = (128, 1_152);
        Some((of(many)? - of(few)?) / (many - few) as u64)
    }

    pub(crate) fn instructions_per_decode(&self, subject: &Subject) -> Option<u64> {
        let of = |times| instructions(subject, &["decode", PAGE, times]);
        Some((of("6")? - of("1")?) / 5)
    }

    /// Turn by turn, the quickest of seven.
    pub(crate) fn decode_times(&self, subjects: &[Subject; 3]) -> [Option<u64>; 3] {
        let mut best = [f64::MAX; 3];
        let seconds = |subject: &Subject, times: &str| {
            let begun = Instant::now();
            output(Command::new(subject.program()).args(["decode", PAGE, times]));
            begun.elapsed().as_secs_f64()
        };
        for _ in 0..7 {
            for (best, subject) in best.iter_mut().zip(subjects) {
                let took = (seconds(subject, "220") - seconds(subject, "20")) / 200.0;
                *best = best.min(took);
            }
        }
        best.map(|seconds| Some((seconds * 1e6) as u64))
    }

    /// Allocations and bytes held, of one page.
    pub(crate) fn heap(&self, subject: &Subject) -> (u64, u64) {
        let name = subject.0;
        let build = ["build", "--release", "--quiet", "--package", name];
        cargo(
            &[
                &build[..],
                &["--features", "count", "--target-dir", "target/count"],
            ]
            .concat(),
        );
        let program = format!("target/count/release/{name}");
        let text = output(Command::new(program).args(["decode", PAGE, "0"]));
        let mut numbers = text
            .split_whitespace()
            .map(|number| number.parse().expect("a number"));
        let mut next = || numbers.next().expect("two numbers");
        (next(), next())
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// One of the peers, by the name of its package.
pub(crate) struct Subject(&'static str);

impl Subject {
    pub(crate) fn build(name: &'static str) -> Self {
        cargo(&["build", "--release", "--quiet", "--package", name]);
        Self(name)
    }

    fn program(&self) -> String {
        format!("target/release/{}", self.0)
    }

    /// All that is compiled into it, but for itself.
    pub(crate) fn crates(&self) -> u64 {
        let tree = [
            "tree",
            "--edges",
            "normal",
            "--prefix",
            "none",
            "--package",
            self.0,
        ];
        let tree = cargo(&tree);
        let lines = tree.lines().map(|line| line.trim_end_matches(" (*)"));
        let crates: BTreeSet<_> = lines.filter(|line| !line.is_empty()).collect();
        let itself = format!("{} v", self.0);
        let own = |line: &&&str| line.starts_with("common v") || line.starts_with(&itself);
        (crates.len() - crates.iter().filter(own).count()) as u64
    }

    pub(crate) fn cold_build_seconds(&self) -> u64 {
        let folder = "target/cold";
        let _ = fs::remove_dir_all(folder);
        let script = format!(
            "TIMEFORMAT='%U %S'; time cargo build --release --quiet --package {} --target-dir {folder}",
            self.0
        );
        let build = Command::new("bash").args(["-c", &script]).output();
        let _ = fs::remove_dir_all(folder);
        let text = String::from_utf8(build.expect("bash").stderr).expect("text");
        let last = text.lines().last().expect("the times");
        let seconds: f64 = last
            .split(' ')
            .map(|seconds| seconds.parse::<f64>().expect("seconds"))
            .sum();
        seconds.round() as u64
    }

    pub(crate) fn bytes(&self) -> u64 {
        let stripped = "target/stripped";
        output(Command::new("strip").args(["-o", stripped, &self.program()]));
        fs::metadata(stripped).expect("a file").len()
    }
}

fn instructions(subject: &Subject, arguments: &[&str]) -> Option<u64> {
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    let run = command
        .arg(subject.program())
        .args(arguments)
        .output()
        .ok()?;
    let text = String::from_utf8(run.stderr).expect("text");
    let (_, collected) = text.split_once("Collected : ")?;
    collected.split_whitespace().next()?.parse().ok()
}

fn cargo(arguments: &[&str]) -> String {
    output(Command::new("cargo").args(arguments))
}

fn output(command: &mut Command) -> String {
    let output = command.stderr(Stdio::inherit()).output();
    let output = output.unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}", output.status);
    String::from_utf8(output.stdout).expect("text")
}

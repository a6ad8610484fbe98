//! The share of documentation summaries that are headless: clauses without a main noun or verb.
//!
//! A summary is headless if its first word is one of [`HEADLESS`]: "What a call may take" instead
//! of "Sets the timeout of a call". The command counts such summaries, and does not fail.

use std::collections::BTreeMap;
use std::fs;

use crate::Result;
use crate::shell::output;

/// The first words of a headless clause.
const HEADLESS: [&str; 16] = [
    "What",
    "Who",
    "Whom",
    "Whose",
    "Which",
    "Where",
    "When",
    "How",
    "Why",
    "Those",
    "One",
    "That",
    "Whoever",
    "Somebody",
    "Nobody",
    "Everybody",
];

/// The number of summaries in a crate, and the headless ones.
#[derive(Default)]
struct Count {
    all: usize,
    headless: Vec<String>,
}

/// Prints the share of headless summaries of each crate, and with `list` the summaries themselves.
pub(crate) fn run(list: bool) -> Result {
    let mut crates: BTreeMap<String, Count> = BTreeMap::new();
    let files = output(
        "git",
        &[
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
            "*.rs",
        ],
    )?;
    for path in files.lines() {
        // A file that is deleted but still tracked is skipped.
        let Ok(text) = fs::read_to_string(path) else {
            continue;
        };
        let count = crates.entry(crate_of(path).to_owned()).or_default();
        for (line, summary) in summaries(&text) {
            count.all += 1;
            if is_headless(summary) {
                count.headless.push(format!("{path}:{line}: {summary}"));
            }
        }
    }
    let all = crates.values().map(|count| count.all).sum();
    let headless = crates.values().map(|count| count.headless.len()).sum();
    if list {
        for line in crates.values().flat_map(|count| &count.headless) {
            println!("{line}");
        }
        println!();
    }
    for (name, count) in &crates {
        print_share(name, count.headless.len(), count.all);
    }
    print_share("all", headless, all);
    Ok(())
}

/// Returns the folder of the crate that a file belongs to, such as `examples/axum-app`. For the
/// root crate, returns `clerk-client`.
fn crate_of(path: &str) -> &str {
    let markers = [
        "/src/",
        "/tests/",
        "/examples/",
        "/benches/",
        "/fuzz_targets/",
    ];
    let end = markers.iter().filter_map(|marker| path.find(marker)).min();
    let folder = end.and_then(|end| path.get(..end));
    match folder.unwrap_or_else(|| path.split('/').next().unwrap_or(path)) {
        "src" => "clerk-client",
        folder => folder,
    }
}

/// Returns the first line of each documentation block, with its number.
fn summaries(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut inside = false;
    text.lines().enumerate().filter_map(move |(index, line)| {
        let line = line.trim_start();
        let documentation = line
            .strip_prefix("///")
            .or_else(|| line.strip_prefix("//!"));
        let first = !inside && documentation.is_some();
        inside = documentation.is_some();
        let summary = documentation.filter(|summary| first && !summary.is_empty())?;
        Some((index + 1, summary.trim()))
    })
}

fn is_headless(summary: &str) -> bool {
    let word = summary.split(|c: char| !c.is_alphanumeric()).next();
    word.is_some_and(|word| HEADLESS.contains(&word))
}

fn print_share(name: &str, headless: usize, all: usize) {
    let share = 100.0 * headless as f64 / all.max(1) as f64;
    println!("{share:5.1} %  {headless:4} of {all:5}  {name}");
}

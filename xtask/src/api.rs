//! The public API, as `public-api/` has it.

use std::fs;

use public_api::Builder;

use crate::Result;
use crate::shell::{cargo_with, output};

const CRATES: [&str; 5] = [
    "clerk-client",
    "clerk-core",
    "clerk-hyper",
    "clerk-mock",
    "clerk-surf",
];

/// What rustdoc writes as JSON is not stable: this is the compiler whose public-api 0.52.2 reads.
const RUST: &str = "1.95.";

/// Compares what rustdoc sees with what is written down, and writes it down where `bless`.
pub(crate) fn check(bless: bool) -> Result {
    let version = output("rustc", &["--version"])?;
    if !version.starts_with(&format!("rustc {RUST}")) {
        println!("skipped: public-api/ is of Rust {RUST}x, and this is {version}");
        return Ok(());
    }
    let mut changed = Vec::new();
    for name in CRATES {
        let arguments = format!(
            "rustdoc --quiet --package {name} --lib --all-features --locked --target-dir target/public-api -- \
             -Zunstable-options --output-format json"
        );
        cargo_with("RUSTC_BOOTSTRAP", "1", &arguments)?;
        let json = format!("target/public-api/doc/{}.json", name.replace('-', "_"));
        let api = Builder::from_rustdoc_json(&json)
            .omit_blanket_impls(true)
            .omit_auto_trait_impls(true)
            .omit_auto_derived_impls(true)
            .build()
            .map_err(|error| format!("{json}: {error}"))?;
        // What is there for rustdoc alone is in no build.
        let items = api.items().map(|item| format!("{item}\n"));
        let api: String = items
            .filter(|item| !item.contains("::_documentation"))
            .collect();
        let path = format!("public-api/{name}.txt");
        let written = fs::read_to_string(&path).unwrap_or_default();
        if bless {
            fs::write(&path, &api).map_err(|error| format!("{path}: {error}"))?;
        } else if written != api {
            changed.push(difference(&path, &written, &api));
        }
    }
    if changed.is_empty() {
        return Ok(());
    }
    Err(format!(
        "the public API has changed; `cargo xtask package --bless` writes it down:\n{}",
        changed.join("\n")
    ))
}

/// Lines that went, and lines that came.
fn difference(path: &str, written: &str, api: &str) -> String {
    let gone = written
        .lines()
        .filter(|line| !api.lines().any(|new| new == *line));
    let new = api
        .lines()
        .filter(|line| !written.lines().any(|old| old == *line));
    let gone = gone.map(|line| format!("- {line}"));
    let new = new.map(|line| format!("+ {line}"));
    let lines: Vec<String> = gone.chain(new).collect();
    format!("{path}:\n{}", lines.join("\n"))
}

//! The check of the public API against `public-api/`.

use std::collections::BTreeSet;
use std::fs;

use public_api::Builder;

use crate::Result;
use crate::shell::{cargo_with, doc_folder, output};

const CRATES: [&str; 7] = [
    "clerk-auth",
    "clerk-client",
    "clerk-core",
    "clerk-hyper",
    "clerk-mock",
    "clerk-reqwest",
    "clerk-surf",
];

/// The version of Rust whose rustdoc writes the JSON that is compared with `public-api/`. The format
/// of this JSON is unstable.
const RUST: &str = "1.95.";

/// Compares the public API of each crate with its file, or writes the file if `bless` is set. With
/// another version of Rust than [`RUST`], only prints that the check is skipped.
pub(crate) fn check(bless: bool) -> Result {
    let version = output("rustc", &["--version"])?;
    if !version.starts_with(&format!("rustc {RUST}")) {
        let version = version.trim_end();
        println!("skipped: the check of public-api/ needs Rust {RUST}x; this is {version}");
        return Ok(());
    }
    // `cargo xtask doc` uses the same packages and features, so no dependency is compiled again.
    let arguments = "doc --quiet --workspace --lib --all-features --no-deps --locked";
    let rustdoc =
        fs::canonicalize("xtask/rustdoc").map_err(|error| format!("xtask/rustdoc: {error}"))?;
    let variables = [
        ("RUSTDOC", &*rustdoc.to_string_lossy()),
        ("RUSTDOCFLAGS", "-Zunstable-options --output-format json"),
    ];
    cargo_with(&variables, arguments)?;
    let mut changed = Vec::new();
    for name in CRATES {
        let json = doc_folder().join(format!("{}.json", name.replace('-', "_")));
        let api = Builder::from_rustdoc_json(&json)
            .omit_blanket_impls(true)
            .omit_auto_trait_impls(true)
            .omit_auto_derived_impls(true)
            .build()
            .map_err(|error| format!("{}: {error}", json.display()))?;
        // The guides are modules that exist only in the documentation, so they are skipped.
        let items = api.items().map(|item| format!("{item}\n"));
        let api: String = items
            .filter(|item| !item.contains("::_documentation"))
            .collect();
        let path = format!("public-api/{name}.txt");
        let expected = fs::read_to_string(&path).unwrap_or_default();
        if bless {
            fs::write(&path, &api).map_err(|error| format!("{path}: {error}"))?;
        } else if let Some(difference) = difference(&expected, &api) {
            changed.push(format!("{path}:\n{difference}"));
        }
    }
    if changed.is_empty() {
        return Ok(());
    }
    Err(format!(
        "the public API has changed; if that is intended, run `cargo xtask package --bless`:\n{}",
        changed.join("\n")
    ))
}

/// Returns the removed and the added lines, if there are any.
///
/// The order of lines does not count, because it depends on the places of the items in the code.
fn difference(expected: &str, api: &str) -> Option<String> {
    let old: BTreeSet<&str> = expected.lines().collect();
    let new: BTreeSet<&str> = api.lines().collect();
    let removed = old.difference(&new).map(|line| format!("- {line}"));
    let added = new.difference(&old).map(|line| format!("+ {line}"));
    let lines: Vec<String> = removed.chain(added).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

//! The check that no locked package needs a later Rust than the `rust-version` of the workspace.

use std::collections::HashSet;

use serde_json::Value;

use crate::Result;
use crate::shell::{output, step};

type Version = (u64, u64, u64);

/// Compares the `rust-version` of all locked packages with the `rust-version` of the workspace.
pub(crate) fn check() -> Result {
    step("rust-version");
    let arguments = [
        "metadata",
        "--all-features",
        "--locked",
        "--format-version=1",
    ];
    let metadata = output(env!("CARGO"), &arguments)?;
    let metadata = serde_json::from_str(&metadata).map_err(|error| error.to_string())?;
    let promised = compare(&metadata)?;
    println!("no locked package needs a later Rust than {promised}");
    Ok(())
}

/// Returns the lowest `rust-version` of the workspace's members. The error names the packages that
/// need a later version.
fn compare(metadata: &Value) -> Result<&str> {
    let list = |name: &str| metadata.get(name).and_then(Value::as_array);
    let (Some(packages), Some(members)) = (list("packages"), list("workspace_members")) else {
        return Err("the output of cargo metadata has no packages".to_owned());
    };
    let members: HashSet<&str> = members.iter().filter_map(Value::as_str).collect();
    let text = |package, name| Value::get(package, name).and_then(Value::as_str);
    let is_member = |package| text(package, "id").is_some_and(|id| members.contains(id));

    let mut lowest: Option<(Version, &str)> = None;
    for member in packages.iter().filter(|package| is_member(package)) {
        let name = text(member, "name").unwrap_or_default();
        let promised = text(member, "rust_version");
        let promised = promised.ok_or_else(|| format!("{name} has no rust-version"))?;
        let version = parse(promised)?;
        if lowest.is_none_or(|(lowest, _)| version < lowest) {
            lowest = Some((version, promised));
        }
    }
    let (limit, promised) = lowest.ok_or("the workspace has no members")?;

    let mut later = String::new();
    for package in packages {
        let Some(needed) = text(package, "rust_version") else {
            continue;
        };
        if parse(needed)? > limit {
            let name = text(package, "name").unwrap_or_default();
            let version = text(package, "version").unwrap_or_default();
            later.push_str(&format!("\n  {name} {version} needs Rust {needed}"));
        }
    }
    if later.is_empty() {
        return Ok(promised);
    }
    Err(format!(
        "the workspace promises Rust {promised}, but some locked packages need a later \
         one:{later}\n\
         Lock an earlier version of the package, replace it, or raise rust-version everywhere."
    ))
}

/// Parses `1.88` or `1.88.0`.
fn parse(text: &str) -> Result<Version> {
    let mut parts = text.splitn(3, '.').map(|part| part.parse().ok());
    let mut next = |default| parts.next().unwrap_or(default);
    match (next(None), next(None), next(Some(0))) {
        (Some(major), Some(minor), Some(patch)) => Ok((major, minor, patch)),
        _ => Err(format!("{text:?} is not a version of Rust")),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use serde_json::json;

    fn metadata(dependency: &str) -> Value {
        json!({
            "workspace_members": ["ours"],
            "packages": [
                { "id": "ours", "name": "ours", "version": "0.1.0", "rust_version": "1.88" },
                { "id": "a", "name": "silent", "version": "1.0.0", "rust_version": null },
                { "id": "b", "name": "other", "version": "2.1.1", "rust_version": dependency },
            ],
        })
    }

    #[test]
    fn a_package_that_needs_a_later_version_is_named() {
        for fine in ["1.9", "1.88", "1.88.0"] {
            assert_eq!(compare(&metadata(fine)), Ok("1.88"), "{fine}");
        }
        for late in ["1.89", "1.88.1", "1.100", "2.0"] {
            let named = format!("other 2.1.1 needs Rust {late}");
            let result = compare(&metadata(late)).map(str::to_owned);
            assert!(result.is_err_and(|error| error.contains(&named)), "{late}");
        }
    }

    #[test]
    fn a_version_that_cannot_be_read_is_an_error() {
        for invalid in ["", "1", "x.88", "1.88.x"] {
            assert!(compare(&metadata(invalid)).is_err(), "{invalid}");
        }
    }
}

//! The diagrams and paths of docs/internals/architecture.md, compared with the code.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const PAGE: &str = include_str!("../../docs/internals/architecture.md");

/// The rows of a diagram: the name of each row, and the names of the rows that it depends on.
type Diagram = BTreeMap<String, BTreeSet<String>>;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Returns the first diagram after the text `after`, and the names of its rows from top to bottom.
fn diagram(after: &str) -> (Vec<String>, Diagram) {
    let (_, rest) = PAGE.split_once(after).expect("the page has this text");
    let (_, rest) = rest.split_once("```text\n").expect("a diagram follows");
    let (rows, _) = rest.split_once("```").expect("the diagram ends");
    let mut order = Vec::new();
    let mut diagram = Diagram::new();
    for row in rows.lines() {
        let (name, targets) = row.split_once('→').expect("a row has an arrow");
        let targets = targets.split_whitespace().map(str::to_owned).collect();
        order.push(name.trim().to_owned());
        diagram.insert(name.trim().to_owned(), targets);
    }
    (order, diagram)
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Returns the folders in `source`, each with the other folders from which its files import. Only
/// imports whose paths start with `prefix` count. Re-exports do not count.
fn imports(source: &Path, prefix: &str) -> Diagram {
    let folders = fs::read_dir(source).unwrap().map(|entry| entry.unwrap());
    let folders = folders.filter(|entry| entry.path().is_dir());
    let names: BTreeSet<String> = folders
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    let mut diagram = Diagram::new();
    for folder in &names {
        let mut files = Vec::new();
        rust_files(&source.join(folder), &mut files);
        let mut imported = BTreeSet::new();
        for file in files {
            let text = fs::read_to_string(file).unwrap();
            let code = text.lines().filter(|line| {
                let line = line.trim_start();
                !line.starts_with("//") && !line.starts_with("pub use ")
            });
            for line in code {
                for (at, _) in line.match_indices(prefix) {
                    let rest = &line[at + prefix.len()..];
                    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
                    let name = &rest[..end.unwrap_or(rest.len())];
                    if name != folder && names.contains(name) {
                        imported.insert(name.to_owned());
                    }
                }
            }
        }
        diagram.insert(folder.clone(), imported);
    }
    diagram
}

fn assert_runs_one_way(order: &[String], diagram: &Diagram) {
    for (at, name) in order.iter().enumerate() {
        for target in &diagram[name] {
            let to = order.iter().position(|other| other == target);
            assert!(
                to.is_some_and(|to| to > at),
                "{name} → {target} runs upwards"
            );
        }
    }
}

#[test]
fn crates_depend_on_each_other_as_architecture_md_shows() {
    let (order, drawn) = diagram("## Crates");
    assert_runs_one_way(&order, &drawn);
    for (name, targets) in drawn {
        let folder = if name == "clerk-client" { "." } else { &name };
        let manifest = fs::read_to_string(root().join(folder).join("Cargo.toml")).unwrap();
        let (_, rest) = manifest.split_once("\n[dependencies]\n").unwrap();
        let dependencies = rest.split("\n[").next().unwrap().lines();
        let names = dependencies.filter_map(|line| line.split(['.', ' ']).next());
        let ours = names.filter(|name| name.starts_with("clerk-"));
        assert_eq!(
            ours.map(str::to_owned).collect::<BTreeSet<_>>(),
            targets,
            "{name}"
        );
    }
}

#[test]
fn folders_import_each_other_as_architecture_md_shows() {
    for (after, source, prefix) in [
        ("In `clerk-core/src`:", "clerk-core/src", "crate::"),
        ("In `clerk-auth/src`:", "clerk-auth/src", "crate::"),
        (
            "In `clerk-mock/src/fake`",
            "clerk-mock/src/fake",
            "crate::fake::",
        ),
    ] {
        let (order, drawn) = diagram(after);
        assert_runs_one_way(&order, &drawn);
        assert_eq!(imports(&root().join(source), prefix), drawn, "{source}");
    }
}

/// For each of clerk-core's files with operations on users, the fake has a file or a folder with
/// the same name.
#[test]
fn the_fake_has_the_file_names_of_core() {
    let core = root().join("clerk-core/src/api/users");
    let fake = root().join("clerk-mock/src/fake/operations/users");
    let mut files = Vec::new();
    rust_files(&core, &mut files);
    let with_operations = files.into_iter().filter(|file| {
        let text = fs::read_to_string(file).unwrap();
        text.contains("\noperations! {")
    });
    let mut count = 0;
    for file in with_operations {
        let name = file.file_stem().unwrap().to_str().unwrap();
        let is_there = fake.join(format!("{name}.rs")).exists() || fake.join(name).is_dir();
        assert!(is_there, "the fake has nothing named {name}");
        count += 1;
    }
    assert!(count > 10, "{count}");
}

/// Every path in the tables of docs/internals/architecture.md exists.
#[test]
fn every_path_in_the_tables_of_architecture_md_exists() {
    let roots = ["", "clerk-core/src", "tests/it", "clerk-mock/src/fake"];
    let rows = PAGE.lines().filter(|line| line.starts_with("| "));
    let mut count = 0;
    for name in rows.flat_map(|row| row.split('`').skip(1).step_by(2)) {
        let is_path = name.contains('/') && !name.contains(' ') || name.ends_with(".rs");
        if !is_path {
            continue;
        }
        count += 1;
        let exists = roots
            .iter()
            .any(|folder| root().join(folder).join(name).exists());
        assert!(exists, "{name} does not exist");
    }
    assert!(count > 100, "{count}");
}

//! A sample that was imported into a served `FakeClerk`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use clerk_client::mock::FakeServer;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{command, lines, run, server, sibling, stdout_of};

pub(crate) const HASH_CONFIG: [&str; 2] = ["--hash-config", "samples/firebase-hash-config.txt"];

/// A completed import of a sample.
pub(crate) struct Imported {
    pub(crate) server: FakeServer,
    pub(crate) file: PathBuf,
    pub(crate) printed: String,
    /// The folder of the input file. Dropping this value deletes the folder.
    _folder: TempDir,
}

impl Imported {
    /// Imports a sample into a new server.
    pub(crate) async fn new(format: &str, sample: &str, options: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(sample);
        fs::copy(Path::new("samples").join(sample), &file).unwrap();
        let mut imported = Self {
            server: server().await,
            file,
            printed: String::new(),
            _folder: folder,
        };
        imported.run(format, options).await;
        imported
    }

    /// Imports the file. After `new`, a test can import the file once more with this method.
    pub(crate) async fn run(&mut self, format: &str, options: &[&str]) {
        let mut command = command(Some(&self.server), &self.file);
        // With one request at a time, Clerk always refuses the second of two users with the same
        // address.
        command
            .args(["--format", format, "--concurrency", "1"])
            .args(options);
        let output = run(command).await;
        assert!(output.stderr.is_empty(), "{output:?}");
        self.printed = stdout_of(&output).to_owned();
    }

    /// Returns the line, the external id and the message of each refused or skipped row.
    pub(crate) fn refusals(&self) -> Vec<(u64, String, String)> {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let refusals = lines(&sibling(&self.file, ".refused.jsonl"));
        let refusals = refusals.iter().map(|refusal| {
            let message = text(&refusal["errors"][0]["message"]);
            let line = refusal["line"].as_u64().unwrap();
            (line, text(&refusal["external_id"]), message)
        });
        refusals.collect()
    }

    /// Returns the imported users by external id.
    pub(crate) fn users(&self) -> BTreeMap<String, Value> {
        let mut world = self.server.fake().to_json();
        let users = world["users"].as_array_mut().unwrap().iter_mut();
        let users = users.map(|entry| {
            let user = entry["user"].take();
            let identifiers = |list: &str, value: &str| {
                let items = user[list].as_array().unwrap().iter().map(|item| {
                    let status = item["verification"]["status"].as_str().unwrap_or_default();
                    let reserved = item["reserved"] == json!(true);
                    let suffix = match (status, reserved) {
                        ("verified", false) => "",
                        ("verified", true) => " verified and reserved",
                        (_, true) => " reserved",
                        (_, false) => " unverified",
                    };
                    format!("{}{suffix}", item[value].as_str().unwrap())
                });
                items.collect::<Vec<_>>()
            };
            let summary = json!({
                "emails": identifiers("email_addresses", "email_address"),
                "phones": identifiers("phone_numbers", "phone_number"),
                "username": user["username"],
                "name": [user["first_name"], user["last_name"]],
                "banned": user["banned"],
                "created_at": user["created_at"],
                "public": user["public_metadata"],
                "private": user["private_metadata"],
                "unsafe": user["unsafe_metadata"],
                "digest": entry["password_digest"],
                "hasher": entry["password_hasher"],
                "totp_secret": entry["totp_secret"],
            });
            (user["external_id"].as_str().unwrap().to_owned(), summary)
        });
        users.collect()
    }
}

/// Asserts that a user has the fields of `expected`.
#[track_caller]
pub(crate) fn assert_user(user: &Value, expected: Value) {
    for (field, expected) in expected.as_object().unwrap() {
        assert_eq!(&user[field], expected, "{field} of {user:#}");
    }
}

/// Asserts the line and a part of the message of each refused or skipped row.
#[track_caller]
pub(crate) fn assert_refused(imported: &Imported, expected: &[(u64, &str)]) {
    let refusals = imported.refusals();
    assert_eq!(refusals.len(), expected.len(), "{refusals:#?}");
    for ((line, _, message), expected) in refusals.iter().zip(expected) {
        assert!(
            *line == expected.0 && message.contains(expected.1),
            "{line}: {message}"
        );
    }
}

//! Tests the program against a served `FakeClerk` with faults.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected should stop there"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use clerk_client::mock::{FakeClerk, FakeServer, FakeUser, Fault};
use clerk_client::requests::UserListParams;
use serde_json::{Value, json};
use tempfile::TempDir;

fn command(server: Option<&FakeServer>, file: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_import-users"));
    command.arg(file).args(["--rate-limit", "100000"]);
    match server {
        Some(server) => command
            .env("CLERK_SECRET_KEY", "sk_test_import")
            .env("CLERK_BASE_URL", server.url()),
        None => command.env_remove("CLERK_SECRET_KEY"),
    };
    command
}

/// Runs the program on a blocking thread, because the server needs the runtime.
async fn run(mut command: Command) -> Output {
    let run = tokio::task::spawn_blocking(move || command.output());
    run.await.unwrap().unwrap()
}

fn said(output: &Output) -> &str {
    str::from_utf8(&output.stdout).unwrap()
}

fn file(folder: &TempDir, name: &str, text: &str) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    path
}

fn beside(file: &Path, extension: &str) -> PathBuf {
    PathBuf::from(format!("{}{extension}", file.display()))
}

fn lines(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines().map(serde_json::from_str);
    lines.collect::<Result<_, _>>().unwrap()
}

async fn server() -> FakeServer {
    let fake = FakeClerk::new();
    fake.keep_last_requests(0);
    FakeServer::start(fake).await.unwrap()
}

fn rows(count: usize) -> String {
    let rows = (0..count).map(|number| {
        let row = json!({
            "external_id": format!("customer-{number}"),
            "email_address": format!("customer-{number}@example.com"),
            "first_name": "Customer",
            "public_metadata": { "number": number },
        });
        format!("{row}\n")
    });
    rows.collect()
}

/// The first run meets 429s, lost and invalid responses, and is killed. A second run completes it.
#[tokio::test(flavor = "multi_thread")]
async fn a_killed_import_still_creates_every_user_once() {
    const USERS: usize = 20_000;
    let folder = tempfile::tempdir().unwrap();
    let users = file(&folder, "users.jsonl", &rows(USERS));
    let server = server().await;
    let (kill, killed) = std::sync::mpsc::channel();
    let is_killed = Arc::new(AtomicBool::new(false));
    let was_killed = Arc::clone(&is_killed);
    let mut creations = 0;
    server.fake().inject_faults(move |request| {
        if request.method() != "POST" {
            return None;
        }
        creations += 1;
        match creations {
            3_000..3_040 => Some(Fault::too_many_requests(0)),
            3_040..3_048 => Some(Fault::too_many_requests(1)),
            5_000 => Some(Fault::response_lost()),
            6_000 => Some(Fault::invalid_body()),
            7_000 => Some(Fault::truncated_body()),
            8_000 => Some(Fault::status(503)),
            // Takes effect, but the program is killed before the response arrives.
            10_000.. if !was_killed.load(Ordering::SeqCst) => {
                let _ = kill.send(());
                Some(Fault::delayed(Duration::from_secs(3_600)))
            }
            _ => None,
        }
    });

    let mut first = command(Some(&server), &users);
    let first = tokio::task::spawn_blocking(move || {
        let mut first = first
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        killed.recv().unwrap();
        first.kill().unwrap();
        first.wait_with_output().unwrap()
    });
    let first = first.await.unwrap();
    is_killed.store(true, Ordering::SeqCst);
    assert!(!first.status.success() && first.stdout.is_empty());
    let before = lines(&beside(&users, ".journal")).len() - 1;
    assert!(
        (9_900..10_000).contains(&before),
        "{before} entries in the journal"
    );

    let second = run(command(Some(&server), &users)).await;
    assert!(second.status.success(), "{second:?}");
    assert!(second.stderr.is_empty(), "quiet without a terminal");
    let summary = said(&second);
    assert!(
        summary.contains(&format!("{before} done before, 0 refused, 0 left.")),
        "{summary}"
    );
    assert!(!summary.contains(" 0 were there already"), "{summary}");

    let mut known = BTreeMap::new();
    let mut walk = server
        .fake()
        .client()
        .users()
        .list_all_users(UserListParams::new());
    let mut users_there = 0;
    while let Some(page) = walk.next_page().await.unwrap() {
        users_there += page.len();
        let ids = page
            .into_iter()
            .map(|user| (user.external_id.unwrap(), user.id));
        known.extend(ids);
    }
    assert_eq!((users_there, known.len()), (USERS, USERS));
    let journal = lines(&beside(&users, ".journal"));
    assert_eq!(journal.len(), 1 + USERS);
    for entry in &journal[1..] {
        let external_id = entry["external_id"].as_str().unwrap();
        assert_eq!(
            known.remove(external_id).unwrap(),
            entry["user_id"].as_str().unwrap()
        );
    }

    let third = run(command(Some(&server), &users)).await;
    assert!(said(&third).contains("20000 done before, 0 refused, 0 left."));
}

#[tokio::test(flavor = "multi_thread")]
async fn rejected_rows_are_reported_and_imported_once_corrected() {
    let folder = tempfile::tempdir().unwrap();
    let header = "external_id,email_address,password,private_metadata\n";
    let row = r#"customer-1,ada@example.com;countess@example.com,,"{""score"": 97}""#;
    let short = "customer-2,alan@example.com,s3cr3t,\n";
    let taken = "customer-3,taken@example.com,,\n";
    let users = file(
        &folder,
        "users.csv",
        &format!("{header}{row}\n{short}{taken}"),
    );
    let server = server().await;
    server
        .fake()
        .add(FakeUser::new("user_taken").email_address("taken@example.com"));

    let output = run(command(Some(&server), &users)).await;
    assert!(!output.status.success());
    assert!(
        said(&output).starts_with(
            "3 rows: 1 created, 0 were there already, 0 done before, 2 refused, 0 left."
        )
    );
    let mut refused = lines(&beside(&users, ".refused.jsonl"));
    refused.sort_by_key(|refusal| refusal["line"].as_u64());
    let codes: Vec<_> = refused
        .iter()
        .map(|refusal| {
            (
                refusal["line"].as_u64(),
                refusal["errors"][0]["code"].as_str(),
            )
        })
        .collect();
    let expected = [
        (Some(3), Some("form_password_length_too_short")),
        (Some(4), Some("form_identifier_exists")),
    ];
    assert_eq!(codes, expected);
    for printed in [
        fs::read(beside(&users, ".refused.jsonl")).unwrap(),
        fs::read(beside(&users, ".journal")).unwrap(),
        output.stdout,
        output.stderr,
    ] {
        let printed = String::from_utf8(printed).unwrap();
        assert!(!printed.contains("s3cr3t"), "a password is in {printed}");
    }

    let mended = "customer-2,alan@example.com,long enough,\ncustomer-3,free@example.com,,\n";
    fs::write(&users, format!("{header}{row}\n{mended}")).unwrap();
    let output = run(command(Some(&server), &users)).await;
    assert!(output.status.success());
    assert!(
        said(&output).starts_with(
            "3 rows: 2 created, 0 were there already, 1 done before, 0 refused, 0 left."
        )
    );
    assert!(!beside(&users, ".refused.jsonl").exists());
    let users = server.fake().client().users();
    let ada = users
        .find_user_by_external_id("customer-1")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(ada.email_addresses.len(), 2);
    assert_eq!(ada.private_metadata.as_json(), r#"{"score":97}"#);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_key_stops_the_import_and_the_next_run_continues() {
    let folder = tempfile::tempdir().unwrap();
    let users = file(&folder, "users.jsonl", &rows(50));
    let server = server().await;
    server.fake().require_key("sk_test_another");
    let output = run(command(Some(&server), &users)).await;
    assert!(!output.status.success());
    assert_eq!(
        said(&output),
        "50 rows: 0 created, 0 were there already, 0 done before, 0 refused, 50 left.\n"
    );
    let error = str::from_utf8(&output.stderr).unwrap();
    assert!(
        error.starts_with("import-users: CreateUser: 401"),
        "{error}"
    );

    server.fake().require_key("sk_test_import");
    assert!(run(command(Some(&server), &users)).await.status.success());
}

/// The error names the line, and no user is created.
#[tokio::test(flavor = "multi_thread")]
async fn an_invalid_file_is_rejected_as_a_whole() {
    let good = r#"{"external_id": "1"}"#;
    let cases = [
        (
            format!("{good}\n{good}\n"),
            "line 2: external_id \"1\" was there before",
        ),
        (
            "{\"external_id\": \" \"}\n".to_owned(),
            "line 1: external_id is empty",
        ),
        (
            "\n{\"first_name\": \"Ada\"}\n".to_owned(),
            "line 2: missing field `external_id`",
        ),
        (
            "\u{feff}{\"external_id\": \"1\", \"mail\": \"x\"}".to_owned(),
            "line 1: unknown field `mail`",
        ),
        (
            r#"{"external_id": "1", "created_at": "today"}"#.to_owned(),
            "is not RFC 3339",
        ),
        (
            r#"{"external_id": "1", "public_metadata": []}"#.to_owned(),
            "must be a JSON object",
        ),
        (
            r#"{"external_id": "1", "password_digest": "x"}"#.to_owned(),
            "password_hasher",
        ),
        (
            r#"{"external_id": "1", "password": 31415926}"#.to_owned(),
            "line 1: a column is not a string",
        ),
        (
            r#"{"external_id": "1", "phone_number": 15551234}"#.to_owned(),
            "line 1: addresses and numbers are texts, or arrays of texts",
        ),
        ("[]".to_owned(), "line 1: this is no JSON object"),
        ("{".to_owned(), "line 1: EOF while parsing"),
    ];
    let server = server().await;
    let folder = tempfile::tempdir().unwrap();
    for (text, fault) in cases {
        let users = file(&folder, "users.jsonl", &text);
        let output = run(command(Some(&server), &users)).await;
        assert!(!output.status.success() && output.stdout.is_empty());
        let error = str::from_utf8(&output.stderr).unwrap();
        assert!(
            error.contains("nothing was sent")
                && error.contains(fault)
                && !error.contains("31415926"),
            "{error}"
        );
    }
    let crlf = "external_id,created_at\r\n1,\r\n2,today\r\n";
    let crlf = file(&folder, "windows.CSV", crlf);
    let unknown = file(&folder, "unknown.csv", "external_id,Name\n1,Ada\n");
    let no_header = file(
        &folder,
        "users.csv",
        "customer-1,ada@example.com,31415926\n",
    );
    for (file, fault) in [
        (
            no_header,
            "the first line has no external_id: is it a header?",
        ),
        (crlf, "line 3: created_at \"today\" is not RFC 3339"),
        (
            unknown,
            "there is no column \"Name\"; there are: external_id, ",
        ),
        (folder.path().to_owned(), "line 1: "),
        (folder.path().join("none"), "none: "),
    ] {
        let output = run(command(Some(&server), &file)).await;
        let error = str::from_utf8(&output.stderr).unwrap();
        assert!(!output.status.success() && error.contains(fault), "{error}");
        assert!(!error.contains("31415926"), "{error}");
    }
    assert_eq!(server.fake().to_json()["users"], json!([]));
}

/// A crash can end the journal in the middle of a line, or of a character.
#[tokio::test(flavor = "multi_thread")]
async fn a_truncated_journal_line_is_rewritten() {
    let folder = tempfile::tempdir().unwrap();
    let row = r#"{"external_id": "café", "email_address": "ada@example.com"}"#;
    let users = file(&folder, "users.jsonl", row);
    let server = server().await;
    assert!(run(command(Some(&server), &users)).await.status.success());
    let journal = fs::read(beside(&users, ".journal")).unwrap();
    let name = journal
        .windows(5)
        .position(|bytes| bytes == "café".as_bytes());
    for end in [name.unwrap() + 4, journal.len() - 1] {
        fs::write(beside(&users, ".journal"), &journal[..end]).unwrap();
        let output = run(command(Some(&server), &users)).await;
        let expected = "1 rows: 0 created, 1 were there already, 0 done before, 0 refused, 0 left.";
        assert_eq!(said(&output).trim_end(), expected);
        assert_eq!(fs::read(beside(&users, ".journal")).unwrap(), journal);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_journal_belongs_to_one_instance() {
    let folder = tempfile::tempdir().unwrap();
    let users = file(&folder, "users.jsonl", &rows(1));
    let test = server().await;
    assert!(run(command(Some(&test), &users)).await.status.success());

    let mut live = command(Some(&test), &users);
    live.env("CLERK_SECRET_KEY", "sk_live_import");
    let another = server().await;
    for command in [live, command(Some(&another), &users)] {
        let output = run(command).await;
        let error = str::from_utf8(&output.stderr).unwrap();
        assert!(error.contains("it is of another instance"), "{error}");
    }
}

/// If the second run fails, the report of the first one remains.
#[tokio::test(flavor = "multi_thread")]
async fn a_report_stays_until_a_run_completes() {
    let folder = tempfile::tempdir().unwrap();
    let row = r#"{"external_id": "1", "password": "s3cr3t"}"#;
    let users = file(&folder, "users.jsonl", row);
    let server = server().await;
    assert!(!run(command(Some(&server), &users)).await.status.success());
    server.fake().require_key("sk_test_another");
    assert!(!run(command(Some(&server), &users)).await.status.success());
    assert_eq!(lines(&beside(&users, ".refused.jsonl")).len(), 1);
}

#[tokio::test]
async fn dry_runs_and_rehearsals_leave_no_files() {
    let folder = tempfile::tempdir().unwrap();
    let sample = fs::read_to_string("sample.csv").unwrap();
    let users = file(&folder, "sample.csv", &sample);
    let mut dry_run = command(None, &users);
    dry_run.arg("--dry-run");
    assert_eq!(
        said(&run(dry_run).await),
        "4 rows can be imported. Nothing was sent.\n"
    );

    let rehearsal = run(command(None, &users)).await;
    let said = said(&rehearsal);
    assert!(said.contains("3 would be created, "), "{said}");
    assert!(
        said.contains("line 5: CreateUser: 422 Unprocessable Entity: form_identifier_exists"),
        "{said}"
    );
    let left = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 1, "the file itself");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_terminal_shows_the_progress() {
    use std::io::Read;

    let folder = tempfile::tempdir().unwrap();
    let users = file(&folder, "users.jsonl", &rows(2_000));
    let server = server().await;
    let url = server.url();
    let seen = tokio::task::spawn_blocking(move || {
        let (mut terminal, its_side) = pty_process::blocking::open().unwrap();
        terminal.resize(pty_process::Size::new(24, 80)).unwrap();
        let mut child = pty_process::blocking::Command::new(env!("CARGO_BIN_EXE_import-users"))
            .arg(&users)
            .args(["--rate-limit", "100000"])
            .env("CLERK_SECRET_KEY", "sk_test_import")
            .env("CLERK_BASE_URL", url)
            .spawn(its_side)
            .unwrap();
        let mut seen = Vec::new();
        // If the other side closes a terminal, reading ends with an error.
        let _ = terminal.read_to_end(&mut seen);
        assert!(child.wait().unwrap().success());
        String::from_utf8_lossy(&seen).into_owned()
    });
    let seen = seen.await.unwrap();
    assert!(
        seen.contains("/2,000 in ") && seen.contains("to go"),
        "{seen}"
    );
    assert!(seen.contains("2000 rows: 2000 created"), "{seen}");
}

//! The journal: imports that are interrupted and continued.

use std::collections::BTreeMap;
use std::fs;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use clerk_client::mock::Fault;
use clerk_client::requests::UserListParams;

use crate::{command, file, lines, rows, run, server, sibling, stdout_of};

/// The first run gets 429s, a lost response, two damaged bodies and a 503, and is killed. A second
/// run completes the import.
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
            // The request takes effect, but the program is killed before the response arrives.
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
        while killed.recv_timeout(Duration::from_millis(100)).is_err() {
            assert_eq!(first.try_wait().unwrap(), None, "not killed");
        }
        first.kill().unwrap();
        first.wait_with_output().unwrap()
    });
    let first = first.await.unwrap();
    is_killed.store(true, Ordering::SeqCst);
    assert!(!first.status.success() && first.stdout.is_empty());
    let before = lines(&sibling(&users, ".journal")).len() - 1;
    assert!(
        (9_900..10_000).contains(&before),
        "{before} entries in the journal"
    );

    let second = run(command(Some(&server), &users)).await;
    assert!(second.status.success(), "{second:?}");
    assert!(second.stderr.is_empty(), "quiet without a terminal");
    let summary = stdout_of(&second);
    assert!(
        summary.contains(&format!("{before} imported before, 0 refused, 0 left.")),
        "{summary}"
    );
    assert!(!summary.contains(" 0 already existed"), "{summary}");

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
    let journal = lines(&sibling(&users, ".journal"));
    assert_eq!(journal.len(), 1 + USERS);
    for entry in &journal[1..] {
        let external_id = entry["external_id"].as_str().unwrap();
        assert_eq!(
            known.remove(external_id).unwrap(),
            entry["user_id"].as_str().unwrap()
        );
    }

    let third = run(command(Some(&server), &users)).await;
    assert!(stdout_of(&third).contains("20000 imported before, 0 refused, 0 left."));
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
        stdout_of(&output),
        "50 rows: 0 created, 0 already existed, 0 imported before, 0 refused, 50 left.\n"
    );
    let error = str::from_utf8(&output.stderr).unwrap();
    assert!(
        error.starts_with("import-users: CreateUser: 401"),
        "{error}"
    );

    server.fake().require_key("sk_test_import");
    assert!(run(command(Some(&server), &users)).await.status.success());
}

/// A crash can end the journal within a line or within a character.
#[tokio::test(flavor = "multi_thread")]
async fn a_truncated_journal_line_is_rewritten() {
    let folder = tempfile::tempdir().unwrap();
    let row = r#"{"external_id": "café", "email_address": "ada@example.com"}"#;
    let users = file(&folder, "users.jsonl", row);
    let server = server().await;
    assert!(run(command(Some(&server), &users)).await.status.success());
    let journal = fs::read(sibling(&users, ".journal")).unwrap();
    let name = journal
        .windows(5)
        .position(|bytes| bytes == "café".as_bytes());
    for end in [name.unwrap() + 4, journal.len() - 1] {
        fs::write(sibling(&users, ".journal"), &journal[..end]).unwrap();
        let output = run(command(Some(&server), &users)).await;
        let expected =
            "1 rows: 0 created, 1 already existed, 0 imported before, 0 refused, 0 left.";
        assert_eq!(stdout_of(&output).trim_end(), expected);
        assert_eq!(fs::read(sibling(&users, ".journal")).unwrap(), journal);
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
        assert!(error.contains("it belongs to another instance"), "{error}");
    }
}

#[tokio::test]
async fn an_invalid_base_url_leaves_no_journal() {
    let folder = tempfile::tempdir().unwrap();
    let users = file(&folder, "users.jsonl", &rows(1));
    let mut import = command(None, &users);
    import.env("CLERK_SECRET_KEY", "sk_test_import");
    import.env("CLERK_BASE_URL", "http://clerk.example/v1");
    let output = run(import).await;
    let printed = String::from_utf8_lossy(&output.stderr);
    assert!(printed.contains("invalid base URL"), "{printed}");
    assert!(!sibling(&users, ".journal").exists());
}

/// The program replaces the empty URL by the default URL, which is not the URL in the journal. So
/// the program stops before it sends a request.
#[tokio::test]
async fn an_empty_base_url_is_the_default() {
    let folder = tempfile::tempdir().unwrap();
    let users = file(&folder, "users.jsonl", &rows(1));
    let journal = "{\"base_url\":\"\",\"live\":false}\n";
    fs::write(sibling(&users, ".journal"), journal).unwrap();
    let mut import = command(None, &users);
    import.env("CLERK_SECRET_KEY", "sk_test_import");
    import.env("CLERK_BASE_URL", "");
    let output = run(import).await;
    let printed = String::from_utf8_lossy(&output.stderr);
    assert!(printed.contains("belongs to another instance"), "{printed}");
}

/// If the program ignored this URL, it would send the users to the default URL, Clerk's own API.
#[cfg(unix)]
#[tokio::test]
async fn a_base_url_that_is_not_unicode_is_an_error() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let folder = tempfile::tempdir().unwrap();
    let users = file(&folder, "users.jsonl", &rows(1));
    let mut import = command(None, &users);
    import.env("CLERK_SECRET_KEY", "sk_test_import");
    import.env("CLERK_BASE_URL", OsStr::from_bytes(b"http://\xff"));
    let output = run(import).await;
    let printed = String::from_utf8_lossy(&output.stderr);
    assert!(
        printed.contains("CLERK_BASE_URL is not Unicode"),
        "{printed}"
    );
}

//! The output of runs without a key, and of runs on a terminal.

use std::fs;

use crate::{command, file, rows, run, server, stdout_of};

#[tokio::test]
async fn dry_runs_and_rehearsals_leave_no_files() {
    let folder = tempfile::tempdir().unwrap();
    let sample = fs::read_to_string("samples/plain.csv").unwrap();
    let users = file(&folder, "plain.csv", &sample);
    let mut dry_run = command(None, &users);
    dry_run.arg("--dry-run");
    assert_eq!(
        stdout_of(&run(dry_run).await),
        "4 rows can be imported. Nothing was sent.\n"
    );

    let rehearsal = run(command(None, &users)).await;
    let printed = stdout_of(&rehearsal);
    assert!(printed.contains("3 would be created, "), "{printed}");
    assert!(
        printed.contains("line 5: CreateUser: 422 Unprocessable Entity: form_identifier_exists"),
        "{printed}"
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
        // On Linux, reading ends with an error when the program closes the terminal.
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

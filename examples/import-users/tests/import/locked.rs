//! Users that another request is changing.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use crate::{command, file, run, sibling, stdout_of};

/// Starts a server that responds to a creation with 409 if `is_locked` returns true for the
/// request's body. The response asks for a wait of `retry_after` seconds. Returns the server's URL.
fn start(retry_after: u32, is_locked: impl Fn(&str) -> bool + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/v1", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            respond(stream.unwrap(), retry_after, &is_locked);
        }
    });
    url
}

fn respond(stream: TcpStream, retry_after: u32, is_locked: &dyn Fn(&str) -> bool) {
    let mut reader = BufReader::new(&stream);
    let (mut head, mut length) = (String::new(), 0);
    while reader.read_line(&mut head).unwrap() > 2 {
        let line = head.lines().last().unwrap().to_lowercase();
        if let Some(value) = line.strip_prefix("content-length: ") {
            length = value.parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let body = String::from_utf8(body).unwrap();
    let (status, body) = if head.starts_with("GET") {
        ("200 x".to_owned(), "[]")
    } else if is_locked(&body) {
        (
            format!("409 x\r\nretry-after: {retry_after}"),
            r#"{"errors": [{"code": "resource_locked", "message": "locked"}]}"#,
        )
    } else {
        ("200 x".to_owned(), r#"{"id": "user_1"}"#)
    };
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {length}");
    write!(&stream, "{head}\r\n\r\n{body}").unwrap();
}

async fn import(url: &str) -> (std::process::Output, std::path::PathBuf, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let text = "{\"external_id\": \"first\"}\n{\"external_id\": \"second\"}\n";
    let users = file(&folder, "users.jsonl", text);
    let mut command = command(None, &users);
    command
        .env("CLERK_SECRET_KEY", "sk_test_import")
        .env("CLERK_BASE_URL", url);
    (run(command).await, users, folder)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_that_is_locked_for_a_moment_is_created() {
    let attempts = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&attempts);
    let url = start(0, move |body| {
        body.contains("first") && counter.fetch_add(1, Ordering::SeqCst) < 2
    });
    let (output, users, _folder) = import(&url).await;
    assert!(output.status.success(), "{output:?}");
    assert!(
        stdout_of(&output).starts_with("2 rows: 2 created, "),
        "{output:?}"
    );
    assert_eq!(attempts.load(Ordering::SeqCst), 3);
    assert!(!sibling(&users, ".refused.jsonl").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_that_stays_locked_is_left_for_another_run() {
    let locked = Arc::new(Mutex::new(0));
    let counter = Arc::clone(&locked);
    // The wait is longer than the client's timeout, so the client does not retry.
    let url = start(1_000_000, move |body| {
        let is_locked = body.contains("first");
        *counter.lock().unwrap() += usize::from(is_locked);
        is_locked
    });
    let (output, users, _folder) = import(&url).await;
    assert!(!output.status.success(), "{output:?}");
    let summary = "2 rows: 1 created, 0 already existed, 0 imported before, 0 refused, 1 left.";
    assert!(stdout_of(&output).starts_with(summary), "{output:?}");
    let error = str::from_utf8(&output.stderr).unwrap();
    assert!(error.contains("line 1: left for another run: "), "{error}");
    assert!(!sibling(&users, ".refused.jsonl").exists());
    let journal = std::fs::read_to_string(sibling(&users, ".journal")).unwrap();
    assert!(
        journal.contains("second") && !journal.contains("first"),
        "{journal}"
    );
    assert_eq!(*locked.lock().unwrap(), 1);
}

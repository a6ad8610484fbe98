//! The program `clerk-mock`, started as a process.

#![allow(
    clippy::unwrap_used,
    reason = "a test that meets the unexpected should stop there"
)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::time::SystemTime;

use clerk_client::Timestamp;

const PROGRAM: &str = env!("CARGO_BIN_EXE_clerk-mock");

/// A running program. It is killed when this value is dropped.
struct Running {
    child: Child,
    lines: BufReader<ChildStdout>,
    address: String,
}

fn start(arguments: &[&str]) -> Running {
    let mut command = Command::new(PROGRAM);
    command.args(["--port", "0"]).args(arguments);
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut running = Running {
        lines: BufReader::new(child.stdout.take().unwrap()),
        child,
        address: String::new(),
    };
    let mut line = String::new();
    running.lines.read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("clerk-mock listens on http://");
    let address = address.unwrap().strip_suffix("/v1").unwrap();
    running.address = address.to_owned();
    running
}

impl Running {
    fn send(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let head = "host: clerk\r\nauthorization: Bearer sk_test_1\r\nconnection: close";
        write!(stream, "{request} HTTP/1.1\r\n{head}\r\n\r\n").unwrap();
        let mut response = String::new();
        stream.read_to_string(&mut response).unwrap();
        response
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn help_is_printed_to_a_reader_that_has_closed_the_pipe() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut help = Command::new(PROGRAM);
    help.arg("--help").stdout(writer).stderr(Stdio::piped());
    let output = help.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

fn run(arguments: &[&str]) -> Output {
    Command::new(PROGRAM).args(arguments).output().unwrap()
}

#[test]
#[cfg(unix)]
fn the_program_serves_until_a_signal_stops_it() {
    for signal in ["TERM", "INT"] {
        let mut running = start(&[]);
        let count = running.send("GET /v1/users/count");
        assert!(count.contains("\"total_count\":0"), "{count}");
        let pid = running.child.id().to_string();
        let kill = Command::new("kill").args(["-s", signal, &pid]).status();
        assert!(kill.unwrap().success());
        assert!(running.child.wait().unwrap().success());
        let mut rest = String::new();
        running.lines.read_to_string(&mut rest).unwrap();
        let lines: Vec<_> = rest.lines().collect();
        let page = format!(
            "open http://{}/ in a browser to see its state",
            running.address
        );
        assert_eq!(lines.first(), Some(&page.as_str()));
        assert!(
            lines.get(1).unwrap().contains(" GET /v1/users/count 200 "),
            "{rest}"
        );
        assert_eq!(lines.get(2..), Some(&["clerk-mock stops"][..]));
    }
}

/// The pipe of the program's standard output is full, because the test does not read it.
#[test]
#[cfg(unix)]
fn a_stalled_reader_does_not_block_the_server() {
    let mut running = start(&[]);
    let path = format!("GET /v1/users/{}", "x".repeat(4_000));
    for _ in 0..100 {
        assert!(running.send(&path).starts_with("HTTP/1.1 404 "));
    }
    let pid = running.child.id().to_string();
    let kill = Command::new("kill").args(["-s", "TERM", &pid]).status();
    assert!(kill.unwrap().success());
    let (ended, end) = std::sync::mpsc::channel();
    std::thread::spawn(move || ended.send(running.child.wait().unwrap().success()));
    let has_succeeded = end.recv_timeout(std::time::Duration::from_secs(60));
    if has_succeeded.is_err() {
        // The program still runs, and must not outlive the test.
        let _ = Command::new("kill").args(["-s", "KILL", &pid]).status();
    }
    assert!(has_succeeded.unwrap());
}

#[test]
fn the_program_starts_with_a_seed_and_enforces_a_rate_limit() {
    let seed = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(seed.path(), r#"{ "users": [{ "id": "user_ada" }] }"#).unwrap();
    let path = seed.path().to_str().unwrap();
    let running = start(&["--seed", path, "--rate-limit", "2/3600", "--quiet"]);
    let ada = running.send("GET /v1/users/user_ada");
    assert!(ada.contains("\"id\":\"user_ada\""), "{ada}");
    let missing = running.send("GET /v1/users/user_alan");
    assert!(missing.starts_with("HTTP/1.1 404 "), "{missing}");
    let limited = running.send("GET /v1/users/user_ada").to_lowercase();
    assert!(limited.starts_with("http/1.1 429 "), "{limited}");
    assert!(limited.contains("retry-after: 3"), "{limited}");
    let journal = running.send("GET /__clerk_mock/requests");
    assert!(journal.contains("\"last_number\":3"), "{journal}");
}

#[test]
fn the_program_delivers_webhooks_and_prints_their_secret() {
    let receiver = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/webhooks", receiver.local_addr().unwrap());
    let seed = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(seed.path(), r#"{ "users": [{ "id": "user_ada" }] }"#).unwrap();
    let path = seed.path().to_str().unwrap();
    let mut running = start(&["--webhook", &url, "--seed", path, "--quiet"]);
    let secret = loop {
        let mut line = String::new();
        running.lines.read_line(&mut line).unwrap();
        if let Some((_, secret)) = line.trim().split_once("signs webhooks with ") {
            break secret.to_owned();
        }
        assert!(!line.is_empty(), "the secret was not printed");
    };
    assert!(secret.starts_with("whsec_"), "{secret}");

    let banned = running.send("POST /v1/users/user_ada/ban");
    assert!(banned.starts_with("HTTP/1.1 200 "), "{banned}");
    let (stream, _) = receiver.accept().unwrap();
    let mut lines = BufReader::new(&stream).lines().map(Result::unwrap);
    assert_eq!(lines.next().unwrap(), "POST /webhooks HTTP/1.1");
    assert!(lines.any(|line| line.starts_with("svix-signature: v1,")));
}

#[test]
#[cfg(unix)]
fn the_program_continues_from_the_state_that_it_saved() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.json");
    let arguments = ["--save", path.to_str().unwrap()];
    let stop = |mut running: Running| {
        let pid = running.child.id().to_string();
        let kill = Command::new("kill").args(["-s", "TERM", &pid]).status();
        assert!(kill.unwrap().success());
        assert!(running.child.wait().unwrap().success());
    };
    let running = start(&arguments);
    assert!(running.send("POST /v1/users").contains("user_"));
    stop(running);
    assert!(path.exists());
    let running = start(&arguments);
    assert!(
        running
            .send("GET /v1/users/count")
            .contains("\"total_count\":1")
    );
    let saved = running.send("POST /__clerk_mock/save");
    assert!(saved.ends_with("{\"saved\":true}"), "{saved}");
    let mode = path.metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "{mode:o}");
    stop(running);

    let other = folder.path().join("seed.json");
    std::fs::write(&other, "{}").unwrap();
    let other = ["--seed", other.to_str().unwrap()];
    let running = start(&[arguments, other].concat());
    assert!(
        running
            .send("GET /v1/users/count")
            .contains("\"total_count\":0")
    );
    stop(running);
}

/// Several programs may save to the same file.
#[test]
fn saving_leaves_no_temporary_file_and_keeps_those_of_other_programs() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.json");
    let other = folder.path().join("state.json.tmp");
    std::fs::write(&other, "{").unwrap();
    let files = || std::fs::read_dir(folder.path()).unwrap().count();
    let running = start(&["--save", path.to_str().unwrap()]);
    assert_eq!(files(), 1);
    let saved = running.send("POST /__clerk_mock/save");
    assert!(saved.ends_with("{\"saved\":true}"), "{saved}");
    assert_eq!(files(), 2);

    // A folder cannot be replaced with a file.
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    let failed = running.send("POST /__clerk_mock/save");
    assert!(failed.contains("\"save_failed\""), "{failed}");
    assert_eq!(files(), 2);
    assert_eq!(std::fs::read_to_string(&other).unwrap(), "{");
}

#[test]
#[cfg(unix)]
fn saving_through_a_link_into_a_folder_that_does_not_exist_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let link = folder.path().join("state.json");
    std::os::unix::fs::symlink("missing/state.json", &link).unwrap();
    let output = run(&["--save", link.to_str().unwrap()]);
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("the folder does not exist"), "{error}");
    assert_eq!(output.status.code(), Some(1));
}

/// Starts the program with these arguments, and returns the time in its state.
fn time(arguments: &[&str]) -> String {
    let running = start(arguments);
    let state = running.send("GET /__clerk_mock/state");
    let (_, time) = state.split_once("\"time\":\"").unwrap();
    time.split_once('"').unwrap().0.to_owned()
}

#[test]
fn the_program_starts_at_the_time_that_is_asked_for() {
    let seed = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(seed.path(), r#"{ "time": "2026-03-01T12:00:00Z" }"#).unwrap();
    let path = seed.path().to_str().unwrap();
    assert!(time(&["--start", "2031-05-06T07:08:09Z"]).starts_with("2031-05-06T07:08:"));
    assert!(time(&["--seed", path]).starts_with("2026-03-01T12:00:"));
    let both = ["--seed", path, "--start", "2031-05-06T07:08:09Z"];
    assert!(time(&both).starts_with("2031-05-06T07:08:"));
    let now = Timestamp::from(SystemTime::now());
    for arguments in [&[][..], &["--seed", path, "--start", "now"]] {
        let time = Timestamp::parse_rfc3339(&time(arguments)).unwrap();
        let late = time.as_millis() - now.as_millis();
        assert!((0..3_600_000).contains(&late), "{late}");
    }
}

#[test]
fn the_program_prints_help_and_names_invalid_arguments() {
    let help = String::from_utf8(run(&["--help"]).stdout).unwrap();
    for option in [
        "port",
        "host",
        "seed",
        "save",
        "start",
        "secret-key",
        "rate-limit",
        "latency",
        "webhook",
        "webhook-secret",
        "quiet",
    ] {
        assert!(help.contains(&format!("--{option}")), "{option}");
    }
    for (arguments, status, message) in [
        (&["--prot", "1"][..], 2, "--prot"),
        (&["--rate-limit", "7"], 2, "100/10"),
        (&["--rate-limit", "0/10"], 2, "each at least 1"),
        (&["--port", "70000"], 2, "\"70000\": invalid port: expected"),
        (&["--host", "localhost"], 2, "such as 127.0.0.1"),
        (
            &["--latency", "1s"],
            2,
            "invalid latency: expected milliseconds",
        ),
        (&["--start", "today"], 2, "2026-03-01T12:00:00Z"),
        (
            &["--secret-key", ""],
            2,
            "invalid --secret-key: it is empty",
        ),
        (
            &["--webhook-secret", "hunter2"],
            2,
            "invalid webhook secret",
        ),
        (
            &["--webhook-secret", "whsec_b3Vycw=="],
            2,
            "requires --webhook",
        ),
        (&["--webhook", "https://a.test/"], 1, "use http"),
        (
            &["--seed", "/does/not/exist.json"],
            1,
            "/does/not/exist.json",
        ),
        (
            &["--save", "/does/not/exist/state.json"],
            1,
            "cannot save to /does/not/exist/state.json",
        ),
        (&["--save", ""], 1, "cannot save to \"\": it is not"),
        (&["--save", "/"], 1, "it is not the path of a file"),
        (&["--save", "state/"], 1, "it is not the path of a file"),
        (
            &["--save", env!("CARGO_MANIFEST_DIR")],
            1,
            "it is not the path of a file",
        ),
        (
            &["--save", "/dev/null/state.json"],
            1,
            "the folder does not exist",
        ),
        (
            &["--port", "0", "--host", "192.0.2.1"],
            1,
            "cannot listen on 192.0.2.1:0",
        ),
        // A link-local address is not complete without the number of the interface.
        (
            &["--port", "0", "--host", "fe80::1"],
            1,
            "cannot listen on [fe80::1]:0",
        ),
        (
            &["--port", "0", "--host", "2001:db8::1"],
            1,
            "cannot listen on [2001:db8::1]:0",
        ),
    ] {
        let output = run(arguments);
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(status), "{arguments:?}");
        assert!(error.starts_with("clerk-mock: "), "{error}");
        assert!(error.contains(message), "{error}");
        assert!(!error.contains("hunter2"), "{error}");
    }
}

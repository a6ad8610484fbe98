//! Tests the program against a served `FakeClerk`.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected should stop there"
)]

use std::collections::BTreeSet;
use std::process::{Command, Output, Stdio};

use clerk_client::User;
use clerk_client::mock::{FakeClerk, FakeServer, FakeUser, Fault};

/// Runs the program on a blocking thread, because the server needs the runtime.
async fn export(server: &FakeServer, arguments: &'static [&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_export-users"));
    command.args(arguments);
    command.env("CLERK_SECRET_KEY", "sk_test_export");
    command.env("CLERK_BASE_URL", server.url());
    let run = tokio::task::spawn_blocking(move || command.output());
    run.await.unwrap().unwrap()
}

fn ids(output: &Output) -> Vec<String> {
    let text = str::from_utf8(&output.stdout).unwrap();
    let users = text.lines().map(serde_json::from_str::<User>);
    users.map(|user| user.unwrap().id.into()).collect()
}

async fn server(users: usize) -> FakeServer {
    let fake = FakeClerk::new();
    for number in 0..users {
        fake.add(FakeUser::new(format!("user_{number:05}")));
    }
    FakeServer::start(fake).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_user_is_written_once() {
    let server = server(1_234).await;
    let output = export(&server, &[]).await;
    assert!(output.status.success());
    assert!(output.stderr.is_empty(), "quiet without a terminal");
    let ids = ids(&output);
    assert_eq!(ids.len(), 1_234);
    assert_eq!(BTreeSet::from_iter(&ids).len(), 1_234);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interrupted_export_resumes_from_its_position() {
    let server = server(1_234).await;
    let mut lists = 0;
    server.fake().inject_faults(move |request| {
        lists += u32::from(request.path() == "/v1/users");
        // The third page fails once.
        (lists == 3).then(|| Fault::status(403))
    });
    let output = export(&server, &[]).await;
    assert!(!output.status.success());
    let mut ids_of_both = ids(&output);
    assert_eq!(ids_of_both.len(), 1_000);
    let said = String::from_utf8(output.stderr).unwrap();
    let position = said.trim().rsplit(' ').next().unwrap();
    let position: &'static str = String::leak(position.to_owned());

    let arguments: &'static [&str] = Vec::leak(vec!["--from", position]);
    let output = export(&server, arguments).await;
    assert!(output.status.success());
    ids_of_both.extend(ids(&output));
    assert_eq!(ids_of_both.len(), 1_234);
    assert_eq!(BTreeSet::from_iter(&ids_of_both).len(), 1_234);
}

/// As the program's help says, an export can resume after a crash: from the id of the last user in
/// the file.
#[tokio::test(flavor = "multi_thread")]
async fn an_export_resumes_after_the_last_user_written() {
    let server = server(1_234).await;
    let output = export(&server, &["--from", "after:user_00999"]).await;
    let ids = ids(&output);
    assert_eq!((ids.len(), ids[0].as_str()), (234, "user_01000"));
}

/// This test closes the pipe early, as `head` does.
#[tokio::test(flavor = "multi_thread")]
async fn a_closed_pipe_is_not_an_error() {
    let server = server(1_234).await;
    let mut command = Command::new(env!("CARGO_BIN_EXE_export-users"));
    command.env("CLERK_SECRET_KEY", "sk_test_export");
    command.env("CLERK_BASE_URL", server.url());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    let run = tokio::task::spawn_blocking(move || child.wait_with_output());
    let output = run.await.unwrap().unwrap();
    assert!(output.status.success() && output.stderr.is_empty());
}

#[test]
fn without_a_key_sample_users_are_exported() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_export-users"));
    let output = command.env_remove("CLERK_SECRET_KEY").output().unwrap();
    assert_eq!(ids(&output).len(), 3);
}

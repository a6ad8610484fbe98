//! Tests the program: a run that is killed during its first walk (a pass over all users), the next
//! run, and a run without a key.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use clerk_client::mock::{FakeClerk, FakeServer, Fault, RequestMatcher};
use sync_users::UserTable;
use tokio::sync::mpsc;

use crate::fixture::{assert_in_step, fake_with_users};

/// A running program. It is killed when this value is dropped.
struct Program(Child);

impl Program {
    fn start(server: &FakeServer, key: &str, database: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sync-users"));
        command.env("CLERK_SECRET_KEY", key);
        command.env("CLERK_WEBHOOK_SIGNING_SECRET", FakeClerk::WEBHOOK_SECRET);
        command.env("CLERK_BASE_URL", server.url());
        Self::spawn(command, database)
    }

    fn start_without_key(database: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sync-users"));
        command.env_remove("CLERK_SECRET_KEY");
        Self::spawn(command, database)
    }

    fn spawn(mut command: Command, database: &Path) -> Self {
        command.args(["--listen", "127.0.0.1:0", "--database"]);
        command.arg(database);
        Self(command.stdout(Stdio::piped()).spawn().unwrap())
    }

    /// Reads the program's output up to this line. Fails if the program ends without this line.
    async fn printed(&mut self, line: &'static str) {
        let output = BufReader::new(self.0.stdout.take().unwrap());
        let read = tokio::task::spawn_blocking(move || {
            let mut lines = output.lines().map(Result::unwrap);
            assert!(lines.any(|printed| printed == line), "no line {line:?}");
        });
        read.await.unwrap();
    }

    fn kill(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_was_killed_resumes_where_it_was() {
    let server = FakeServer::start(fake_with_users()).await.unwrap();
    let fake = server.fake();
    let (arrived, mut third_page) = mpsc::unbounded_channel();
    let mut lists = 0;
    let hold = fake.inject_faults(move |request| {
        lists += u32::from(request.operation_id() == Some("GetUserList"));
        (lists >= 3).then(|| {
            let _ = arrived.send(());
            Fault::delayed(Duration::from_secs(3_600))
        })
    });
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("users.db");
    let mut program = Program::start(&server, "sk_test_first", &database);
    third_page.recv().await.unwrap();
    program.kill();
    hold.end();

    // The two programs have different keys, so that the test can distinguish their requests.
    let mut program = Program::start(&server, "sk_test_second", &database);
    program.printed("The walk has finished.").await;
    program.kill();
    let second = RequestMatcher::any().header("authorization", "Bearer sk_test_second");
    let requests = fake.matching_requests(&second);
    assert_eq!(requests.len(), 1, "no page is fetched again");
    assert_eq!(requests[0].query_values("starting_after"), ["user_00999"]);
    let table = UserTable::open(&database).await.unwrap();
    assert_in_step(&table, fake).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_key_sample_users_are_stored() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("users.db");
    let mut program = Program::start_without_key(&database);
    program.printed("The walk has finished.").await;
    program.kill();
    let table = UserTable::open(&database).await.unwrap();
    assert_eq!(table.list("", 10).await.unwrap().len(), 3);
}

//! Runs the program against a served `FakeClerk`.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected should stop there"
)]

use std::process::Command;

use clerk_client::mock::{FakeClerk, FakeServer, FakeUser};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

const KEY: &str = "sk_test_cli";

/// A served fake with two users, one of them banned.
struct World {
    server: FakeServer,
    /// The runtime of the server. Dropping the runtime stops the server.
    _runtime: Runtime,
}

/// The result of a run: the exit code, standard output and standard error.
struct Run(i32, String, String);

impl World {
    fn new() -> Self {
        let fake = FakeClerk::new();
        fake.require_key(KEY);
        let ada = FakeUser::new("user_ada").name("Ada", "Lovelace");
        fake.add(
            ada.email_address("ada@example.com")
                .external_id("customer-1"),
        );
        fake.add(
            FakeUser::new("user_alan")
                .name("Al\u{1b}[2J\u{9b}an", "Turing")
                .banned(),
        );
        let runtime = Runtime::new().unwrap();
        let server = runtime.block_on(FakeServer::start(fake)).unwrap();
        Self {
            server,
            _runtime: runtime,
        }
    }

    /// Runs the program. Spaces separate the arguments.
    fn run(&self, arguments: &str) -> Run {
        self.run_with(KEY, arguments)
    }

    fn run_with(&self, key: &str, arguments: &str) -> Run {
        let mut program = program(arguments);
        program
            .env("CLERK_SECRET_KEY", key)
            .env("CLERK_BASE_URL", self.server.url());
        output(program)
    }

    /// Returns the ids of the users who exist, and whether they are banned.
    fn users(&self) -> Vec<(String, bool)> {
        let world = self.server.fake().to_json();
        let users = world["users"].as_array().unwrap().iter().map(|entry| {
            let user = &entry["user"];
            (
                user["id"].as_str().unwrap().to_owned(),
                user["banned"] == json!(true),
            )
        });
        users.collect()
    }
}

fn program(arguments: &str) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_clerk-users"));
    program.args(arguments.split(' '));
    program
}

fn output(mut program: Command) -> Run {
    let output = program.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run(
        output.status.code().unwrap(),
        text(output.stdout),
        text(output.stderr),
    )
}

#[test]
fn users_are_listed_counted_and_found() {
    let world = World::new();
    let ada = "user_ada\tAda Lovelace\tada@example.com\n";
    // The name contains the control characters ESC and CSI, which start commands to the terminal.
    // The program replaces both characters.
    let alan = "user_alan\tAl\u{fffd}[2J\u{fffd}an Turing\t\tbanned\n";
    for (arguments, expected) in [
        ("list", [alan, ada].concat()),
        ("list --limit 1", alan.to_owned()),
        ("list --query love", ada.to_owned()),
        ("list --banned", alan.to_owned()),
        ("count", "2\n".to_owned()),
        (
            "count --banned --json",
            "{\"object\":\"total_count\",\"total_count\":1}\n".to_owned(),
        ),
        ("get user_ada", ada.to_owned()),
        ("find ADA@example.com", ada.to_owned()),
        ("find customer-1", ada.to_owned()),
    ] {
        let Run(code, out, err) = world.run(arguments);
        assert_eq!(
            (code, out, err),
            (0, expected, String::new()),
            "{arguments}"
        );
    }
}

#[test]
fn json_output_has_an_object_on_each_line() {
    let Run(code, out, _) = World::new().run("list --json");
    assert_eq!(code, 0);
    let users: Vec<Value> = out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let names: Vec<_> = users.iter().map(|user| &user["first_name"]).collect();
    assert_eq!(names, ["Al\u{1b}[2J\u{9b}an", "Ada"]);
    let mut lines = out.lines();
    assert!(!lines.any(|line| line.contains(char::is_control)), "{out}");
}

#[test]
fn users_are_banned_unbanned_and_deleted() {
    let world = World::new();
    let Run(code, out, _) = world.run("ban user_ada");
    assert_eq!(
        (code, out.trim_end().ends_with("\tbanned")),
        (0, true),
        "{out}"
    );
    assert_eq!(world.run("unban user_alan").0, 0);
    let expected = [
        ("user_ada".to_owned(), true),
        ("user_alan".to_owned(), false),
    ];
    assert_eq!(world.users(), expected);

    let Run(code, _, err) = world.run("delete user_ada");
    assert!(code == 2 && err.contains("delete needs --yes"), "{err}");
    assert_eq!(world.users().len(), 2);
    let Run(code, out, _) = world.run("delete user_ada --yes");
    assert_eq!((code, out.as_str()), (0, "deleted user_ada\n"));
    assert_eq!(world.users(), [("user_alan".to_owned(), false)]);
}

#[test]
fn unknown_users_have_their_own_exit_code() {
    let world = World::new();
    for (arguments, fault) in [
        ("get user_nobody", "clerk-users: GetUser: 404 Not Found: "),
        (
            "ban user_nobody --json",
            "clerk-users: BanUser: 404 Not Found: ",
        ),
        (
            "delete user_nobody --yes",
            "clerk-users: DeleteUser: 404 Not Found: ",
        ),
        (
            "find nobody@example.com",
            "clerk-users: no user has the e-mail address \"nobody@example.com\"",
        ),
        (
            "find customer-2",
            "clerk-users: no user has the external id \"customer-2\"",
        ),
    ] {
        let Run(code, out, err) = world.run(arguments);
        assert_eq!((code, out.as_str()), (3, ""), "{arguments}");
        assert!(err.starts_with(fault), "{err}");
    }
}

#[test]
fn a_refused_key_is_reported_without_the_key() {
    let Run(code, out, err) = World::new().run_with("sk_test_another", "list");
    assert_eq!((code, out.as_str()), (4, ""));
    assert!(
        err.starts_with("clerk-users: GetUserList: 401 Unauthorized: "),
        "{err}"
    );
    assert!(!err.contains("sk_test_another"), "{err}");
    let Run(code, _, err) = World::new().run_with("pk_test_another", "list");
    assert!(code == 1 && !err.contains("pk_test_another"), "{err}");
}

#[test]
fn invalid_command_lines_are_rejected() {
    for (arguments, fault) in [
        ("--json", "a COMMAND is needed"),
        ("rename user_ada", "invalid command \"rename user_ada\""),
        ("get", "invalid command \"get\""),
        (
            "get user_ada user_alan",
            "invalid command \"get user_ada user_alan\"",
        ),
        ("list user_ada", "invalid command \"list user_ada\""),
        ("list --limit many", "cannot parse argument \"many\""),
        ("count --limit 1", "count takes no --limit"),
        ("ban user_ada --banned", "ban user_ada takes no --banned"),
        ("delete user_ada --yes --limit 1", "delete"),
    ] {
        let Run(code, out, err) = output(program(arguments));
        assert_eq!((code, out.as_str()), (2, ""), "{arguments}: {err}");
        assert!(err.contains(fault), "{arguments}: {err}");
    }
}

#[test]
fn without_a_key_there_are_three_sample_users() {
    let mut program = program("list");
    program.env_remove("CLERK_SECRET_KEY");
    let Run(code, out, err) = output(program);
    assert_eq!((code, out.lines().count()), (0, 3), "{out}");
    assert_eq!(
        err,
        "CLERK_SECRET_KEY is not set: using three sample users in memory.\n"
    );
}

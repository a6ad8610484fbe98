//! The cost of a served `FakeClerk` with many users: CPU time of a request, and memory.
//!
//! `cargo bench -p clerk-benches --bench served -- 100000` prints two tables for 100,000 users.
//! This number is the default. The server is a separate process. Its figures come from `/proc`.

#![allow(
    clippy::expect_used,
    reason = "a benchmark stops at the first unexpected result"
)]

mod client;
mod process;
mod seed;

use std::env;
use std::time::Duration;

use clerk_client::mock::{FakeClerk, FakeServer};

use crate::client::Client;
use crate::process::{SERVE, Server};

/// The maximum number of requests for a row of the first table. The row shows the mean CPU time of
/// these requests.
const REQUESTS: usize = 400;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let [flag, seed] = arguments.as_slice()
        && flag == SERVE
    {
        return serve(seed);
    }
    // Cargo adds arguments, such as `--bench`.
    let mut numbers = arguments.iter().filter_map(|text| text.parse().ok());
    measure(numbers.next().unwrap_or(100_000));
}

/// Serves a fake that starts with the state in the file `seed`, until the process is killed.
fn serve(seed: &str) {
    let text = std::fs::read_to_string(seed).expect("a seed");
    let fake = FakeClerk::from_json(&text).expect("a seed");
    drop(text);
    fake.keep_last_requests(0);
    let mut builder = tokio::runtime::Builder::new_current_thread();
    let runtime = builder.enable_all().build().expect("a runtime");
    let server = runtime.block_on(FakeServer::start(fake)).expect("a server");
    println!("{}", server.address());
    runtime.block_on(std::future::pending::<()>());
    drop(server);
}

fn measure(users: usize) {
    let seed = seed::write(users);
    let server = Server::start(seed.path());
    let mut client = Client::connect(server.address());
    println!("| {users} users | CPU of the server |\n|---|---|");
    println!(
        "| start with the seed | {:.2} s |",
        server.cpu().as_secs_f64()
    );
    let memory = server.memory();
    let middle = users / 2;
    for (task, path) in [
        ("`GET /users/{id}`", format!("/users/user_{middle}")),
        (
            "list by e-mail address",
            format!("/users?email_address=user{middle}@example.com"),
        ),
        ("list 10 of all users", "/users?limit=10".to_owned()),
        (
            "list 10 after 50,000",
            "/users?limit=10&offset=50000".to_owned(),
        ),
        (
            "list 10 of the middle",
            format!("/users?limit=10&offset={middle}"),
        ),
        ("list 500", "/users?limit=500".to_owned()),
        (
            "list 10 by `updated_at`, the first time",
            "/users?order_by=-updated_at".to_owned(),
        ),
        (
            "list 10 by `updated_at`",
            "/users?order_by=-updated_at".to_owned(),
        ),
        (
            "list 10 by `last_name`, the first time",
            "/users?order_by=last_name".to_owned(),
        ),
        (
            "list 10 by `last_name`",
            "/users?order_by=last_name".to_owned(),
        ),
        (
            "list 10 by a part of a name",
            "/users?query=lovelace".to_owned(),
        ),
        ("count all", "/users/count".to_owned()),
        ("count the banned", "/users/count?banned=true".to_owned()),
        (
            "`GET /email_addresses/{id}`",
            format!("/email_addresses/idn_email_{middle}_1"),
        ),
        ("`GET /organizations`", "/organizations".to_owned()),
    ] {
        let rounds = if task.contains("first time") {
            1
        } else {
            REQUESTS
        };
        row(task, &server, rounds, |_| {
            client.send("GET", &format!("/v1{path}"), "");
        });
    }
    let create = |number| format!(r#"{{"email_address":["new{number}@example.com"]}}"#);
    row("create a user, the first time", &server, 1, |_| {
        client.send("POST", "/v1/users", &create(REQUESTS));
    });
    row("create a user", &server, REQUESTS, |number| {
        client.send("POST", "/v1/users", &create(number));
    });
    row("ban a user", &server, REQUESTS, |number| {
        client.send("POST", &format!("/v1/users/user_{number}/ban"), "");
    });
    let changed = server.memory();
    row("`GET /__clerk_mock/state`", &server, 1, |_| {
        client.send("GET", "/__clerk_mock/state", "");
    });
    println!("\n| {users} users | resident | peak |\n|---|---|---|");
    for (when, [resident, peak]) in [
        ("started with the seed", memory),
        ("after changes", changed),
        ("after `GET /__clerk_mock/state`", server.memory()),
    ] {
        println!("| {when} | {resident:.0} MB | {peak:.0} MB |");
    }
}

/// Prints the mean CPU time of a request. Stops after `requests` requests, or after a second of CPU
/// time.
fn row(task: &str, server: &Server, requests: usize, mut send: impl FnMut(usize)) {
    let before = server.cpu();
    let (mut sent, mut taken) = (0, Duration::ZERO);
    while sent < requests && taken < Duration::from_secs(1) {
        send(sent);
        sent += 1;
        taken = server.cpu() - before;
    }
    let each = taken.as_secs_f64() / sent as f64;
    println!("| {task} | {:.3} ms |", each * 1e3);
}

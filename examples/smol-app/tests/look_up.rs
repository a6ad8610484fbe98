//! Tests the application over HTTP on smol. The served `FakeClerk` runs on a tokio runtime.

#![allow(
    clippy::unwrap_used,
    reason = "a test that meets the unexpected should stop there"
)]

use clerk_client::mock::{FakeClerk, FakeServer, FakeUser, Fault};
use clerk_client::{Clerk, RetryPolicy, SecretKey, SmolTransport};
use smol_app::{line, look_up};

#[test]
fn each_address_gets_one_line() {
    let fake = FakeClerk::new();
    let ada = FakeUser::new("user_ada").name("Ada", "Lovelace").banned();
    fake.add(ada.email_address("ada@example.com"));
    fake.inject_faults(|request| {
        let asked = request.query_values("email_address");
        let alan = asked.iter().any(|address| address == "alan@example.com");
        alan.then(|| Fault::status(503))
    });
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(FakeServer::start(fake)).unwrap();

    let key = SecretKey::new(FakeClerk::SECRET_KEY).unwrap();
    let builder = Clerk::builder(SmolTransport::new().unwrap(), key).base_url(server.url());
    let users = builder.retry(RetryPolicy::none()).build().unwrap().users();
    let addresses = ["ada", "nobody", "alan"].map(|name| format!("{name}@example.com"));
    let found = smol::block_on(look_up(&users, &addresses));
    let lines: Vec<String> = found
        .iter()
        .map(|(address, found)| line(address, found))
        .collect();
    let [ada, nobody, alan]: [String; 3] = lines.try_into().unwrap();
    assert!(ada.starts_with("ada@example.com: Ada Lovelace (user_ada), since "));
    assert!(ada.ends_with(", banned"));
    assert_eq!(nobody, "nobody@example.com: not found");
    assert!(alan.starts_with("alan@example.com: GetUserList: 503 Service Unavailable"));
}

#[test]
fn a_name_cannot_send_commands_to_the_terminal() {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_eve").name("Eve", "\u{1b}[2J\u{9b}"));
    let found = Ok(fake.user("user_eve"));
    let line = line("eve@example.com", &found);
    assert!(line.starts_with("eve@example.com: Eve \u{fffd}[2J\u{fffd} (user_eve)"));
}

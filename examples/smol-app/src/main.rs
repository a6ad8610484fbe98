//! Looks up users: `cargo run -p smol-app -- ada@example.com alan@example.com`.
//!
//! With `CLERK_SECRET_KEY`, the program uses the real Clerk. Otherwise, it uses a Clerk in memory.

use clerk_client::mock::{FakeClerk, FakeUser};
use clerk_client::{ClerkBuilder, Error, SecretKey, SmolTransport, UsersApi};
use smol_app::{line, look_up};

fn main() -> Result<(), Error> {
    smol::block_on(async {
        let users = users()?;
        let mut addresses: Vec<String> = std::env::args().skip(1).collect();
        if addresses.is_empty() {
            addresses = ["ada", "alan", "nobody"]
                .map(|name| format!("{name}@example.com"))
                .into();
        }
        for (address, found) in look_up(&users, &addresses).await {
            println!("{}", line(&address, &found));
        }
        Ok(())
    })
}

fn users() -> Result<UsersApi, Error> {
    if std::env::var_os(SecretKey::ENV).is_some() {
        let clerk = ClerkBuilder::from_env(SmolTransport::new()?)?.build()?;
        return Ok(clerk.users());
    }
    println!(
        "{} is not set: using sample users in memory.",
        SecretKey::ENV
    );
    let fake = FakeClerk::new();
    let user =
        |name| FakeUser::new(format!("user_{name}")).email_address(&format!("{name}@example.com"));
    fake.add(user("ada").name("Ada", "Lovelace"));
    fake.add(user("alan").name("Alan", "Turing").banned());
    Ok(fake.client().users())
}

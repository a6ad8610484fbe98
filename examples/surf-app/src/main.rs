//! Prints the number of users: `cargo run -p surf-app`.
//!
//! With `CLERK_SECRET_KEY`, the program uses the real Clerk. Otherwise, it uses a Clerk in memory.

use std::time::SystemTime;

use clerk_client::mock::{FakeClerk, FakeUser};
use clerk_client::{ClerkBuilder, Error, SecretKey, SurfTransport};
use surf_app::census;

fn main() -> Result<(), Error> {
    async_std::task::block_on(async {
        let clerk = if std::env::var_os(SecretKey::ENV).is_some() {
            ClerkBuilder::from_env(SurfTransport::new()?)?.build()?
        } else {
            println!(
                "{} is not set: using sample users in memory.",
                SecretKey::ENV
            );
            let fake = FakeClerk::new();
            fake.add(FakeUser::new("user_ada"));
            fake.add(FakeUser::new("user_alan").banned());
            fake.client()
        };
        let census = census(&clerk.users(), SystemTime::now()).await?;
        println!(
            "{} users: {} banned, {} active in the last 30 days",
            census.users, census.banned, census.active
        );
        Ok(())
    })
}

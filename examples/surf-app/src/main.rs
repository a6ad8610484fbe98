//! `cargo run -p surf-app`: with `CLERK_SECRET_KEY` over the real Clerk, without it over one in memory.

use std::time::SystemTime;

use clerk_client::mock::{FakeClerk, FakeUser};
use clerk_client::{Clerk, Error, SecretKey, SurfTransport};
use surf_app::census;

fn main() -> Result<(), Error> {
    async_std::task::block_on(async {
        let clerk = if std::env::var_os(SecretKey::ENV).is_some() {
            let mut builder = Clerk::builder(SurfTransport::new()?, SecretKey::from_env()?);
            if let Ok(url) = std::env::var("CLERK_BASE_URL") {
                builder = builder.base_url(url);
            }
            builder.build()?
        } else {
            println!("No {} is set: these users are made up.", SecretKey::ENV);
            let fake = FakeClerk::new();
            fake.add(FakeUser::new("user_ada"));
            fake.add(FakeUser::new("user_alan").banned());
            fake.client()
        };
        let census = census(&clerk.users(), SystemTime::now()).await?;
        println!(
            "{} users, of whom {} are banned and {} were active in the last 30 days",
            census.users, census.banned, census.active
        );
        Ok(())
    })
}

//! Exports the spans and metrics of three calls. README.md says how to receive them.
//!
//! With `CLERK_SECRET_KEY`, the program uses the real Clerk. Otherwise, it uses a Clerk in memory.

use std::error::Error;

use clerk_client::mock::{FakeClerk, FakeUser, Fault};
use clerk_client::{Clerk, ClerkBuilder, SecretKey, TokioTransport, operations};
use opentelemetry_app::{Metered, Telemetry, greet};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let telemetry = Telemetry::start(None)?;
    tracing_subscriber::registry()
        .with(telemetry.layer())
        .init();

    let clerk = if std::env::var_os(SecretKey::ENV).is_some() {
        let transport = Metered::new(TokioTransport::new()?, &telemetry.meter());
        ClerkBuilder::from_env(transport)?.build()?
    } else {
        println!("{} is not set: using a Clerk in memory.", SecretKey::ENV);
        let transport = Metered::new(sample().transport(), &telemetry.meter());
        Clerk::builder(transport, SecretKey::new(FakeClerk::SECRET_KEY)?).build()?
    };
    for id in ["user_ada", "user_grace", "user_nobody"] {
        match greet(&clerk.users(), id).await {
            Ok(greeting) => println!("{greeting}"),
            Err(error) => println!("{error}"),
        }
    }
    // Without this call, the spans of the last seconds would not be exported.
    telemetry.shut_down()?;
    Ok(())
}

/// Returns a fake with two users. The second request for a user gets a 503, so the client retries
/// it.
fn sample() -> FakeClerk {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada").name("Ada", "Lovelace"));
    fake.add(FakeUser::new("user_grace").name("Grace", "Hopper"));
    fake.inject_fault(operations::GetUser, 2, Fault::status(503));
    fake
}

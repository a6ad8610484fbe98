//! Serves the application: `cargo run -p axum-app`.
//!
//! With `CLERK_SECRET_KEY`, the program uses the real Clerk, and otherwise a Clerk in memory.

use std::error::Error;

use axum_app::app;
use clerk_client::auth::Verifier;
use clerk_client::mock::{FakeClerk, FakeUser};
use clerk_client::{ClerkBuilder, SecretKey, TokioTransport};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let clerk = if std::env::var_os(SecretKey::ENV).is_some() {
        ClerkBuilder::from_env(TokioTransport::new()?)?.build()?
    } else {
        println!("{} is not set: using a Clerk in memory.", SecretKey::ENV);
        let fake = FakeClerk::new();
        fake.add(FakeUser::new("user_ada").email_address("ada@example.com"));
        println!(
            "A session token of Ada: {}",
            fake.sign_in("user_ada").token().expose()
        );
        fake.client()
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    let members = format!("http://{}/members", listener.local_addr()?);
    println!(
        "curl -i {members} -H 'content-type: application/json' \\\n  \
         -d '{{\"email\":\"ada@example.com\",\"password\":\"correct horse battery staple\"}}'"
    );
    println!("curl -i {members}/ID\ncurl -i -X POST {members}/ID/ban");
    let me = format!("http://{}/me", listener.local_addr()?);
    println!("curl -i {me} -H 'authorization: Bearer TOKEN'");
    let verifier = Verifier::new(&clerk)?;
    axum::serve(listener, app(&clerk, verifier)).await?;
    Ok(())
}

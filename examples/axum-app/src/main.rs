//! `cargo run -p axum-app`: with `CLERK_SECRET_KEY` over the real Clerk, without it over one in
//! memory.

use std::error::Error;

use axum_app::app;
use clerk_client::mock::FakeClerk;
use clerk_client::{Clerk, SecretKey, TokioTransport};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let clerk = if std::env::var_os(SecretKey::ENV).is_some() {
        Clerk::new(TokioTransport::new()?, SecretKey::from_env()?)
    } else {
        println!("{} is not set: members are kept in memory", SecretKey::ENV);
        FakeClerk::new().client()
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    println!(
        "POST, GET and ban members at http://{}/members",
        listener.local_addr()?
    );
    axum::serve(listener, app(&clerk)).await?;
    Ok(())
}

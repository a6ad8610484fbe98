//! `cargo run -p axum-app`: with `CLERK_SECRET_KEY` over the real Clerk, without it over one in
//! memory.

use std::error::Error;

use axum_app::app;
use clerk_client::mock::FakeClerk;
use clerk_client::{Clerk, SecretKey, TokioTransport};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let clerk = if std::env::var_os(SecretKey::ENV).is_some() {
        let mut builder = Clerk::builder(TokioTransport::new()?, SecretKey::from_env()?);
        if let Ok(url) = std::env::var("CLERK_BASE_URL") {
            builder = builder.base_url(url);
        }
        builder.build()?
    } else {
        println!("{} is not set: members are kept in memory", SecretKey::ENV);
        FakeClerk::new().client()
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    let members = format!("http://{}/members", listener.local_addr()?);
    println!(
        "curl -i {members} -H 'content-type: application/json' \\\n  \
         -d '{{\"email\":\"ada@example.com\",\"password\":\"correct horse battery staple\"}}'"
    );
    println!("curl -i {members}/ID\ncurl -i -X POST {members}/ID/ban");
    axum::serve(listener, app(&clerk)).await?;
    Ok(())
}

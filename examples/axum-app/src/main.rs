//! Serves the application: `cargo run -p axum-app`.
//!
//! With `CLERK_SECRET_KEY`, the program uses the real Clerk and the file `members.db`, and requires
//! `CLERK_WEBHOOK_SIGNING_SECRET`. Without the key, it uses a fake Clerk and a table in memory.

mod sample;

use axum_app::app;
use clerk_client::auth::Verifier;
use clerk_client::webhooks::WebhookSecret;
use clerk_client::{Clerk, ClerkBuilder, SecretKey, TokioTransport, UsersApi};
use sync_users::{BoxError, UserTable, Walk};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), BoxError> {
    let listener = TcpListener::bind("127.0.0.1:3000").await?;
    let address = listener.local_addr()?;
    println!("Listening at http://{address}");
    if std::env::var_os(SecretKey::ENV).is_some() {
        let clerk = ClerkBuilder::from_env(TokioTransport::new()?)?
            .clerk_rate_limit()
            .build()?;
        let table = UserTable::open("members.db").await?;
        return serve(listener, clerk, table, WebhookSecret::from_env()?).await;
    }
    println!("{} is not set: using a fake Clerk.", SecretKey::ENV);
    let (secret, table) = (sample::secret()?, UserTable::in_memory().await?);
    let server = sample::start(address, secret.clone()).await?;
    sample::show(&server, address);
    serve(listener, server.fake().client(), table, secret).await
}

async fn serve(
    listener: TcpListener,
    clerk: Clerk,
    table: UserTable,
    secret: WebhookSecret,
) -> Result<(), BoxError> {
    let mut verifier = Verifier::builder(&clerk);
    // The origins of your sites, such as `https://app.example.com`, separated by commas.
    if let Some(origins) = std::env::var_os("AUTHORIZED_PARTIES") {
        // If a value that is not Unicode were ignored, the verifier would accept the tokens of
        // every site.
        let origins = origins.to_string_lossy();
        verifier = verifier.authorized_parties(origins.split(',').map(str::trim));
    }
    let verifier = verifier.build()?;
    tokio::spawn(fill(clerk.users(), table.clone()));
    axum::serve(listener, app(clerk, verifier, table, secret)).await?;
    Ok(())
}

/// Pages through all users, and stores them in the table. Continues where an earlier run stopped,
/// and does nothing if the table is complete. The listener is already bound, so no webhook is
/// missed.
async fn fill(users: UsersApi, table: UserTable) {
    let filled = async {
        if let Some(mut walk) = Walk::unfinished(&users, &table).await? {
            while walk.next_page().await?.is_some() {}
        }
        Ok::<(), BoxError>(())
    };
    if let Err(error) = filled.await {
        eprintln!("{error}\nThe list of members is incomplete. The next start continues it.");
    }
}

//! Stores all users, and then the changes that webhooks report: `cargo run -p sync-users`.

mod arguments;
mod sample;

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use clerk_client::mock::FakeClerk;
use clerk_client::webhooks::WebhookSecret;
use clerk_client::{ClerkBuilder, SecretKey, TokioTransport, UsersApi};
use sync_users::{BoxError, UserTable, Walk, app};
use tokio::net::TcpListener;

use crate::arguments::{Arguments, Parsed};

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = match Arguments::read() {
        Ok(Parsed::Sync(arguments)) => arguments,
        Ok(Parsed::Help(text)) => {
            // A reader such as `head` may close the pipe early.
            let _ = writeln!(io::stdout(), "{text}");
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("sync-users: {error}\nTry sync-users --help.");
            return ExitCode::from(2);
        }
    };
    let result = if std::env::var_os(SecretKey::ENV).is_some() {
        sync(arguments).await
    } else {
        sync_samples(arguments).await
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("sync-users: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn sync(arguments: Arguments) -> Result<(), BoxError> {
    let clerk = ClerkBuilder::from_env(TokioTransport::new()?)?
        .user_agent("sync-users")
        .clerk_rate_limit()
        .build()?;
    let secret = WebhookSecret::from_env()?;
    let path = arguments.database.clone();
    let path = path.unwrap_or_else(|| "users.db".into());
    let table = open(&path).await?;
    let listener = listen(&arguments).await?;
    run(&clerk.users(), secret, table, listener, arguments.again).await
}

async fn sync_samples(arguments: Arguments) -> Result<(), BoxError> {
    let table = match &arguments.database {
        Some(path) => open(path).await?,
        None => UserTable::in_memory().await?,
    };
    let listener = listen(&arguments).await?;
    let secret = WebhookSecret::new(FakeClerk::WEBHOOK_SECRET)?;
    let server = sample::start(listener.local_addr()?, secret.clone()).await?;
    println!(
        "{} is not set: using a fake Clerk with sample users.",
        SecretKey::ENV
    );
    sample::show(&server);
    let users = server.fake().client().users();
    run(&users, secret, table, listener, arguments.again).await
}

async fn open(path: &Path) -> Result<UserTable, BoxError> {
    let table = UserTable::open(path).await;
    table.map_err(|error| format!("cannot open {}: {error}", path.display()).into())
}

async fn listen(arguments: &Arguments) -> Result<TcpListener, BoxError> {
    let listener = TcpListener::bind(arguments.listen).await;
    listener.map_err(|error| format!("cannot listen on {}: {error}", arguments.listen).into())
}

/// Starts the receiver of webhooks, and then the walk over all users. In the other order, a change
/// between the two starts could be missed.
async fn run(
    users: &UsersApi,
    secret: WebhookSecret,
    table: UserTable,
    listener: TcpListener,
    again: bool,
) -> Result<(), BoxError> {
    println!(
        "Listening for events at http://{}/webhooks",
        listener.local_addr()?
    );
    let receiver = app(secret, table.clone());
    let receiver = tokio::spawn(async move { axum::serve(listener, receiver).await });
    if again {
        Walk::start_again(&table).await?;
    }
    match Walk::unfinished(users, &table).await? {
        Some(mut walk) => {
            while let Some(count) = walk.next_page().await? {
                println!("Stored {count} users.");
            }
            println!("The walk has finished.");
        }
        None => println!("The walk finished earlier. --again starts another one."),
    }
    Ok(receiver.await??)
}

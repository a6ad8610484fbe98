//! Calls all operations on users, and prints a line for each request and its result.
//!
//! Without `CLERK_SECRET_KEY`, the program uses a Clerk in memory. With a key, it uses Clerk (or
//! the API at `CLERK_BASE_URL`), and only reads. With a key and `CLERK_ALLOW_WRITES=1`, it also
//! creates, changes and deletes a user.

mod read;
mod seed;
mod write;

use std::env;
use std::fmt::Display;
use std::process::ExitCode;

use clerk_client::mock::FakeClerk;
use clerk_client::{ClerkBuilder, Error, SecretKey, TokioTransport};

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Error> {
    if env::var_os(SecretKey::ENV).is_none() {
        println!("{} is not set: using a Clerk in memory.\n", SecretKey::ENV);
        let fake = FakeClerk::new();
        let users = fake.client().users();
        seed::seed(&fake);
        read::all(&users).await?;
        write::all(
            &users,
            || fake.time(),
            |user_id| seed::belongings(&fake, user_id),
        )
        .await?;
        println!(
            "\n{} requests were sent, none of them over a network.",
            fake.requests().len()
        );
        return Ok(());
    }

    let clerk = ClerkBuilder::from_env(TokioTransport::new()?)?.build()?;
    let users = clerk.users();
    read::all(&users).await?;
    if env::var("CLERK_ALLOW_WRITES").is_ok_and(|allowed| allowed == "1") {
        write::all(&users, || std::time::SystemTime::now().into(), |_| {}).await?;
    } else {
        println!(
            "\nRead-only operations done. Set CLERK_ALLOW_WRITES=1 to create, change and delete a user, too."
        );
    }
    Ok(())
}

/// Prints the result of an operation.
///
/// Most of Clerk's errors are only printed, because an instance may not support every operation.
/// The program ends if the key is wrong, or if the error has no code of Clerk's, for example
/// because there is no response.
fn show<T>(
    operation: &str,
    arguments: impl Display,
    result: Result<T, Error>,
    say: impl FnOnce(&T) -> String,
) -> Result<Option<T>, Error> {
    match result {
        Ok(value) => {
            println!("{operation}({arguments}) → {}", say(&value));
            Ok(Some(value))
        }
        Err(error) if error.code().is_some() && !error.is_unauthorized() => {
            println!("{operation}({arguments}) → {error}");
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

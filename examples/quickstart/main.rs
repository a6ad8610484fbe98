//! Walks all operations of the client and prints, a line each, what was asked and what came back.
//!
//! Without configuration it runs against a Clerk in memory. With `CLERK_SECRET_KEY` it runs over
//! HTTPS against Clerk (`CLERK_BASE_URL` overrides where), and only reads, unless
//! `CLERK_ALLOW_WRITES=1`: then it also makes users, changes them, and deletes them again.

mod read;
mod seed;
mod write;

use std::env;
use std::fmt::Display;
use std::process::ExitCode;

use clerk_client::mock::FakeClerk;
use clerk_client::{Clerk, Error, SecretKey, TokioTransport};

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
        println!("No {} is set: this is a Clerk in memory.\n", SecretKey::ENV);
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
            "\n{} requests were made, none of them over a network.",
            fake.requests().len()
        );
        return Ok(());
    }

    let mut builder = Clerk::builder(TokioTransport::new()?, SecretKey::from_env()?);
    if let Ok(url) = env::var("CLERK_BASE_URL") {
        builder = builder.base_url(url);
    }
    let users = builder.build()?.users();
    read::all(&users).await?;
    if env::var("CLERK_ALLOW_WRITES").is_ok_and(|allowed| allowed == "1") {
        write::all(&users, || std::time::SystemTime::now().into(), |_| {}).await?;
    } else {
        println!(
            "\nThat was all that only reads. CLERK_ALLOW_WRITES=1 makes, changes and deletes a user, too."
        );
    }
    Ok(())
}

/// Prints what came back. That Clerk refused is printed too, for not every instance has everything.
/// A wrong key, no answer, or one that is none of Clerk's, ends the walk.
fn show<T>(
    operation: &str,
    asked: impl Display,
    came: Result<T, Error>,
    say: impl FnOnce(&T) -> String,
) -> Result<Option<T>, Error> {
    match came {
        Ok(value) => {
            println!("{operation}({asked}) → {}", say(&value));
            Ok(Some(value))
        }
        Err(error) if error.code().is_some() && !error.is_unauthorized() => {
            println!("{operation}({asked}) → {error}");
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

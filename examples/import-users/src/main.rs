//! Users from a CSV or JSON lines file into Clerk, each exactly once, however often it is begun anew.
//!
//! Without `CLERK_SECRET_KEY` it is a rehearsal against a Clerk in memory.

mod arguments;
mod import;
mod journal;
mod report;
mod row;

use std::collections::HashSet;
use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use clerk_client::mock::FakeClerk;
use clerk_client::{Clerk, RateLimit, RetryPolicy, SecretKey, TokioTransport, UsersApi};

use crate::arguments::{Arguments, Asked};
use crate::import::Import;
use crate::journal::Journal;
use crate::report::Report;

#[tokio::main]
async fn main() -> ExitCode {
    let done = match Arguments::read() {
        Ok(Asked::Import(arguments)) => run(arguments).await,
        Ok(Asked::Help(text)) => {
            println!("{text}");
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("import-users: {error}\nTry import-users --help.");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("import-users: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Whether all rows are users now.
async fn run(arguments: Arguments) -> Result<bool, Box<dyn Error>> {
    let rows = row::check(&arguments.file)?;
    if arguments.dry_run {
        println!("{rows} rows can be imported. Nothing was sent.");
        return Ok(true);
    }
    let (users, (journal, done)) = if std::env::var_os(SecretKey::ENV).is_some() {
        (clerk(&arguments)?, Journal::open(&arguments.file)?)
    } else {
        println!(
            "No {} is set: this is a rehearsal in memory.",
            SecretKey::ENV
        );
        (
            FakeClerk::new().client().users(),
            (Journal::rehearsal(), HashSet::new()),
        )
    };
    let mut import = Import {
        users,
        done,
        journal,
        report: Report::new(&arguments.file, rows),
        concurrency: arguments.concurrency,
        skip_password_checks: arguments.skip_password_checks,
    };
    let ended = import.run(row::read(&arguments.file)?).await;
    import.report.finish()?;
    ended?;
    Ok(import.report.refused() == 0)
}

/// Patient, because an import has time: a 429 is waited for, not reported.
fn clerk(arguments: &Arguments) -> Result<UsersApi, clerk_client::Error> {
    let key = SecretKey::from_env()?;
    let limit = arguments
        .rate_limit
        .map(|requests| RateLimit::new(requests, Duration::from_secs(10)));
    let limit = limit.unwrap_or(RateLimit::of(&key));
    let mut builder = Clerk::builder(TokioTransport::new()?, key)
        .user_agent("import-users")
        .rate_limit(limit)
        .retry(RetryPolicy::new().max_retries(20))
        .timeout(Duration::from_secs(15 * 60));
    if let Ok(url) = std::env::var("CLERK_BASE_URL") {
        builder = builder.base_url(url);
    }
    Ok(builder.build()?.users())
}

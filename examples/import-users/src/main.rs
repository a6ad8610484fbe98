//! Imports users into Clerk from a CSV or JSON file, or from the export of another system. Creates
//! each user exactly once, even if the import is restarted.
//!
//! Without `CLERK_SECRET_KEY`, the program rehearses the import with a Clerk in memory.

mod arguments;
mod cells;
mod file;
mod formats;
mod import;
mod journal;
mod json_array;
mod report;
mod row;
mod unique;

use std::collections::HashSet;
use std::env::VarError;
use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Duration;

use clerk_client::mock::FakeClerk;
use clerk_client::{Clerk, RateLimit, RetryPolicy, SecretKey, TokioTransport, UsersApi};

use crate::arguments::{Arguments, Parsed};
use crate::formats::Format;
use crate::import::Import;
use crate::journal::{Instance, Journal};
use crate::report::Report;

#[tokio::main]
async fn main() -> ExitCode {
    let done = match Arguments::read() {
        Ok(Parsed::Import(arguments)) => run(arguments).await,
        Ok(Parsed::Help(text)) => {
            // A reader such as `head` may close the pipe early.
            let _ = writeln!(io::stdout(), "{text}");
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

/// Imports the file. Returns true if every row was skipped or its user now exists. With
/// `--dry-run`, only checks the file, and returns true if no row is refused.
async fn run(arguments: Arguments) -> Result<bool, Box<dyn Error>> {
    let format = Format::new(
        arguments.format.as_deref(),
        arguments.password_hashes.as_deref(),
        arguments.hash_config.as_deref(),
    )?;
    let checked = file::check(&arguments.file, &format)?;
    let rows = checked.rows;
    if let unused @ 1.. = format.unused_hashes() {
        println!(
            "Password hashes of users who are not in the file: {unused}. They are not imported."
        );
    }
    if arguments.dry_run {
        let importable = rows - checked.refused - checked.skipped;
        println!("{importable} rows can be imported. Nothing was sent.");
        if !checked.named.is_empty() {
            println!("Rows that cannot be imported:{}", checked.named);
        }
        return Ok(checked.refused == 0);
    }
    let ((users, journal, done), report) = if std::env::var_os(SecretKey::ENV).is_some() {
        (open(&arguments)?, Report::new(&arguments.file, rows))
    } else {
        println!(
            "{} is not set: this is a rehearsal in memory.",
            SecretKey::ENV
        );
        let users = FakeClerk::new().client().users();
        let rehearsal = (users, Journal::rehearsal(), HashSet::new());
        (rehearsal, Report::rehearsal(rows))
    };
    let mut import = Import {
        users,
        done,
        journal,
        report,
        concurrency: arguments.concurrency,
        skip_password_checks: arguments.skip_password_checks,
    };
    let result = import.run(file::read(&arguments.file, &format)?).await;
    let printed = import.report.finish(result.is_ok());
    result?;
    printed?;
    Ok(import.report.is_complete())
}

/// Creates the client, and opens the journal of created users. Also returns the external ids in the
/// journal.
///
/// The client has many retries and a long timeout, so that a call waits after a 429 instead of
/// failing.
fn open(arguments: &Arguments) -> Result<(UsersApi, Journal, HashSet<String>), Box<dyn Error>> {
    let key = SecretKey::from_env()?;
    let instance = Instance {
        base_url: base_url()?,
        live: key.is_live(),
    };
    let limit = arguments
        .rate_limit
        .map(|requests| RateLimit::new(requests, Duration::from_secs(10)));
    let limit = limit.unwrap_or(RateLimit::of(&key));
    let clerk = Clerk::builder(TokioTransport::new()?, key)
        .base_url(&instance.base_url)
        .user_agent("import-users")
        .rate_limit(limit)
        .retry(RetryPolicy::new().max_retries(20))
        .timeout(Duration::from_secs(15 * 60))
        .build()?;
    // Opening the journal creates its file. Invalid settings must not leave such a file behind, so
    // the client is built first.
    let (journal, done) = Journal::open(&arguments.file, &instance)?;
    Ok((clerk.users(), journal, done))
}

/// Returns the base URL of the API. As in the client, an empty `CLERK_BASE_URL` counts as not set.
fn base_url() -> Result<String, &'static str> {
    match std::env::var("CLERK_BASE_URL") {
        Ok(url) if !url.is_empty() => Ok(url),
        Ok(_) | Err(VarError::NotPresent) => Ok("https://api.clerk.com/v1".to_owned()),
        Err(VarError::NotUnicode(_)) => Err("CLERK_BASE_URL is not Unicode"),
    }
}

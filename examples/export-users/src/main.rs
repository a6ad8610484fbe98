//! Exports all users as JSON lines to standard output, with one page in memory at a time.
//!
//! Without `CLERK_SECRET_KEY`, the program exports the sample users of a Clerk in memory.

use std::error::Error;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clerk_client::mock::{FakeClerk, FakeUser};
use clerk_client::requests::{UserFilter, UserListParams, UserOrderBy};
use clerk_client::{ClerkBuilder, Position, SecretKey, TokioTransport, UsersApi};
use indicatif::{ProgressBar, ProgressStyle};
use lexopt::{Arg, Parser, ValueExt};

const HELP: &str = "\
export-users: export all users as JSON lines, in order of creation.

Usage: export-users > users.jsonl
       export-users --from POSITION >> users.jsonl

Every user that exists during the whole export is exported exactly once, even if others are created
or deleted.
If a request fails, the error gives the position of the last written user: resume with --from.
After a crash, remove an incomplete last line, and resume with --from after:ID, where ID is the id of
the last user in the file.

Environment:
  CLERK_SECRET_KEY   The secret key. Without it, sample users in memory are exported
  CLERK_BASE_URL     The base URL of the API [default: https://api.clerk.com/v1]";

#[tokio::main]
async fn main() -> ExitCode {
    let from = match arguments() {
        Ok(Some(from)) => from,
        Ok(None) => {
            // A reader such as `head` may close the pipe early.
            let _ = writeln!(io::stdout(), "{HELP}");
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("export-users: {error}\nTry export-users --help.");
            return ExitCode::from(2);
        }
    };
    match export(from).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("export-users: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Returns the position to start from. `Some(None)` means the start of the list. `None` means that
/// the user asked for help.
fn arguments() -> Result<Option<Option<Position>>, lexopt::Error> {
    let mut from = None;
    let mut parser = Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("from") => from = Some(parser.value()?.parse()?),
            Arg::Long("help") | Arg::Short('h') => return Ok(None),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Some(from))
}

async fn export(from: Option<Position>) -> Result<(), Box<dyn Error>> {
    let users = users()?;
    let progress = progress(&users, from.is_some()).await;
    let oldest_first = UserOrderBy::CreatedAt.ascending();
    let mut pager = users.list_all_users(UserListParams::new().order_by(oldest_first));
    if let Some(from) = from {
        pager = pager.resume_from(from);
    }
    let mut output = io::stdout().lock();
    loop {
        let written = pager.position().clone();
        let with_hint = |error: &dyn Error| format!("{error}\nResume with --from {written}");
        let Some(page) = pager.next_page().await.map_err(|error| with_hint(&error))? else {
            break;
        };
        let mut lines = Vec::new();
        for user in &page {
            serde_json::to_writer(&mut lines, user)?;
            lines.push(b'\n');
        }
        let done = output.write_all(&lines).and_then(|()| output.flush());
        match done {
            // The program that reads the output has closed the pipe, as `head` does.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => break,
            // Part of the page may have been written, so the error names no position to resume
            // from.
            done => done.map_err(|error| {
                format!(
                    "cannot write: {error}\nRemove an incomplete last line, and resume with \
                     --from after:ID, where ID is the id of the last user in the file. If the file \
                     has no user, repeat the command."
                )
            })?,
        }
        progress.inc(page.len() as u64);
    }
    progress.finish_and_clear();
    Ok(())
}

fn users() -> Result<UsersApi, clerk_client::Error> {
    if std::env::var_os(SecretKey::ENV).is_none() {
        eprintln!(
            "{} is not set: using sample users in memory.",
            SecretKey::ENV
        );
        let fake = FakeClerk::new();
        for (number, name) in ["Ada", "Alan", "Grace"].into_iter().enumerate() {
            let email_address = format!("{}@example.com", name.to_lowercase());
            let user = FakeUser::new(format!("user_{number}")).name(name, "Example");
            fake.add(user.email_address(&email_address));
        }
        return Ok(fake.client().users());
    }
    let clerk = ClerkBuilder::from_env(TokioTransport::new()?)?
        .user_agent("export-users")
        .clerk_rate_limit()
        .build()?;
    Ok(clerk.users())
}

/// Creates the progress bar. If standard error is not a terminal, the bar is hidden, and the number
/// of users is not requested.
async fn progress(users: &UsersApi, resumes: bool) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let count = users.get_users_count(UserFilter::new()).await;
    let count = count.map_or(0, |count| count.total_count.try_into().unwrap_or_default());
    let (bar, style) = if resumes || count == 0 {
        (ProgressBar::no_length(), "{human_pos} in {elapsed}")
    } else {
        let style = "{wide_bar} {human_pos}/{human_len} in {elapsed}, {eta} to go";
        (ProgressBar::new(count), style)
    };
    match ProgressStyle::with_template(style) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

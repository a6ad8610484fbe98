//! All users as JSON lines on standard output, a page in memory at a time.
//!
//! Without `CLERK_SECRET_KEY` they are those of a Clerk in memory.

use std::error::Error;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clerk_client::mock::{FakeClerk, FakeUser};
use clerk_client::requests::{UserFilter, UserListParams, UserOrderBy};
use clerk_client::{Clerk, Position, RateLimit, SecretKey, TokioTransport, UsersApi};
use indicatif::{ProgressBar, ProgressStyle};
use lexopt::{Arg, Parser, ValueExt};

const HELP: &str = "\
export-users: all users as JSON lines, in the order of their creation.

Usage: export-users > users.jsonl
       export-users --from POSITION >> users.jsonl

Users who are there throughout are in it exactly once, whoever is created or deleted meanwhile.
When Clerk fails it says the position of the last user who was written, and --from goes on from there.
After a crash, cut off a last line that has no end, and go on with --from after:ID of the user before.

Environment:
  CLERK_SECRET_KEY   Without it, the users are those of a Clerk in memory
  CLERK_BASE_URL     Where the API is, if not at https://api.clerk.com/v1";

#[tokio::main]
async fn main() -> ExitCode {
    let from = match arguments() {
        Ok(Some(from)) => from,
        Ok(None) => {
            println!("{HELP}");
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

/// Where to begin; `None` where help was asked for.
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
        let go_on = |error: &dyn Error| format!("{error}\nGo on with --from {written}");
        let Some(page) = pager.next_page().await.map_err(|error| go_on(&error))? else {
            break;
        };
        let mut lines = Vec::new();
        for user in &page {
            serde_json::to_writer(&mut lines, user)?;
            lines.push(b'\n');
        }
        let done = output.write_all(&lines).and_then(|()| output.flush());
        match done {
            // Whoever reads has read enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => break,
            // How much of the page was written is not known here.
            done => done.map_err(|error| format!("cannot write: {error}"))?,
        }
        progress.inc(page.len() as u64);
    }
    progress.finish_and_clear();
    Ok(())
}

fn users() -> Result<UsersApi, clerk_client::Error> {
    if std::env::var_os(SecretKey::ENV).is_none() {
        eprintln!("No {} is set: these users are made up.", SecretKey::ENV);
        let fake = FakeClerk::new();
        for (number, name) in ["Ada", "Alan", "Grace"].into_iter().enumerate() {
            let email_address = format!("{}@example.com", name.to_lowercase());
            let user = FakeUser::new(format!("user_{number}")).name(name, "Example");
            fake.add(user.email_address(&email_address));
        }
        return Ok(fake.client().users());
    }
    let key = SecretKey::from_env()?;
    let limit = RateLimit::of(&key);
    let mut builder = Clerk::builder(TokioTransport::new()?, key)
        .user_agent("export-users")
        .rate_limit(limit);
    if let Ok(url) = std::env::var("CLERK_BASE_URL") {
        builder = builder.base_url(url);
    }
    Ok(builder.build()?.users())
}

/// On a terminal only: the count costs a request, and an export does without it.
async fn progress(users: &UsersApi, goes_on: bool) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let count = users.get_users_count(UserFilter::new()).await;
    let count = count.map_or(0, |count| count.total_count.try_into().unwrap_or_default());
    let (bar, style) = if goes_on || count == 0 {
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

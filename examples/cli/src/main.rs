//! Lists, finds, bans and deletes users, without async code: see README.md.
//!
//! Without `CLERK_SECRET_KEY`, the program uses three sample users of a Clerk in memory.

mod arguments;
mod output;

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use clerk_client::mock::{FakeClerk, FakeUser};
use clerk_client::requests::UserListParams;
use clerk_client::{ClerkBuilder, SecretKey, TokioTransport, UsersApi};
use tokio::runtime::{Builder, Runtime};

use crate::arguments::{Arguments, HELP};
use crate::output::Output;

/// A tokio runtime that runs on the calling thread. Only this type waits for futures.
struct Blocking(Runtime);

impl Blocking {
    /// Waits for a call, or for the next page of a pager.
    fn wait<F: IntoFuture>(&self, call: F) -> F::Output {
        self.0.block_on(call.into_future())
    }
}

fn main() -> ExitCode {
    let arguments = match Arguments::read() {
        Ok(arguments) => arguments,
        Err(error) => {
            eprintln!("clerk-users: {error}\nTry clerk-users --help.");
            return ExitCode::from(2);
        }
    };
    let error = match run(arguments) {
        Ok(code) => return code,
        Err(error) => error,
    };
    if let Some(error) = error.downcast_ref::<io::Error>()
        && error.kind() == io::ErrorKind::BrokenPipe
    {
        // The program that reads the output has closed the pipe, as `head` does.
        return ExitCode::SUCCESS;
    }
    eprintln!("clerk-users: {error}");
    let of_clerk = error.downcast_ref::<clerk_client::Error>();
    ExitCode::from(match of_clerk {
        Some(error) if error.is_not_found() => 3,
        Some(error) if error.is_unauthorized() => 4,
        _ => 1,
    })
}

fn run(arguments: Arguments) -> Result<ExitCode, Box<dyn Error>> {
    let (json, out) = (arguments.json, io::stdout().lock());
    let mut output = Output { json, out };
    if arguments.help {
        writeln!(output.out, "{HELP}")?;
        return Ok(ExitCode::SUCCESS);
    }
    let clerk = Blocking(Builder::new_current_thread().enable_all().build()?);
    let users = users()?;
    let words: Vec<_> = arguments.words.iter().map(String::as_str).collect();
    match words[..] {
        ["list"] => {
            let mut params = UserListParams::from(arguments.filter);
            if let Some(limit) = arguments.limit {
                params = params.limit(limit);
            }
            let mut pager = users.list_all_users(params);
            while let Some(page) = clerk.wait(pager.next_page())? {
                for user in &page {
                    output.user(user)?;
                }
            }
        }
        ["count"] => {
            let count = clerk.wait(users.get_users_count(arguments.filter))?;
            output.line(
                &count.total_count.to_string(),
                serde_json::to_string(&count),
            )?;
        }
        ["find", text] => {
            let (user, field) = if text.contains('@') {
                let user = clerk.wait(users.find_user_by_email_address(text))?;
                (user, "e-mail address")
            } else {
                let user = clerk.wait(users.find_user_by_external_id(text))?;
                (user, "external id")
            };
            let Some(user) = user else {
                eprintln!("clerk-users: no user has the {field} {text:?}");
                return Ok(ExitCode::from(3));
            };
            output.user(&user)?;
        }
        ["get", id] => output.user(&clerk.wait(users.get_user(id))?)?,
        ["ban", id] => output.user(&clerk.wait(users.ban_user(id))?)?,
        ["unban", id] => output.user(&clerk.wait(users.unban_user(id))?)?,
        ["delete", id] => {
            let deleted = clerk.wait(users.delete_user(id))?;
            output.line(&format!("deleted {id}"), serde_json::to_string(&deleted))?;
        }
        _ => return Err(format!("unknown command {words:?}").into()),
    }
    Ok(ExitCode::SUCCESS)
}

fn users() -> Result<UsersApi, clerk_client::Error> {
    if std::env::var_os(SecretKey::ENV).is_some() {
        let clerk = ClerkBuilder::from_env(TokioTransport::new()?)?
            .user_agent("clerk-users")
            .clerk_rate_limit()
            .build()?;
        return Ok(clerk.users());
    }
    eprintln!(
        "{} is not set: using three sample users in memory.",
        SecretKey::ENV
    );
    let fake = FakeClerk::new();
    let user = |name: &str, last: &str| {
        let id = name.to_lowercase();
        FakeUser::new(format!("user_{id}"))
            .name(name, last)
            .email_address(&format!("{id}@example.com"))
            .external_id(&format!("customer-{id}"))
    };
    fake.add(user("Ada", "Lovelace"));
    fake.add(user("Alan", "Turing").banned());
    fake.add(user("Grace", "Hopper"));
    Ok(fake.client().users())
}

use std::net::SocketAddr;
use std::path::PathBuf;

use lexopt::{Arg, Parser, ValueExt};

const HELP: &str = "\
sync-users: keep a SQLite table of users in step with Clerk.

Usage: sync-users [OPTIONS]

It receives webhooks, and walks over all users once. It can be stopped at any time: an unfinished
walk resumes at the next start. A database belongs to one instance of Clerk.

Options:
  --database <FILE>    The database [default: users.db; without a secret key, in memory]
  --listen <ADDRESS>   The address for POST /webhooks [default: 127.0.0.1:3001]
  --again              Walk again if the last walk has finished, to find missed changes
  --help               Print this help

Environment:
  CLERK_SECRET_KEY     The secret key. Without it, a fake Clerk with sample users is started
  CLERK_WEBHOOK_SIGNING_SECRET
                       The signing secret of the endpoint
  CLERK_BASE_URL       The base URL of the API [default: https://api.clerk.com/v1]";

/// A parsed command line.
pub(crate) enum Parsed {
    Sync(Arguments),
    Help(&'static str),
}

pub(crate) struct Arguments {
    /// The file of the database. `None` means `users.db` or, without a secret key, a database in
    /// memory.
    pub(crate) database: Option<PathBuf>,
    pub(crate) listen: SocketAddr,
    pub(crate) again: bool,
}

impl Arguments {
    pub(crate) fn read() -> Result<Parsed, lexopt::Error> {
        let mut arguments = Self {
            database: None,
            listen: SocketAddr::from(([127, 0, 0, 1], 3001)),
            again: false,
        };
        let mut parser = Parser::from_env();
        while let Some(argument) = parser.next()? {
            match argument {
                Arg::Long("database") => arguments.database = Some(parser.value()?.into()),
                Arg::Long("listen") => arguments.listen = parser.value()?.parse()?,
                Arg::Long("again") => arguments.again = true,
                Arg::Long("help") | Arg::Short('h') => return Ok(Parsed::Help(HELP)),
                other => return Err(other.unexpected()),
            }
        }
        Ok(Parsed::Sync(arguments))
    }
}

use std::path::PathBuf;

use lexopt::{Arg, Parser, ValueExt};

const HELP: &str = "\
import-users: users from a file into Clerk, each exactly once.

Usage: import-users [OPTIONS] FILE

FILE is CSV with a header where its name ends in .csv, and JSON lines otherwise. Its columns:
  external_id       Yours, unique; how a user is known again. The only one that is needed.
  email_address, phone_number   Several: separated by ; or, in JSON, an array.
  username, first_name, last_name, locale
  password; or password_digest and password_hasher
  created_at        RFC 3339
  public_metadata, private_metadata, unsafe_metadata   JSON objects

The whole file is checked before anything is sent. Who was created is written to FILE.journal: after
a crash, or with a key that was wrong, start the same import again, and it goes on. A journal is of one
instance: move it away to import the file into another. Who was refused is written to
FILE.refused.jsonl, with Clerk's reasons: correct the rows, and start again.

Options:
  --dry-run                Check the file, and send nothing
  --concurrency <N>        How many requests are under way at once [default: 8]
  --rate-limit <N>         How many requests in 10 s [default: Clerk's limit for the kind of key]
  --skip-password-checks   Take passwords that are short, or in lists of stolen ones
  --help                   Print this

Environment:
  CLERK_SECRET_KEY         Without it, this is a rehearsal against a Clerk in memory
  CLERK_BASE_URL           Where the API is, if not at https://api.clerk.com/v1";

/// What the command line asks for.
pub(crate) enum Asked {
    Import(Arguments),
    Help(&'static str),
}

pub(crate) struct Arguments {
    pub(crate) file: PathBuf,
    pub(crate) dry_run: bool,
    pub(crate) concurrency: usize,
    pub(crate) rate_limit: Option<u32>,
    pub(crate) skip_password_checks: bool,
}

impl Arguments {
    pub(crate) fn read() -> Result<Asked, lexopt::Error> {
        let mut file = None;
        let mut arguments = Self {
            file: PathBuf::new(),
            dry_run: false,
            concurrency: 8,
            rate_limit: None,
            skip_password_checks: false,
        };
        let mut parser = Parser::from_env();
        while let Some(argument) = parser.next()? {
            match argument {
                Arg::Long("dry-run") => arguments.dry_run = true,
                Arg::Long("concurrency") => arguments.concurrency = parser.value()?.parse()?,
                Arg::Long("rate-limit") => arguments.rate_limit = Some(parser.value()?.parse()?),
                Arg::Long("skip-password-checks") => arguments.skip_password_checks = true,
                Arg::Long("help") | Arg::Short('h') => return Ok(Asked::Help(HELP)),
                Arg::Value(value) if file.is_none() => file = Some(PathBuf::from(value)),
                other => return Err(other.unexpected()),
            }
        }
        if arguments.concurrency == 0 {
            return Err("--concurrency must be at least 1".into());
        }
        arguments.file = file.ok_or("a FILE is needed")?;
        Ok(Asked::Import(arguments))
    }
}

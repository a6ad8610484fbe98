use std::path::PathBuf;

use lexopt::{Arg, Parser, ValueExt};

const HELP: &str = "\
import-users: import users from a file into Clerk, each exactly once.

Usage: import-users [OPTIONS] FILE

FILE is CSV with a header if its name ends in .csv. Otherwise it is JSON: an array of objects, or
lines with an object each. Its columns:
  external_id       Required: the unique id of the user in your own systems
  email_address, phone_number   One or more, separated by ; or, in JSON, an array. All of them
                                become verified
  username, first_name, last_name, locale
  password; or password_digest and password_hasher
  created_at        RFC 3339, a timestamptz of Postgres, or milliseconds since 1970
  public_metadata, private_metadata, unsafe_metadata   JSON objects

With --format, FILE is the unchanged export of another system. README.md describes what becomes of
each field. Rows that cannot be imported are refused or skipped, and the others are imported.

The whole file is checked before anything is sent. Created users are recorded in FILE.journal:
after a crash or an error, start the same import again to continue. A journal belongs to one
instance: move it away to import the file into another one. Refused and skipped rows are written to
FILE.refused.jsonl with the reasons: correct the refused rows, and start again.

Options:
  --format <NAME>          The format of FILE: clerk, auth0, supabase or firebase
  --password-hashes <FILE> Auth0's export of password hashes, which belongs to its bulk export
  --hash-config <FILE>     Firebase's parameters of the password hash, as its console shows them
  --dry-run                Check the file, and send nothing
  --concurrency <N>        Number of concurrent requests [default: 8]
  --rate-limit <N>         Number of requests in 10 s [default: Clerk's limit for the kind of key]
  --skip-password-checks   Accept passwords that are short or known to be stolen
  --help                   Print this help

Environment:
  CLERK_SECRET_KEY         The secret key. Without it, the import is a rehearsal in memory
  CLERK_BASE_URL           The base URL of the API [default: https://api.clerk.com/v1]";

/// A parsed command line.
pub(crate) enum Parsed {
    Import(Arguments),
    Help(&'static str),
}

pub(crate) struct Arguments {
    pub(crate) file: PathBuf,
    pub(crate) format: Option<String>,
    pub(crate) password_hashes: Option<PathBuf>,
    pub(crate) hash_config: Option<PathBuf>,
    pub(crate) dry_run: bool,
    pub(crate) concurrency: usize,
    pub(crate) rate_limit: Option<u32>,
    pub(crate) skip_password_checks: bool,
}

impl Arguments {
    pub(crate) fn read() -> Result<Parsed, lexopt::Error> {
        let mut file = None;
        let mut arguments = Self {
            file: PathBuf::new(),
            format: None,
            password_hashes: None,
            hash_config: None,
            dry_run: false,
            concurrency: 8,
            rate_limit: None,
            skip_password_checks: false,
        };
        let mut parser = Parser::from_env();
        while let Some(argument) = parser.next()? {
            match argument {
                Arg::Long("format") => arguments.format = Some(parser.value()?.string()?),
                Arg::Long("password-hashes") => {
                    arguments.password_hashes = Some(parser.value()?.into());
                }
                Arg::Long("hash-config") => arguments.hash_config = Some(parser.value()?.into()),
                Arg::Long("dry-run") => arguments.dry_run = true,
                Arg::Long("concurrency") => arguments.concurrency = parser.value()?.parse()?,
                Arg::Long("rate-limit") => arguments.rate_limit = Some(parser.value()?.parse()?),
                Arg::Long("skip-password-checks") => arguments.skip_password_checks = true,
                Arg::Long("help") | Arg::Short('h') => return Ok(Parsed::Help(HELP)),
                Arg::Value(value) if file.is_none() => file = Some(PathBuf::from(value)),
                other => return Err(other.unexpected()),
            }
        }
        if arguments.concurrency == 0 {
            return Err("--concurrency must be at least 1".into());
        }
        arguments.file = file.ok_or("a FILE is needed")?;
        Ok(Parsed::Import(arguments))
    }
}

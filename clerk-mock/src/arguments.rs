use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use lexopt::{Arg, Parser, ValueExt};

const HELP: &str = "\
clerk-mock: a Clerk for tests, behind a port.

It answers Clerk's Users API from memory: what one request changes, the next one sees.
Point any SDK at it in place of https://api.clerk.com; without --secret-key it takes any key of
the form sk_test_... or sk_live_.... Anybody who reaches the port can do anything with it.

Usage: clerk-mock [OPTIONS]

Options:
  --port <PORT>             Where to listen; 0 is any free port [default: 4010]
  --host <ADDRESS>          The IP address to listen on [default: 127.0.0.1]
  --seed <FILE>             The world to begin with, as JSON: see below
  --secret-key <KEY>        Answer 401 to any other key
  --rate-limit <N/SECONDS>  Answer 429 to more than N requests in so many seconds; Clerk's own
                            limits are 100/10 for a test key and 1000/10 for a live one
  --latency <MILLISECONDS>  How long each answer takes at least
  --quiet                   No line for each request
  --help                    Print this
  --version                 Print the version

The world, as JSON; everything in it may be left out:
  {
    \"time\": \"2026-03-01T12:00:00Z\",
    \"users\": [{
      \"id\": \"user_ada\",
      \"email_address\": [\"ada@example.com\"],
      \"password\": \"correct horse battery staple\",
      \"organizations\": { \"org_engines\": \"org:admin\" }
    }]
  }
A user is what POST /v1/users takes. What GET /__clerk_mock/state returns is a world, too.

Beside Clerk's own paths, below /v1:
  GET  /__clerk_mock/state  all that is in memory, passwords included
  POST /__clerk_mock/reset  back to the beginning

It stops on SIGINT and SIGTERM, after the requests that are under way.";

/// What the command line asks for.
pub(crate) enum Asked {
    Serve(Arguments),
    Text(String),
}

#[derive(Debug)]
pub(crate) struct Arguments {
    pub(crate) host: IpAddr,
    pub(crate) port: u16,
    pub(crate) seed: Option<PathBuf>,
    pub(crate) secret_key: Option<String>,
    pub(crate) rate_limit: Option<(usize, Duration)>,
    pub(crate) latency: Duration,
    pub(crate) quiet: bool,
}

impl Arguments {
    pub(crate) fn read() -> Result<Asked, lexopt::Error> {
        let mut arguments = Self {
            host: IpAddr::from([127, 0, 0, 1]),
            port: 4010,
            seed: None,
            secret_key: None,
            rate_limit: None,
            latency: Duration::ZERO,
            quiet: false,
        };
        let mut parser = Parser::from_env();
        while let Some(argument) = parser.next()? {
            match argument {
                Arg::Long("port") => arguments.port = parser.value()?.parse()?,
                Arg::Long("host") => arguments.host = parser.value()?.parse()?,
                Arg::Long("seed") => arguments.seed = Some(parser.value()?.into()),
                Arg::Long("secret-key") => arguments.secret_key = Some(parser.value()?.string()?),
                Arg::Long("rate-limit") => {
                    arguments.rate_limit = Some(parser.value()?.parse_with(rate_limit)?);
                }
                Arg::Long("latency") => {
                    arguments.latency = Duration::from_millis(parser.value()?.parse()?);
                }
                Arg::Long("quiet") => arguments.quiet = true,
                Arg::Short('h') | Arg::Long("help") => return Ok(Asked::Text(HELP.to_owned())),
                Arg::Short('V') | Arg::Long("version") => {
                    let version = concat!("clerk-mock ", env!("CARGO_PKG_VERSION"));
                    return Ok(Asked::Text(version.to_owned()));
                }
                _ => return Err(argument.unexpected()),
            }
        }
        Ok(Asked::Serve(arguments))
    }
}

fn rate_limit(text: &str) -> Result<(usize, Duration), &'static str> {
    let limit = text
        .split_once('/')
        .and_then(|(requests, seconds)| Some((requests.parse().ok()?, seconds.parse().ok()?)));
    match limit {
        Some((requests, seconds)) if requests > 0 && seconds > 0 => {
            Ok((requests, Duration::from_secs(seconds)))
        }
        _ => Err("it must be a number of requests and of seconds, such as 100/10"),
    }
}

//! The command-line arguments of the program.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use clerk_core::Timestamp;
use clerk_core::webhooks::WebhookSecret;
use lexopt::{Arg, Parser, ValueExt};

const HELP: &str = "\
clerk-mock: a fake Clerk for tests, on a port.

It serves users, organizations, sessions and more from memory: a change made by one request is
visible to the next. Point any SDK at it instead of https://api.clerk.com. Without --secret-key, it
accepts any key of the form sk_test_... or sk_live_.... Any client that reaches the port has full
control.

Usage: clerk-mock [OPTIONS]

Options:
  --port <PORT>             The port to listen on; 0 selects a free port [default: 4010]
  --host <ADDRESS>          The IP address to listen on [default: 127.0.0.1]
  --seed <FILE>             The initial state as JSON, see below [default: the file of --save if it
                            exists, else no users]
  --save <FILE>             Save the state as JSON when the program stops, and when a client asks for
                            it; without --seed, the next start continues from it
  --start <TIME>            The initial time: now, or a date and time of RFC 3339
                            [default: the time of the seed if it has one, else now]
  --secret-key <KEY>        Respond with 401 to any other key
  --rate-limit <N/SECONDS>  Respond with 429 to more than N requests in SECONDS; Clerk's own
                            limits are 100/10 for a test key and 1000/10 for a live one
  --latency <MILLISECONDS>  The minimum duration of each response
  --webhook <URL>           Send a webhook for each change to this URL, which begins with http://
  --webhook-secret <SECRET> The secret that signs webhooks: whsec_ and base64
                            [default: a fixed one, which is printed]
  --quiet                   Do not write a line for each request
  --help                    Print this help
  --version                 Print the version

The state, as JSON; every field is optional:
  {
    \"time\": \"2026-03-01T12:00:00Z\",
    \"users\": [{
      \"id\": \"user_ada\",
      \"email_address\": [\"ada@example.com\"],
      \"password\": \"correct horse battery staple\",
      \"organizations\": { \"org_engines\": \"org:admin\" }
    }]
  }
A user has the form of the body of POST /v1/users. The JSON that GET /__clerk_mock/state returns
is also accepted.

Open http://127.0.0.1:4010/ in a browser to see and change the state, to see the requests as they
come in, to plan faults, and to move the clock.

Besides Clerk's own paths below /v1, it has paths by which tests in any language control it:
  GET  /__clerk_mock/state      return the state, passwords included
  POST /__clerk_mock/save       save the state in the file of --save
  POST /__clerk_mock/seed       add users, organizations and sessions
  POST /__clerk_mock/reset      restore the initial state
  GET  /__clerk_mock/requests   return the newest requests and responses, without secrets
  POST /__clerk_mock/faults     plan faults of requests
  POST /__clerk_mock/clock      advance the time
  POST /__clerk_mock/sign_in    return a session token that Clerk's SDKs accept, and a cookie
  PUT  /__clerk_mock/webhook    set the URL that receives webhooks, and their secret
  GET  /__clerk_mock/webhooks   return the deliveries of webhooks
  GET  /__clerk_mock/jwt_key    return the public key, for CLERK_JWT_KEY
  GET  /__clerk_mock/openapi.json
                                return the OpenAPI document of all these paths

For tests that run in parallel, each base URL http://HOST:PORT/__clerk_mock/worlds/NAME/v1 is a world
of its own. So is each value of the header X-Clerk-Mock-World.

It stops on SIGINT and SIGTERM, after finishing pending requests.";

/// The command that the arguments describe.
pub(crate) enum Command {
    Serve(Box<Arguments>),
    /// Prints this text: the help or the version.
    Print(String),
}

/// The values of the options.
#[derive(Debug)]
pub(crate) struct Arguments {
    pub(crate) host: IpAddr,
    pub(crate) port: u16,
    pub(crate) seed: Option<PathBuf>,
    pub(crate) save: Option<PathBuf>,
    /// The initial time. `None` means the time of the seed, or now if the seed has no time.
    pub(crate) start: Option<Timestamp>,
    pub(crate) secret_key: Option<String>,
    pub(crate) rate_limit: Option<(usize, Duration)>,
    pub(crate) latency: Duration,
    pub(crate) webhook: Option<String>,
    /// `None` means `FakeClerk::WEBHOOK_SECRET`.
    pub(crate) webhook_secret: Option<WebhookSecret>,
    pub(crate) quiet: bool,
}

impl Arguments {
    pub(crate) fn read() -> Result<Command, lexopt::Error> {
        let mut arguments = Self {
            host: IpAddr::from([127, 0, 0, 1]),
            port: 4010,
            seed: None,
            save: None,
            start: None,
            secret_key: None,
            rate_limit: None,
            latency: Duration::ZERO,
            webhook: None,
            webhook_secret: None,
            quiet: false,
        };
        let mut parser = Parser::from_env();
        while let Some(argument) = parser.next()? {
            match argument {
                Arg::Long("port") => arguments.port = parser.value()?.parse_with(port)?,
                Arg::Long("host") => arguments.host = parser.value()?.parse_with(host)?,
                Arg::Long("seed") => arguments.seed = Some(parser.value()?.into()),
                Arg::Long("save") => arguments.save = Some(parser.value()?.into()),
                Arg::Long("start") => arguments.start = Some(parser.value()?.parse_with(start)?),
                Arg::Long("secret-key") => {
                    let key = parser.value()?.string()?;
                    if key.is_empty() {
                        return Err(
                            "invalid --secret-key: it is empty; omit it to accept any key".into(),
                        );
                    }
                    arguments.secret_key = Some(key);
                }
                Arg::Long("rate-limit") => {
                    arguments.rate_limit = Some(parser.value()?.parse_with(rate_limit)?);
                }
                Arg::Long("latency") => arguments.latency = parser.value()?.parse_with(latency)?,
                Arg::Long("webhook") => arguments.webhook = Some(parser.value()?.string()?),
                Arg::Long("webhook-secret") => {
                    let secret = WebhookSecret::new(&parser.value()?.string()?);
                    // The message does not repeat the secret.
                    let secret = secret.map_err(|error| error.to_string())?;
                    arguments.webhook_secret = Some(secret);
                }
                Arg::Long("quiet") => arguments.quiet = true,
                Arg::Short('h') | Arg::Long("help") => return Ok(Command::Print(HELP.to_owned())),
                Arg::Short('V') | Arg::Long("version") => {
                    let version = concat!("clerk-mock ", env!("CARGO_PKG_VERSION"));
                    return Ok(Command::Print(version.to_owned()));
                }
                _ => return Err(argument.unexpected()),
            }
        }
        if arguments.webhook_secret.is_some() && arguments.webhook.is_none() {
            return Err("--webhook-secret requires --webhook".into());
        }
        Ok(Command::Serve(Box::new(arguments)))
    }
}

fn port(text: &str) -> Result<u16, &'static str> {
    let port = text.parse::<u16>();
    port.map_err(|_| "invalid port: expected an integer from 0 to 65535")
}

fn host(text: &str) -> Result<IpAddr, &'static str> {
    let host = text.parse::<IpAddr>();
    host.map_err(|_| "invalid host: expected an IP address, such as 127.0.0.1")
}

fn latency(text: &str) -> Result<Duration, &'static str> {
    let millis = text.parse::<u64>();
    let millis = millis.map_err(|_| "invalid latency: expected milliseconds, such as 250");
    millis.map(Duration::from_millis)
}

fn start(text: &str) -> Result<Timestamp, &'static str> {
    let start = match text {
        "now" => Some(SystemTime::now().into()),
        _ => Timestamp::parse_rfc3339(text),
    };
    start.ok_or("invalid time: expected now, or a time such as 2026-03-01T12:00:00Z")
}

fn rate_limit(text: &str) -> Result<(usize, Duration), &'static str> {
    let limit = text
        .split_once('/')
        .and_then(|(requests, seconds)| Some((requests.parse().ok()?, seconds.parse().ok()?)));
    match limit {
        Some((requests, seconds)) if requests > 0 && seconds > 0 => {
            Ok((requests, Duration::from_secs(seconds)))
        }
        _ => Err("invalid rate limit: expected requests/seconds, each at least 1, such as 100/10"),
    }
}

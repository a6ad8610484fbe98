use clerk_client::requests::UserFilter;
use lexopt::{Arg, Parser, ValueExt};

pub(crate) const HELP: &str = "\
clerk-users: list, find, ban and delete the users of a Clerk instance.

Usage: clerk-users COMMAND [OPTIONS]

Commands:
  list          List users, newest first
  count         Count users
  get ID        Print a user
  find TEXT     Print the user with an e-mail address or, without an @, with an external id
  ban ID        Ban a user, who is signed out everywhere
  unban ID      Lift a ban
  delete ID     Delete a user; needs --yes, because this cannot be undone

Options:
  --json           Print JSON: an object on each line
  --query <TEXT>   Only users with this text in a name, address, number or id (list, count)
  --banned         Only banned users (list, count)
  --limit <N>      At most N users (list)
  --yes            Confirm the deletion (delete)
  --help           Print this help

Exit codes: 0 success, 1 another error, 2 invalid command line, 3 no such user, 4 key refused.

Environment:
  CLERK_SECRET_KEY   The secret key. Without it, three sample users in memory are used
  CLERK_BASE_URL     The base URL of the API [default: https://api.clerk.com/v1]";

#[derive(Default)]
pub(crate) struct Arguments {
    /// The command and its argument.
    pub(crate) words: Vec<String>,
    pub(crate) filter: UserFilter,
    pub(crate) limit: Option<u32>,
    pub(crate) json: bool,
    pub(crate) help: bool,
}

impl Arguments {
    pub(crate) fn read() -> Result<Self, lexopt::Error> {
        let mut arguments = Self::default();
        let mut options = Vec::new();
        let mut parser = Parser::from_env();
        while let Some(argument) = parser.next()? {
            match argument {
                Arg::Long("json") => arguments.json = true,
                Arg::Long("help") | Arg::Short('h') => arguments.help = true,
                Arg::Long("limit") => arguments.limit = Some(parser.value()?.parse()?),
                Arg::Long("query") => {
                    arguments.filter = arguments.filter.query(parser.value()?.string()?);
                    options.push("query");
                }
                Arg::Long("banned") => {
                    arguments.filter = arguments.filter.banned(true);
                    options.push("banned");
                }
                Arg::Long("yes") => options.push("yes"),
                Arg::Value(value) => arguments.words.push(value.string()?),
                other => return Err(other.unexpected()),
            }
        }
        options.extend(arguments.limit.map(|_| "limit"));
        let words: Vec<_> = arguments.words.iter().map(String::as_str).collect();
        let allowed: &[&str] = match words[..] {
            _ if arguments.help => return Ok(arguments),
            ["list"] => &["query", "banned", "limit"],
            ["count"] => &["query", "banned"],
            ["get" | "find" | "ban" | "unban", _] => &[],
            ["delete", _] if options.contains(&"yes") => &["yes"],
            ["delete", _] => return Err("delete needs --yes: it cannot be undone".into()),
            [] => return Err("a COMMAND is needed".into()),
            _ => {
                let reason = "it is unknown, or has the wrong number of arguments";
                return Err(format!("invalid command {:?}: {reason}", words.join(" ")).into());
            }
        };
        if let Some(option) = options.iter().find(|option| !allowed.contains(option)) {
            return Err(format!("{} takes no --{option}", words.join(" ")).into());
        }
        Ok(arguments)
    }
}

//! The program `clerk-mock`: a fake Clerk on a port, for tests.

mod arguments;
mod output;
mod stop_signal;

use std::fmt::Display;
use std::fs::{self, File};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, ErrorKind, Write};
use std::net::SocketAddr;
use std::path::{Path, is_separator};
use std::process::ExitCode;
use std::time::SystemTime;

use clerk_core::webhooks::WebhookSecret;
use clerk_mock::{FakeClerk, FakeServer};

use self::arguments::{Arguments, Command};
use self::output::Output;
use self::stop_signal::StopSignal;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments = match Arguments::read() {
        Ok(Command::Serve(arguments)) => *arguments,
        Ok(Command::Print(text)) => {
            // The write fails if a reader such as `head` closes the pipe early.
            let _ = writeln!(io::stdout(), "{text}");
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("clerk-mock: {error}\nSee `clerk-mock --help`.");
            return ExitCode::from(2);
        }
    };
    match serve(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("clerk-mock: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(arguments: Arguments) -> Result<(), String> {
    if let Some(path) = &arguments.save {
        check_save(path)?;
    }
    let fake = set_up(&arguments)?;
    let mut stop_signal =
        StopSignal::new().map_err(|error| format!("cannot wait for signals: {error}"))?;
    let output = Output::start();
    let address = SocketAddr::new(arguments.host, arguments.port);
    let mut builder = FakeServer::builder(fake).address(address);
    if let Some(path) = arguments.save {
        builder = builder.save_to(path);
    }
    if !arguments.quiet {
        builder = builder.log(output.log());
    }
    let prints_secret = arguments.webhook.is_some() && arguments.webhook_secret.is_none();
    if let Some(url) = &arguments.webhook {
        let secret = match arguments.webhook_secret {
            Some(secret) => secret,
            None => {
                WebhookSecret::new(FakeClerk::WEBHOOK_SECRET).map_err(|error| error.to_string())?
            }
        };
        builder = builder.webhook(url, secret);
    }
    let server = builder.start().await.map_err(|error| match error.kind() {
        // If the error has no code of the operating system, it is about the URL of the webhooks.
        // The operating system's error for an incomplete address, such as an IPv6 link-local
        // address without a zone, has the same kind, but also a code.
        ErrorKind::InvalidInput if error.raw_os_error().is_none() => error.to_string(),
        _ => format!("cannot listen on {address}: {error}"),
    })?;
    output.write(format!("clerk-mock listens on {}", server.url()));
    output.write(format!(
        "open http://{}/ in a browser to see its state",
        server.address()
    ));
    if prints_secret {
        let secret = FakeClerk::WEBHOOK_SECRET;
        output.write(format!("clerk-mock signs webhooks with {secret}"));
    }
    stop_signal.received().await;
    let saved = server.shutdown_and_save().await;
    output.write("clerk-mock stops".to_owned());
    output.end();
    saved.map_err(|error| error.to_string())
}

/// Creates the fake that the arguments describe.
fn set_up(arguments: &Arguments) -> Result<FakeClerk, String> {
    let now = arguments.start.unwrap_or_else(|| SystemTime::now().into());
    let saved = arguments.save.as_ref().filter(|path| path.exists());
    let fake = match arguments.seed.as_ref().or(saved) {
        None => {
            let fake = FakeClerk::new();
            fake.set_time(now);
            fake
        }
        Some(path) => {
            let error = |error: &dyn Display| format!("{}: {error}", path.display());
            let seed = fs::read_to_string(path).map_err(|cause| error(&cause))?;
            FakeClerk::from_json_at(&seed, now).map_err(|cause| error(&cause))?
        }
    };
    if let Some(start) = arguments.start {
        fake.set_time(start);
    }
    if let Some(key) = &arguments.secret_key {
        fake.require_key(key);
    }
    if let Some((requests, per)) = arguments.rate_limit {
        fake.set_rate_limit(requests, per);
    }
    fake.set_latency(arguments.latency);
    fake.keep_last_requests(0);
    Ok(fake)
}

/// Returns an error if the file of `--save` cannot be written. Without this check, the program
/// would fail only when it stops, and the state would be lost.
fn check_save(path: &Path) -> Result<(), String> {
    let bytes = path.as_os_str().as_encoded_bytes();
    let is_folder = bytes
        .last()
        .is_some_and(|last| is_separator((*last).into()));
    if is_folder || path.file_name().is_none() || path.is_dir() {
        return Err(format!(
            "cannot save to \"{}\": it is not the path of a file",
            path.display()
        ));
    }
    let refused = |why: &dyn Display| format!("cannot save to {}: {why}", path.display());
    // To save, the server follows symbolic links to the file, even if the file does not exist yet.
    let link = || path.read_link().map(|target| path.with_file_name(target));
    let target = path.canonicalize().or_else(|_| link());
    let target = target.unwrap_or_else(|_| path.to_owned());
    let folder = target.parent().filter(|of| !of.as_os_str().is_empty());
    if folder.is_some_and(|folder| !folder.is_dir()) {
        return Err(refused(&"the folder does not exist; create it first"));
    }
    // The server first writes a temporary file beside the file. This check creates and removes such
    // a file. Its name is random, because another program may save its state in the same file.
    let mut temporary = target.into_os_string();
    temporary.push(format!(".{:016x}.tmp", RandomState::new().hash_one(())));
    let created = File::create_new(&temporary);
    let removed = created.map(drop).and_then(|()| fs::remove_file(&temporary));
    removed.map_err(|error| refused(&error))
}

//! `clerk-mock`: a Clerk for tests, behind a port.

mod arguments;

use std::fmt::Display;
use std::fs;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use clerk_mock::{FakeClerk, FakeServer};

use self::arguments::{Arguments, Asked};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments = match Arguments::read() {
        Ok(Asked::Serve(arguments)) => arguments,
        Ok(Asked::Text(text)) => {
            println!("{text}");
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("clerk-mock: {error}\nTry clerk-mock --help.");
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
    let now = SystemTime::now().into();
    let fake = match &arguments.seed {
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
    if let Some(key) = &arguments.secret_key {
        fake.require_key(key);
    }
    if let Some((requests, per)) = arguments.rate_limit {
        fake.limit_rate(requests, per);
    }
    fake.set_latency(arguments.latency);
    fake.keep_requests(0);

    let mut builder = FakeServer::builder(fake).address((arguments.host, arguments.port));
    if !arguments.quiet {
        builder = builder.log(|line| println!("{} {line}", time_of_day()));
    }
    let server = builder.start().await.map_err(|error| {
        format!(
            "cannot listen on {}:{}: {error}",
            arguments.host, arguments.port
        )
    })?;
    println!("clerk-mock listens on {}", server.url());
    until_told_to_stop()
        .await
        .map_err(|error| format!("cannot wait for a signal: {error}"))?;
    println!("clerk-mock stops");
    server.shutdown().await;
    Ok(())
}

#[cfg(unix)]
async fn until_told_to_stop() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        interrupt = tokio::signal::ctrl_c() => interrupt,
        _ = terminate.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn until_told_to_stop() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}

/// `12:34:56.789`, of UTC.
fn time_of_day() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let millis = now.unwrap_or_default().as_millis() % 86_400_000;
    let (seconds, millis) = (millis / 1_000, millis % 1_000);
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    format!("{hours:02}:{minutes:02}:{seconds:02}.{millis:03}")
}

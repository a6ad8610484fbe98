//! `clerk-mock`: a Clerk for tests, behind a port.

mod arguments;

use std::fmt::Display;
use std::fs;
use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use clerk_mock::{FakeClerk, FakeServer};
#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};

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

    let mut stop = Stop::new().map_err(|error| format!("cannot wait for a signal: {error}"))?;
    let output = Output::start();
    let mut builder = FakeServer::builder(fake).address((arguments.host, arguments.port));
    if !arguments.quiet {
        let lines = output.lines.clone();
        // A reader who is slow or gone must not hold up the server.
        builder = builder.log(move |line| {
            let _ = lines.try_send(Some(format!("{} {line}", time_of_day())));
        });
    }
    let server = builder.start().await.map_err(|error| {
        format!(
            "cannot listen on {}:{}: {error}",
            arguments.host, arguments.port
        )
    })?;
    output.say(format!("clerk-mock listens on {}", server.url()));
    stop.asked().await;
    server.shutdown().await;
    output.say("clerk-mock stops".to_owned());
    output.end();
    Ok(())
}

/// How long the last lines may take to be written.
const LAST_LINES: Duration = Duration::from_secs(1);

/// Lines on their way to standard output, written by a thread of their own.
struct Output {
    /// `None` is the end.
    lines: SyncSender<Option<String>>,
    ended: Receiver<()>,
}

impl Output {
    fn start() -> Self {
        let (lines, written) = sync_channel::<Option<String>>(1_024);
        let (end, ended) = channel();
        thread::spawn(move || {
            while let Ok(Some(line)) = written.recv() {
                // Nobody may be there to read it.
                let _ = writeln!(io::stdout(), "{line}");
            }
            let _ = end.send(());
        });
        Self { lines, ended }
    }

    fn say(&self, line: String) {
        let _ = self.lines.try_send(Some(line));
    }

    /// Does not wait for a reader who reads no more, nor for a connection that still has a line to say.
    fn end(self) {
        let _ = self.lines.try_send(None);
        let _ = self.ended.recv_timeout(LAST_LINES);
    }
}

/// What asks the program to stop, from the moment that this is made.
struct Stop {
    #[cfg(unix)]
    signals: [Signal; 2],
}

#[cfg(unix)]
impl Stop {
    fn new() -> io::Result<Self> {
        let kinds = [SignalKind::interrupt(), SignalKind::terminate()];
        let [interrupt, terminate] = kinds.map(signal);
        Ok(Self {
            signals: [interrupt?, terminate?],
        })
    }

    async fn asked(&mut self) {
        let [interrupt, terminate] = &mut self.signals;
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    }
}

#[cfg(not(unix))]
impl Stop {
    fn new() -> io::Result<Self> {
        Ok(Self {})
    }

    async fn asked(&mut self) {
        let _ = tokio::signal::ctrl_c().await;
    }
}

/// `12:34:56.789`, of UTC.
fn time_of_day() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let millis = now.unwrap_or_default().as_millis() % 86_400_000;
    let (seconds, millis) = (millis / 1_000, millis % 1_000);
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    format!("{hours:02}:{minutes:02}:{seconds:02}.{millis:03}")
}

//! The lines that the program writes to standard output.

use std::io::{self, Write};
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The maximum wait for the last lines to be written.
const LAST_LINES: Duration = Duration::from_secs(1);

/// A queue of lines that a thread writes to standard output.
pub(crate) struct Output {
    /// The queue. `None` marks its end.
    lines: SyncSender<Option<String>>,
    ended: Receiver<()>,
}

impl Output {
    pub(crate) fn start() -> Self {
        let (lines, written) = sync_channel::<Option<String>>(1_024);
        let (end, ended) = channel();
        thread::spawn(move || {
            while let Ok(Some(line)) = written.recv() {
                // Writing fails if standard output is closed.
                let _ = writeln!(io::stdout(), "{line}");
            }
            let _ = end.send(());
        });
        Self { lines, ended }
    }

    /// Queues a line. If the queue is full, the line is dropped.
    pub(crate) fn write(&self, line: String) {
        let _ = self.lines.try_send(Some(line));
    }

    /// Returns a function that writes a line, preceded by the time of day.
    pub(crate) fn log(&self) -> impl Fn(&str) + Send + Sync + use<> {
        let lines = self.lines.clone();
        // A slow or missing reader of standard output must not block the server.
        move |line| {
            let _ = lines.try_send(Some(format!("{} {line}", time_of_day())));
        }
    }

    /// Ends the output. First waits until the queued lines are written, but at most 1 s.
    ///
    /// Lines that are queued later are dropped.
    pub(crate) fn end(self) {
        let _ = self.lines.try_send(None);
        let _ = self.ended.recv_timeout(LAST_LINES);
    }
}

/// Returns the time of day in UTC, such as `12:34:56.789`.
fn time_of_day() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let millis = now.unwrap_or_default().as_millis() % 86_400_000;
    let (seconds, millis) = (millis / 1_000, millis % 1_000);
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    format!("{hours:02}:{minutes:02}:{seconds:02}.{millis:03}")
}

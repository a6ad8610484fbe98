//! The contract of [`HttpTransport`](clerk_core::HttpTransport), as a suite that runs over any
//! transport.
//!
//! Say how the transport is made and what runs its futures ([`Subject`]), and [`check`] runs each
//! of the 17 clauses against a server on loopback that sends what the clause needs, byte for byte.
//! The server runs on threads of its own, and waits for events instead of time.
//!
//! ```
//! use std::pin::Pin;
//! use clerk_client::TokioTransport;
//! use clerk_client::mock::contract::{Settings, Subject, check};
//! use clerk_client::transport::DynTransport;
//!
//! struct Hyper;
//!
//! impl Subject for Hyper {
//!     fn transport(&self, settings: &Settings) -> DynTransport {
//!         let transport = TokioTransport::builder()
//!             .max_response_bytes(settings.max_response_bytes)
//!             .pool_idle_timeout(settings.pool_idle_timeout)
//!             .build();
//!         std::sync::Arc::new(transport.expect("the features are on"))
//!     }
//!
//!     fn run(&self, future: Pin<Box<dyn Future<Output = ()> + Send + '_>>) {
//!         let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
//!         runtime.expect("a runtime").block_on(future);
//!     }
//! }
//!
//! let report = check(Hyper);
//! assert!(report.is_ok(), "{report}");
//! ```

mod answers;
mod cancellation;
mod failures;
mod gate;
mod limits;
mod pool;
mod requests;
mod runtime;
mod server;
mod subject;

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

pub use self::subject::{Settings, Subject};

/// How long a clause may take before it counts as hanging.
const PATIENCE: Duration = Duration::from_secs(60);

/// A clause, and what it comes to.
type Check = fn(&dyn Subject) -> Result<(), String>;

/// The clause about connections, of which a transport may keep a part.
const POOL: u8 = 16;

/// By their numbers; an array of all, so that none can be forgotten.
const CLAUSES: [(&str, Check); 17] = [
    ("any final status is an answer", answers::any_status),
    ("redirects are not followed", answers::redirects),
    ("no retries of its own", failures::no_retries),
    ("bodies are read up to a limit", limits::body_limit),
    ("a truncated body is an error", limits::truncated),
    ("chunked and unbounded bodies work", answers::framings),
    ("headers with any bytes do no harm", answers::odd_headers),
    ("repeated headers are kept", answers::repeated_headers),
    ("dropping a request harms no other", cancellation::dropped),
    ("no panic crosses the seam", failures::no_panic),
    ("bodies are sent with their length", requests::bodies),
    ("failures say what may have happened", failures::kinds),
    ("nothing blocks the executor", runtime::not_blocking),
    ("no runtime is needed to construct", runtime::construction),
    ("content-encodings are undone", answers::encodings),
    ("connections are reused, and closed", pool::connections),
    ("sleep is never early", runtime::sleep),
];

/// What became of each clause.
#[derive(Debug, Clone)]
pub struct Report {
    outcomes: Vec<Outcome>,
}

/// What became of a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// It holds.
    Passed,
    /// It holds but for the part that cannot apply, and why that cannot.
    PassedInPart(String),
    /// It does not, and why.
    Failed(String),
    /// It cannot apply, and why.
    Exempt(String),
}

/// Runs every clause over a transport.
#[must_use]
pub fn check(subject: impl Subject) -> Report {
    let subject: Arc<dyn Subject> = Arc::new(subject);
    let outcomes = CLAUSES.iter().zip(1..);
    Report {
        outcomes: outcomes
            .map(|((_, check), number)| match subject.exempt(number) {
                Some(why) => Outcome::Exempt(why.to_owned()),
                None => in_part(&*subject, number, run(&subject, *check)),
            })
            .collect(),
    }
}

/// Says which clause was not looked at as a whole.
fn in_part(subject: &dyn Subject, number: u8, outcome: Outcome) -> Outcome {
    match (outcome, subject.keeps_idle_connections()) {
        (Outcome::Passed, Some(why)) if number == POOL => Outcome::PassedInPart(why.to_owned()),
        (outcome, _) => outcome,
    }
}

/// On a thread of its own, which is left behind when it hangs.
fn run(subject: &Arc<dyn Subject>, check: Check) -> Outcome {
    let (done, wait) = mpsc::channel();
    let subject = Arc::clone(subject);
    thread::spawn(move || {
        let result = catch_unwind(AssertUnwindSafe(|| check(&*subject)));
        // Nobody listens any more when it took too long.
        let _ = done.send(match result {
            Ok(Ok(())) => Outcome::Passed,
            Ok(Err(why)) => Outcome::Failed(why),
            Err(_) => Outcome::Failed("it panicked".to_owned()),
        });
    });
    wait.recv_timeout(PATIENCE)
        .unwrap_or_else(|_| Outcome::Failed(format!("it hung for {PATIENCE:?}")))
}

impl Report {
    /// Whether every clause that applies holds.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        !self
            .outcomes
            .iter()
            .any(|outcome| matches!(outcome, Outcome::Failed(_)))
    }

    /// The clauses in their order: what each says, and what became of it.
    pub fn clauses(&self) -> impl Iterator<Item = (&'static str, &Outcome)> {
        CLAUSES.iter().map(|(text, _)| *text).zip(&self.outcomes)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for ((text, outcome), number) in self.clauses().zip(1..) {
            write!(f, "{number:>2} {text:<40} ")?;
            match outcome {
                Outcome::Passed => writeln!(f, "ok")?,
                Outcome::PassedInPart(why) => writeln!(f, "ok in part: {why}")?,
                Outcome::Failed(why) => writeln!(f, "FAILED: {why}")?,
                Outcome::Exempt(why) => writeln!(f, "does not apply: {why}")?,
            }
        }
        Ok(())
    }
}

/// Fails a clause unless the condition holds.
macro_rules! ensure {
    ($condition:expr, $($message:tt)+) => {
        if !$condition {
            return Err(format!($($message)+));
        }
    };
}

use ensure;

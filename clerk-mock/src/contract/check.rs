//! Checks a transport against the clauses of the transport contract.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use crate::contract::clauses::{CLAUSES, Check};
use crate::contract::report::{Outcome, Report};
use crate::contract::transport_under_test::TransportUnderTest;

/// The time after which the check of a clause is considered to hang.
const PATIENCE: Duration = Duration::from_secs(60);

/// The number of the clause about reusing and closing connections. A transport may be exempt from
/// the part about idle connections.
const CONNECTIONS_CLAUSE: u8 = 16;

/// Checks a transport against every clause of the contract.
#[must_use]
pub fn check(subject: impl TransportUnderTest) -> Report {
    let subject: Arc<dyn TransportUnderTest> = Arc::new(subject);
    let outcomes = CLAUSES.iter().zip(1..);
    Report {
        outcomes: outcomes
            .map(
                |((_, check), number)| match subject.clause_exemption(number) {
                    Some(why) => Outcome::Exempt(why.to_owned()),
                    None => qualify(&*subject, number, run(&subject, *check)),
                },
            )
            .collect(),
    }
}

/// Changes `Passed` to `PartiallyPassed` if a part of the clause was not checked.
fn qualify(subject: &dyn TransportUnderTest, number: u8, outcome: Outcome) -> Outcome {
    match (outcome, subject.idle_connections_exemption()) {
        (Outcome::Passed, Some(why)) if number == CONNECTIONS_CLAUSE => {
            Outcome::PartiallyPassed(why.to_owned())
        }
        (outcome, _) => outcome,
    }
}

/// Runs a check on its own thread. If the check hangs, the thread is abandoned.
fn run(subject: &Arc<dyn TransportUnderTest>, check: Check) -> Outcome {
    let (done, wait) = mpsc::channel();
    let subject = Arc::clone(subject);
    thread::spawn(move || {
        let result = catch_unwind(AssertUnwindSafe(|| check(&*subject)));
        // The receiver is gone if the check took too long.
        let _ = done.send(match result {
            Ok(Ok(())) => Outcome::Passed,
            Ok(Err(why)) => Outcome::Failed(why),
            Err(_) => Outcome::Failed("it panicked".to_owned()),
        });
    });
    wait.recv_timeout(PATIENCE)
        .unwrap_or_else(|_| Outcome::Failed(format!("it hung for {PATIENCE:?}")))
}

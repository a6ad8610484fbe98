//! The result of checking a transport against the contract.

use std::fmt;

use crate::contract::clauses::CLAUSES;

/// The outcome of every clause.
#[derive(Debug, Clone)]
pub struct Report {
    pub(crate) outcomes: Vec<Outcome>,
}

/// The outcome of a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// The clause holds.
    Passed,
    /// The clause holds, but a part of it cannot apply to the transport, for this reason.
    PartiallyPassed(String),
    /// The clause does not hold, for this reason.
    Failed(String),
    /// The clause cannot apply to the transport, for this reason.
    Exempt(String),
}

impl Report {
    /// Whether no clause has failed.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        !self
            .outcomes
            .iter()
            .any(|outcome| matches!(outcome, Outcome::Failed(_)))
    }

    /// Returns the text and the outcome of each clause, in the order of their numbers.
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
                Outcome::PartiallyPassed(why) => writeln!(f, "partly ok: {why}")?,
                Outcome::Failed(why) => writeln!(f, "FAILED: {why}")?,
                Outcome::Exempt(why) => writeln!(f, "does not apply: {why}")?,
            }
        }
        Ok(())
    }
}

//! The error for an invalid seed.

use std::error::Error;
use std::fmt;

/// The place of the outermost object of a seed.
pub(crate) const TOP_LEVEL: &str = "the top level";

/// The error for an invalid seed. A seed is the state of an instance as JSON.
///
/// The message says where the JSON is invalid, and never repeats a secret, such as a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeedError(String);

impl fmt::Display for SeedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid seed: {}", self.0)
    }
}

impl Error for SeedError {}

pub(crate) fn invalid(place: &str, why: impl fmt::Display) -> SeedError {
    SeedError(format!("{place}: {why}"))
}

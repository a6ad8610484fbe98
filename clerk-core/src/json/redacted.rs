//! A stand-in for values that are never printed.

use std::fmt;

/// Stands in `Debug` output for a value that must not be seen.
pub(crate) struct Redacted;

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

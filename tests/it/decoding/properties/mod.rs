//! Properties that hold for any input, from the network and from the caller.
//!
//! The fuzz targets in `fuzz/` run the same checks. Here, the checks run on stable Rust, with valid
//! inputs, with the fuzz corpus, and with random changes of both. The changes are the same on every
//! run. `CLERK_PROPERTIES_SECONDS` sets how long each check runs. By default, each check runs with
//! a few thousand inputs.

pub(crate) mod error;
#[cfg(test)]
mod inputs;
pub(crate) mod request;
pub(crate) mod response;
pub(crate) mod token;
pub(crate) mod transport;
pub(crate) mod webhook;

/// Asserts that the text of an error is one line of limited length.
pub(crate) fn is_one_line(text: &str) {
    assert!(!text.is_empty() && text.chars().count() < 2_000, "{text}");
    assert!(!text.chars().any(char::is_control), "{text:?}");
}

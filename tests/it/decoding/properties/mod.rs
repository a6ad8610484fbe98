//! Properties that hold for any input, from the network and from the caller.
//!
//! The same checks are the targets of `fuzz/`. Here they run on stable Rust, over inputs that are
//! made from good ones by small changes, the same on every run. `CLERK_PROPERTIES_SECONDS` says how
//! long each is tried; without it, a few thousand inputs are.

pub(crate) mod error;
#[cfg(test)]
mod inputs;
pub(crate) mod request;
pub(crate) mod response;
pub(crate) mod token;
pub(crate) mod transport;
pub(crate) mod webhook;

/// An error's text is for a log: one line of bearable length.
pub(crate) fn is_one_line(text: &str) {
    assert!(!text.is_empty() && text.chars().count() < 2_000, "{text}");
    assert!(!text.chars().any(char::is_control), "{text:?}");
}

//! The verifier: its settings, its rules and its remembered tokens.

mod authenticate;
pub(crate) mod builder;
pub(crate) mod clock;
mod machine;
pub(crate) mod remembered;
pub(crate) mod rules;
pub(crate) mod template;
pub(crate) mod token_types;
#[expect(clippy::module_inception, reason = "the file has the name of its type")]
pub(crate) mod verifier;

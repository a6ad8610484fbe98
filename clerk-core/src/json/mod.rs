//! JSON: the macros that define models and enumerations, and the functions that they use.

pub(crate) mod budget;
pub(crate) mod decode;
pub(crate) mod entries;
pub(crate) mod json_path;
pub(crate) mod lenient;
pub(crate) mod model;
pub(crate) mod nullable;
pub(crate) mod open_enum;
pub(crate) mod parts;
pub(crate) mod raw;
pub(crate) mod redacted;
pub(crate) mod text;
#[cfg(feature = "webhooks")]
pub(crate) mod tolerant;
pub(crate) mod whole;
pub(crate) mod word;

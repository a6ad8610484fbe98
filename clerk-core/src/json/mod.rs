//! How JSON is read and written: the macro that makes models, and what it calls.

pub(crate) mod decode;
pub(crate) mod json_path;
pub(crate) mod model;
pub(crate) mod nullable;
pub(crate) mod open_enum;
pub(crate) mod redacted;
pub(crate) mod word;

//! The target of a request: operation, path, query and base URL.

pub(crate) mod base_url;
pub(crate) mod operation;
pub(crate) mod path;
pub(crate) mod query;

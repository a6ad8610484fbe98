//! The client: its settings, its calls, and how a request is sent.

pub(crate) mod builder;
pub(crate) mod call;
pub(crate) mod call_options;
pub(crate) mod clerk;
pub(crate) mod concurrently;
pub(crate) mod error;
pub(crate) mod jitter;
pub(crate) mod limiter;
pub(crate) mod pending_call;
pub(crate) mod rate_limit;
pub(crate) mod rate_limiter;
pub(crate) mod response;
pub(crate) mod retry;
pub(crate) mod secret_key;
pub(crate) mod send;
pub(crate) mod shared;
pub(crate) mod slots;
pub(crate) mod trace;
pub(crate) mod typed_metadata;
pub(crate) mod variable;
pub(crate) mod version;

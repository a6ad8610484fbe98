//! A transport over JavaScript's `fetch`, for WebAssembly.
//!
//! The application `examples/worker` uses it. `.ci/fetch` tests both under Node and in workerd.

mod fetch_transport;

pub use crate::fetch_transport::FetchTransport;

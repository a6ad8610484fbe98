//! A transport over JavaScript's `fetch`, for WebAssembly.
//!
//! The application `examples/worker` uses this transport. `.ci/fetch` tests the transport and the
//! application under Node and in workerd.

mod fetch_transport;

pub use crate::fetch_transport::FetchTransport;

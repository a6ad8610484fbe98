//! Tests of the client through its public API. Each file covers one subject.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected should stop there"
)]

mod architecture;
mod auth;
mod clerk_rs;
mod client;
mod decoding;
mod fake;
mod guide;
mod machines;
mod operations;
mod specification;
mod support;
mod transports;
mod users;
mod webhooks;

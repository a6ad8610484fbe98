//! Tests the application against a fake Clerk, without a key and without the internet.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected should stop there"
)]

mod fixture;
mod members;
mod names;
mod organizations;

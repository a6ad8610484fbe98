//! Lifecycles of users, organizations and sessions, with unmodified clerk-rs against a served fake.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected should stop there"
)]

mod lives;
mod sdk;
mod version_04;
mod version_05;
mod world;

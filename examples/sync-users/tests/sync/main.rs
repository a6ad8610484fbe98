//! Tests the table against a fake Clerk: the walk over all users, the webhooks, and both at the
//! same time.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected should stop there"
)]

mod changes;
mod events;
mod fixture;
mod program;
mod walk;

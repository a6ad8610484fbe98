//! Servers and users that the benchmarks share.

#![allow(
    clippy::expect_used,
    reason = "a benchmark stops at the first unexpected result"
)]

mod many_users;
mod server;
mod tls_server;
mod together;

use clerk_client::SecretKey;
use serde_json::Value;

pub use many_users::{ManyUsers, PAGE};
pub use server::{serve_transport, server_runtime};
pub use tls_server::{Protocol, TlsServer};
pub use together::Together;

/// Returns a secret key that no instance has.
pub fn key() -> SecretKey {
    SecretKey::new("sk_test_benches").expect("a key")
}

/// Returns the JSON of a user in which every field of the specification is set.
pub fn full_user() -> Value {
    serde_json::from_str(include_str!("../../tests/it/support/full_user.json")).expect("JSON")
}

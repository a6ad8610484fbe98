//! The client as its users have it: every file is one subject.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected should stop there"
)]

mod bounds;
mod bulk;
mod calls;
mod configuration;
mod contract;
mod deadlines;
mod doubles;
mod errors;
mod every_operation;
mod fake;
mod faults;
mod faulty;
mod h2_bridge;
mod heap;
mod hyper;
mod incumbent;
mod lifecycle;
mod mutations;
mod observed;
mod operations;
mod paging;
mod paths;
mod prism;
mod profile_image;
mod properties;
mod proxy;
mod queries;
mod rate_limits;
mod requests;
mod retries;
mod rounds;
mod secrets;
mod soak;
mod specification;
mod streams;
mod support;
mod tls_server;
mod values;
mod webhooks;

//! What the client costs beside the least that the same work can cost: `cargo bench --bench client
//! --all-features`. Ends with each piece of work as a multiple of its baseline, all of the same run.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a benchmark that meets the unexpected should stop there"
)]

mod calls;
mod decode;
mod many;
mod pages;
mod ratios;
mod requests;
#[allow(dead_code, reason = "the tests use more of it")]
#[path = "../../tests/it/support/mod.rs"]
mod support;

use ratios::Ratios;

fn main() {
    let mut ratios = Ratios::new();
    decode::compare(&mut ratios);
    requests::compare(&mut ratios);
    calls::compare(&mut ratios);
    pages::compare(&mut ratios);
    ratios.print();
}

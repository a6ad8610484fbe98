//! The cost of the client, compared with the cheapest way to do the same work.
//!
//! `cargo bench -p clerk-benches --bench client` prints a table at the end. The table shows the
//! time of each task as a multiple of the time of its baseline. A task and its baseline are
//! measured in the same run.

#![allow(
    clippy::expect_used,
    reason = "a benchmark stops at the first unexpected result"
)]

mod calls;
mod decode;
mod pages;
mod ratios;
mod requests;

use ratios::Ratios;

fn main() {
    let mut ratios = Ratios::new();
    decode::compare(&mut ratios);
    requests::compare(&mut ratios);
    calls::compare(&mut ratios);
    pages::compare(&mut ratios);
    ratios.print();
}

//! How the client grows: the first call over TLS, many calls at once, a walk of 10,000 pages.
//! `cargo bench --bench scale --all-features` prints a table. Beside it, in the same run, is
//! hyper-util's pooled client.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a benchmark that meets the unexpected should stop there"
)]

mod at_once;
mod first_call;
#[path = "../client/many.rs"]
mod many;
mod pages;
mod raw;
#[allow(dead_code, reason = "the tests use more of it")]
#[path = "../../tests/it/support/mod.rs"]
mod support;

use std::time::{Duration, Instant};

fn main() {
    println!("| work | hyper-util | this | ratio |\n|---|---|---|---|");
    first_call::measure();
    at_once::measure();
    pages::measure();
}

fn row(work: &str, unit: &str, raw: f64, ours: f64) {
    let ratio = ours / raw;
    println!("| {work} | {raw:.1} {unit} | {ours:.1} {unit} | {ratio:.2} |");
}

/// Turn by turn, the quickest of each, in microseconds.
fn quickest(rounds: usize, mut raw: impl FnMut(), mut ours: impl FnMut()) -> (f64, f64) {
    let mut best = [Duration::MAX; 2];
    for _ in 0..rounds {
        let works: [&mut dyn FnMut(); 2] = [&mut raw, &mut ours];
        for (best, work) in best.iter_mut().zip(works) {
            let begun = Instant::now();
            work();
            *best = begun.elapsed().min(*best);
        }
    }
    let [raw, ours] = best.map(|time| time.as_secs_f64() * 1e6);
    (raw, ours)
}

fn runtime() -> tokio::runtime::Runtime {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_all().build().expect("a runtime")
}

//! The cost of the client at scale: a first call, a first burst, many concurrent calls, calls on a
//! connection with unread responses, and a list of 10,000 pages.
//!
//! `cargo bench -p clerk-benches --bench scale` prints a table that compares the client with
//! hyper-util's pooled client, measured in the same run. For calls on a connection with unread
//! responses, the baseline is the client on a connection without unread responses. For the list,
//! the baseline is the parser alone. An argument selects a part: `first-call`, `bursts`,
//! `concurrent`, `unread` or `pages`.

#![allow(
    clippy::expect_used,
    reason = "a benchmark stops at the first unexpected result"
)]

mod bursts;
mod concurrent;
mod first_call;
mod hyper_client;
mod pages;
mod unread;

use std::time::{Duration, Instant};

/// The time for which an idle connection is kept.
const IDLE: Duration = Duration::from_secs(90);

fn main() {
    println!("| task | hyper-util | clerk-client | ratio |\n|---|---|---|---|");
    let parts: [(&str, fn()); 5] = [
        ("first-call", first_call::measure),
        ("bursts", bursts::measure),
        ("concurrent", concurrent::measure),
        ("unread", unread::measure),
        ("pages", pages::measure),
    ];
    let selected: Vec<String> = std::env::args().skip(1).collect();
    for (name, measure) in parts {
        // Cargo adds the argument --bench.
        let names = || selected.iter().filter(|argument| *argument != "--bench");
        if names().next().is_none() || names().any(|selected| selected == name) {
            measure();
        }
    }
}

fn row(task: &str, unit: &str, hyper: f64, clerk: f64) {
    let ratio = clerk / hyper;
    println!("| {task} | {hyper:.1} {unit} | {clerk:.1} {unit} | {ratio:.2} |");
}

/// Runs both functions in turn, and returns the shortest time of each in microseconds.
fn quickest(rounds: usize, mut hyper: impl FnMut(), mut clerk: impl FnMut()) -> (f64, f64) {
    let mut best = [Duration::MAX; 2];
    for _ in 0..rounds {
        let tasks: [&mut dyn FnMut(); 2] = [&mut hyper, &mut clerk];
        for (best, task) in best.iter_mut().zip(tasks) {
            let started = Instant::now();
            task();
            *best = started.elapsed().min(*best);
        }
    }
    let [hyper, clerk] = best.map(|time| time.as_secs_f64() * 1e6);
    (hyper, clerk)
}

fn runtime() -> tokio::runtime::Runtime {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_all().build().expect("a runtime")
}

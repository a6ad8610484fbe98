//! The growth of costs with the number of items: `cargo bench -p clerk-benches --bench growth`.
//!
//! The program prints a table with a row for each task, and a column for each number of items. Each
//! figure is the time of one call or one item, in microseconds. The last column divides the figure
//! for 1,000,000 items by the figure for 1,000 items. An argument selects the tasks whose names
//! contain the argument.

#![allow(
    clippy::expect_used,
    reason = "a benchmark stops at the first unexpected result"
)]

mod fake;
mod limiter;
mod lists;

use std::time::{Duration, Instant};

use futures_util::FutureExt;

const SIZES: [usize; 4] = [1_000, 10_000, 100_000, 1_000_000];

/// The name of a task, and a function. For a number of items, the function returns the microseconds
/// of one call or one item.
type Task = (&'static str, fn(usize) -> f64);

const TASKS: [Task; 12] = [
    ("a call that waits for the rate limit", limiter::wait),
    ("list all users, each", lists::list_all),
    ("`get_many`, each", lists::get_many),
    ("fake: add a user", fake::add),
    ("fake: `get_user`", fake::get_user),
    ("fake: find a user by e-mail address", fake::find),
    ("fake: list the 10 newest users", fake::list_newest),
    (
        "fake: list the 10 oldest users, by offset",
        fake::list_oldest,
    ),
    ("fake: list all users, each", fake::walk),
    ("fake: list the 10 latest updated users", fake::list_updated),
    ("fake: count the users", fake::count),
    ("fake: update a user", fake::update),
];

fn main() {
    let wanted = std::env::args()
        .skip(1)
        .find(|argument| !argument.starts_with('-'));
    println!("| µs | 1,000 | 10,000 | 100,000 | 1,000,000 | ratio |\n|---|---|---|---|---|---|");
    for (name, cost) in TASKS {
        if wanted
            .as_ref()
            .is_some_and(|wanted| !name.contains(wanted.as_str()))
        {
            continue;
        }
        let costs = SIZES.map(cost);
        let [few, .., many] = costs;
        let cells = costs.map(|cost| format!("{cost:.2}")).join(" | ");
        println!("| {name} | {cells} | {:.2} |", many / few);
    }
}

/// Returns the duration of the quickest round, in microseconds.
fn quickest(rounds: usize, mut round: impl FnMut()) -> f64 {
    let mut best = Duration::MAX;
    for _ in 0..rounds {
        let started = Instant::now();
        round();
        best = best.min(started.elapsed());
    }
    best.as_secs_f64() * 1e6
}

/// Runs a call to its end. Its transport responds immediately, so no runtime is needed.
fn complete<T, E: std::fmt::Debug>(call: impl Future<Output = Result<T, E>>) -> T {
    let result = call.now_or_never().expect("the transport does not wait");
    result.expect("a success")
}

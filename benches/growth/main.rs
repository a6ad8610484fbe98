//! The growth of costs with the number of items: `cargo bench -p clerk-benches --bench growth`.
//!
//! The program prints a table with a row for each task, and a column for each number of items. Each
//! figure is the time of one call or one item, in microseconds. The last column is the figure for
//! 1,000,000 items, divided by the figure for 1,000 items.
//!
//! The first argument selects the tasks whose names contain it. A second argument is a number of
//! items. Each selected task then runs only with this number, so that callgrind can count the
//! instructions of the task.

#![allow(
    clippy::expect_used,
    reason = "a benchmark stops at the first unexpected result"
)]

mod fake;
mod limiter;
mod lists;

use std::time::{Duration, Instant};

use futures_util::FutureExt;

/// The largest number of items.
const ITEMS: usize = 1_000_000;

const SIZES: [usize; 4] = [1_000, 10_000, 100_000, ITEMS];

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
    let mut arguments = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with('-'));
    let wanted = arguments.next().unwrap_or_default();
    let tasks = TASKS.iter().filter(|(name, _)| name.contains(&wanted));
    if let Some(count) = arguments.next() {
        let count = count.parse().expect("a number of items");
        for (name, cost) in tasks {
            println!("{name}, {count} items: {:.2} µs", cost(count));
        }
        return;
    }
    println!("| µs | 1,000 | 10,000 | 100,000 | 1,000,000 | ratio |\n|---|---|---|---|---|---|");
    for (name, cost) in tasks {
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

/// Returns the duration for one item, in microseconds. `make` makes `count` items.
///
/// The function calls `make` until there are a million items, and keeps all of them to the end. So
/// small counts use as much fresh memory as large counts.
fn kept<T>(count: usize, mut make: impl FnMut() -> T) -> f64 {
    let started = Instant::now();
    let all: Vec<T> = (0..ITEMS / count).map(|_| make()).collect();
    let time = started.elapsed();
    drop(all);
    time.as_secs_f64() * 1e6 / ITEMS as f64
}

/// Runs a call to its end. Its transport responds immediately, so no runtime is needed.
fn complete<T, E: std::fmt::Debug>(call: impl Future<Output = Result<T, E>>) -> T {
    let result = call.now_or_never().expect("the transport does not wait");
    result.expect("a success")
}

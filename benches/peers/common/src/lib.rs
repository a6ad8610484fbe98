//! The command line of the peers (the compared clients), and the loops that run their tasks.

pub mod tokens;

use std::fmt::Debug;
use std::future::Future;
use std::{env, fs};

/// Runs the task that the command line names.
///
/// - `get-user URL CALLS CONCURRENCY`: gets a user `CALLS` times. `connect` turns the base URL into
///   a function that starts a call.
/// - `decode FILE TIMES`: decodes a page of users `TIMES` times. `prepare` turns the text of the
///   file into a function that decodes it.
///
/// # Panics
///
/// Panics if the command line names another task, or if the task fails.
pub fn run<C, F, T, E, D, P>(connect: impl FnOnce(String) -> C, prepare: impl FnOnce(String) -> D)
where
    C: Fn() -> F,
    F: Future<Output = Result<T, E>> + Send + 'static,
    T: Send + 'static,
    E: Debug + Send + 'static,
    D: Fn() -> P,
{
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let number = |text: &str| text.parse().expect("a number");
    match arguments[..] {
        ["get-user", url, calls, concurrency] => {
            let url = url.to_owned();
            let (calls, concurrency) = (number(calls), number(concurrency));
            runtime().block_on(async { get(connect(url), calls, concurrency).await });
        }
        ["decode", file, times] => {
            let text = fs::read_to_string(file).expect("a file");
            decode(prepare(text), number(times));
        }
        _ => panic!("usage: get-user URL CALLS CONCURRENCY, or decode FILE TIMES"),
    }
}

/// Returns a runtime with one thread.
///
/// # Panics
///
/// Panics if the system has no resources for a runtime.
#[must_use]
pub fn runtime() -> tokio::runtime::Runtime {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_all().build().expect("a runtime")
}

async fn get<F, T, E>(call: impl Fn() -> F, calls: usize, concurrency: usize)
where
    F: Future<Output = Result<T, E>> + Send + 'static,
    T: Send + 'static,
    E: Debug + Send + 'static,
{
    for _ in 0..calls / concurrency {
        if concurrency == 1 {
            call().await.expect("a user");
            continue;
        }
        let tasks: Vec<_> = (0..concurrency).map(|_| tokio::spawn(call())).collect();
        for task in tasks {
            task.await.expect("a task").expect("a user");
        }
    }
}

/// Decodes a page `times` times. With the feature `count`, first prints the number of allocations
/// for one page, and the bytes that the decoded page holds.
fn decode<P>(once: impl Fn() -> P, times: usize) {
    #[cfg(feature = "count")]
    {
        let mut kept = None;
        let counted = allocation_counter::measure(|| kept = Some(once()));
        println!("{} {}", counted.count_total, counted.bytes_current);
    }
    for _ in 0..times {
        std::hint::black_box(once());
    }
}

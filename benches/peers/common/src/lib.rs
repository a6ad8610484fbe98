//! What each of the peers is told to do.

use std::env;
use std::fs;

/// The work, by the command line.
pub enum Work {
    /// `get-user URL CALLS AT_ONCE`: so many calls, so many of them at a time.
    GetUser {
        /// The base URL.
        url: String,
        /// How many calls.
        calls: usize,
        /// How many of them at once.
        at_once: usize,
    },
    /// `decode FILE TIMES`: a page of users, so many times.
    Decode {
        /// The page.
        text: String,
        /// How often.
        times: usize,
    },
}

/// What the command line says.
///
/// # Panics
///
/// When it says something else.
pub fn work() -> Work {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let number = |text: &str| text.parse().expect("a number");
    match arguments[..] {
        ["get-user", url, calls, at_once] => Work::GetUser {
            url: url.to_owned(),
            calls: number(calls),
            at_once: number(at_once),
        },
        ["decode", file, times] => Work::Decode {
            text: fs::read_to_string(file).expect("a file"),
            times: number(times),
        },
        _ => panic!("get-user URL CALLS AT_ONCE, or decode FILE TIMES"),
    }
}

/// Decodes so many times; with the feature `count`, says what one time allocates and holds.
pub fn decode<T>(times: usize, once: impl Fn() -> T) {
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

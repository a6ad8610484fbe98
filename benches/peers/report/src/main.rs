//! Measures the peers (the compared clients), and writes four tables of
//! docs/internals/performance.md.
//!
//! `cargo run --release -p report` starts the program. An argument selects a part. Without an
//! argument, the program measures all tables.
//!
//! - `tokens`: the verification of session tokens
//! - `walk`: the listing of 100,000 users, also with Clerk's SDKs for JavaScript and Python, which
//!   the program installs
//! - `features`: the cost of features in an application that does not use them
//! - `check`: a comparison of clerk-client's costs with costs.txt
//!
//! Callgrind counts the instructions. The start of a program is not counted. If valgrind is not
//! installed, no instructions are counted. Without an argument or with `features`, the program
//! builds peers from scratch, which takes minutes.

mod costs;
mod features;
mod measure;
mod table;
mod tokens;
mod walk;

use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

use crate::measure::{
    Bench, FULL_PAGE, PAGE, Peer, decode_times, heap, instructions_per_decode, page_bytes,
};
use crate::table::{Table, grouped};

const ONE_CALL: &str = "instructions per `get_user`, one after the other";
const ONE_PAGE: &str = "instructions to decode 500 users";
/// The number of users of a page.
const USERS: u64 = 500;

fn main() -> ExitCode {
    let peers = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    env::set_current_dir(&peers).expect("the peers' folder");
    match env::args().nth(1).as_deref() {
        Some("tokens") => tokens::report(),
        Some("walk") => walk::report(),
        Some("features") => features::report(),
        Some("check") => {
            return costs::check(&Bench::start_with(&[]), &Peer::build("peer-clerk-client"));
        }
        None => {
            compare();
            tokens::report();
            walk::report();
            features::report();
        }
        Some(part) => {
            eprintln!("unknown part `{part}`; expected tokens, walk, features, check, or nothing");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

/// Measures hyper, clerk-rs and clerk-client. Writes the table of calls, decoded pages, crates,
/// builds and binaries.
fn compare() {
    let bench = Bench::start_with(&[]);
    let peers = ["peer-hyper", "peer-clerk-rs", "peer-clerk-client"].map(Peer::build);

    let mut table = Table {
        columns: ["hyper", "clerk-rs 0.5.0", "clerk-client"],
        compared: [1, 2],
        rows: Vec::new(),
    };
    let per_call = |peer: &Peer, concurrency| bench.instructions_per_call(peer, concurrency);
    table.row(
        ONE_CALL,
        "≤ 100,000",
        peers.each_ref().map(|peer| per_call(peer, 1)),
    );
    table.row(
        "instructions per `get_user`, 64 concurrently",
        "≤ 0.6 × clerk-rs",
        peers.each_ref().map(|peer| per_call(peer, 64)),
    );
    let decoded = [
        (
            PAGE,
            [
                (ONE_PAGE, "≤ 23,200,000"),
                ("microseconds to decode 500 users", "≤ 0.45 × clerk-rs"),
                (
                    "microseconds to decode 500 users, memory kept",
                    "≤ 0.55 × clerk-rs",
                ),
                ("allocations to decode 500 users", "≤ 11,000"),
                ("bytes held by 500 users", "≤ 1,400,000"),
            ],
        ),
        (
            FULL_PAGE,
            [
                ("instructions to decode 500 full users", "–"),
                ("microseconds to decode 500 full users", "–"),
                ("microseconds to decode 500 full users, memory kept", "–"),
                ("allocations to decode 500 full users", "–"),
                ("bytes held by 500 full users", "–"),
            ],
        ),
    ];
    for (page, [instructions, trimmed, kept, allocations, bytes]) in decoded {
        let heaps = peers.each_ref().map(|peer| heap(peer, page));
        let figures = [
            (
                instructions,
                peers
                    .each_ref()
                    .map(|peer| instructions_per_decode(peer, page)),
            ),
            (trimmed, decode_times(&peers, page, true)),
            (kept, decode_times(&peers, page, false)),
            (allocations, heaps.map(|(allocations, _)| Some(allocations))),
            (bytes, heaps.map(|(_, bytes)| Some(bytes))),
        ];
        for ((task, goal), measured) in figures {
            table.row(task, goal, measured);
        }
    }
    table.row(
        "crates in the tree",
        "≤ 64",
        peers.each_ref().map(|peer| Some(peer.crates())),
    );
    table.row(
        "CPU seconds of a cold release build",
        "≤ 0.45 × clerk-rs",
        peers.each_ref().map(|peer| Some(peer.cold_build_seconds())),
    );
    table.row(
        "bytes of the stripped binary",
        "≤ 3,950,000",
        peers.each_ref().map(|peer| Some(peer.bytes())),
    );

    let [bytes, full_bytes] = [PAGE, FULL_PAGE].map(|page| grouped(page_bytes(page)));
    let pages = format!(
        "The page of 500 users has {bytes} bytes, that of 500 full users {full_bytes} bytes."
    );
    let sum = sum_of_parts(&table).unwrap_or_default();
    write("measured", &format!("{table}\n{pages}\n{sum}"));
}

/// Compares the instructions of a call with the sum of its parts. The parts are hyper's call
/// without hyper's decoding of a user, and clerk-client's decoding of a user. The decoding of a
/// user counts as a 500th of the decoding of a page. Returns `None` without valgrind.
fn sum_of_parts(table: &Table<3>) -> Option<String> {
    let of_task = |task: &str| {
        let row = table.rows.iter().find(|(known, ..)| *known == task);
        row.map(|(_, _, [hyper, _, clerk_client])| Some(((*hyper)?, (*clerk_client)?)))?
    };
    let (hyper_call, call) = of_task(ONE_CALL)?;
    let (hyper_page, page) = of_task(ONE_PAGE)?;
    let sum = hyper_call.checked_sub(hyper_page / USERS)? + page / USERS;
    let ratio = call as f64 / sum as f64;
    let sum = grouped(sum);
    Some(format!(
        "A call of hyper that parses nothing takes, together with clerk-client's decoding of the same user,\n{sum} instructions. A call of `get_user` takes {ratio:.2} of that sum; the goal is 1.02.\n"
    ))
}

/// Writes a text into the section `name` of docs/internals/performance.md, and prints the text.
fn write(name: &str, text: &str) {
    let page = "../../docs/internals/performance.md";
    let before = fs::read_to_string(page).unwrap_or_default();
    let after = table::replace(&before, name, text);
    fs::write(page, after).expect("docs/internals/performance.md");
    println!("{text}");
}

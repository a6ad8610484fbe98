//! Measures the peers, and writes docs/performance.md: `cargo run --release -p report`. With `check`,
//! counts this client's costs alone, and holds them against those that are written in costs.txt.
//!
//! Instructions are counted by callgrind, as what more calls cost more; where valgrind is not
//! installed they are left out. Cold builds take minutes.

mod costs;
mod measure;
mod table;

use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

use crate::measure::{Bench, Subject};
use crate::table::Table;

fn main() -> ExitCode {
    let peers = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    env::set_current_dir(&peers).expect("the folder of the peers");
    let bench = Bench::start();
    if env::args().nth(1).as_deref() == Some("check") {
        return costs::check(&bench, &Subject::build("ours"));
    }
    let subjects = ["raw", "incumbent", "ours"].map(Subject::build);

    let mut table = Table::default();
    let per_call = |subject: &Subject, at_once| bench.instructions_per_call(subject, at_once);
    table.row(
        "instructions per `get_user`, one after the other",
        "≤ 100,000",
        subjects.each_ref().map(|subject| per_call(subject, 1)),
    );
    table.row(
        "instructions per `get_user`, 64 at once",
        "≤ 0.6 × clerk-rs",
        subjects.each_ref().map(|subject| per_call(subject, 64)),
    );
    table.row(
        "instructions to decode 500 users",
        "≤ 21,000,000",
        subjects
            .each_ref()
            .map(|subject| bench.instructions_per_decode(subject)),
    );
    table.row(
        "microseconds to decode 500 users",
        "≤ 0.45 × clerk-rs",
        bench.decode_times(&subjects),
    );
    let heaps = subjects.each_ref().map(|subject| bench.heap(subject));
    table.row(
        "allocations to decode 500 users",
        "≤ 11,000",
        heaps.map(|(allocations, _)| Some(allocations)),
    );
    table.row(
        "bytes held by 500 users",
        "≤ 1,400,000",
        heaps.map(|(_, bytes)| Some(bytes)),
    );
    table.row(
        "crates in the tree",
        "≤ 64",
        subjects.each_ref().map(|subject| Some(subject.crates())),
    );
    table.row(
        "CPU seconds of a cold release build",
        "≤ 95",
        subjects
            .each_ref()
            .map(|subject| Some(subject.cold_build_seconds())),
    );
    table.row(
        "bytes of the stripped binary",
        "≤ 3,900,000",
        subjects.each_ref().map(|subject| Some(subject.bytes())),
    );

    let page = "../../docs/performance.md";
    let text = fs::read_to_string(page).unwrap_or_default();
    let text = table.put_into(&text, bench.page_bytes());
    fs::write(page, text).expect("docs/performance.md");
    println!("{table}");
    ExitCode::SUCCESS
}

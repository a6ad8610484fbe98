//! Counts that come out the same on every run, held against those that are written down.

use std::fs;
use std::process::ExitCode;

use crate::measure::{Bench, Subject};

const FILE: &str = "costs.txt";
/// Compilers and C libraries differ by this, in hundredths.
const MARGIN: u64 = 5;

pub(crate) fn check(bench: &Bench, ours: &Subject) -> ExitCode {
    let (allocations, held) = bench.heap(ours);
    let counted = [
        ("allocations-per-page", Some(allocations)),
        ("bytes-held-per-page", Some(held)),
        ("instructions-per-page", bench.instructions_per_decode(ours)),
        (
            "instructions-per-call-alone",
            bench.instructions_per_call(ours, 1),
        ),
        (
            "instructions-per-call-of-64",
            bench.instructions_per_call(ours, 64),
        ),
    ];
    let written = fs::read_to_string(FILE).expect(FILE);
    let mut dearer = false;
    for (name, counted) in counted {
        let line = written.lines().find_map(|line| line.strip_prefix(name));
        let known: u64 = line
            .and_then(|line| line.trim().parse().ok())
            .unwrap_or_else(|| panic!("{FILE} has no {name}"));
        let Some(counted) = counted else {
            println!("{name}: skipped, there is no valgrind");
            continue;
        };
        let most = known + known * MARGIN / 100;
        println!("{name}: {counted}, at most {most}");
        dearer |= counted > most;
    }
    if dearer {
        eprintln!("It costs more than {FILE} says. If it has to, write the new cost there.");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

//! Compares the costs of clerk-client with the expected costs in `costs.txt`. The file has only
//! costs that hardly vary between runs.

use std::fs;
use std::process::ExitCode;

use crate::measure::{Bench, FULL_PAGE, PAGE, Peer, heap, instructions_per_decode};
use crate::tokens::{FEW, Tokens, crates_of_auth};

const FILE: &str = "costs.txt";
/// The allowed excess in percent. It is not zero, because compilers and C libraries differ.
const MARGIN: u64 = 5;

/// Measures clerk-client and fails if a cost exceeds the expected one by more than the margin.
pub(crate) fn check(bench: &Bench, client: &Peer) -> ExitCode {
    let (allocations, held) = heap(client, PAGE);
    let (allocations_of_full, held_by_full) = heap(client, FULL_PAGE);
    let tokens = Tokens::sign();
    let measured = [
        ("allocations-per-page", Some(allocations)),
        ("bytes-held-per-page", Some(held)),
        ("allocations-per-full-page", Some(allocations_of_full)),
        ("bytes-held-per-full-page", Some(held_by_full)),
        (
            "instructions-per-page",
            instructions_per_decode(client, PAGE),
        ),
        (
            "instructions-per-full-page",
            instructions_per_decode(client, FULL_PAGE),
        ),
        (
            "instructions-per-call-alone",
            bench.instructions_per_call(client, 1),
        ),
        (
            "instructions-per-call-of-64",
            bench.instructions_per_call(client, 64),
        ),
        (
            "instructions-per-new-token",
            tokens.instructions_per_token("clerk-client", "new"),
        ),
        (
            "instructions-per-seen-token",
            tokens.instructions_per_token("clerk-client", "seen"),
        ),
        (
            "instructions-per-unknown-key",
            tokens.instructions_per_token("clerk-client", "unknown-key"),
        ),
        (
            "instructions-per-token-in-pure-rust",
            tokens.instructions_per_token("pure", "new"),
        ),
        ("bytes-held-by-remembered-tokens", Some(tokens.held(FEW))),
        ("crates-of-auth", Some(crates_of_auth())),
        ("crates-in-the-tree", Some(client.crates())),
        ("bytes-of-the-stripped-binary", Some(client.bytes())),
    ];
    let expected_costs = fs::read_to_string(FILE).expect(FILE);
    let mut exceeded = Vec::new();
    for (name, measured) in measured {
        let line = expected_costs
            .lines()
            .find_map(|line| line.strip_prefix(name));
        let expected: u64 = line
            .and_then(|line| line.trim().parse().ok())
            .unwrap_or_else(|| panic!("{FILE} has no number for {name}"));
        let Some(measured) = measured else {
            println!("{name}: skipped, valgrind is not installed");
            continue;
        };
        let limit = expected + expected * MARGIN / 100;
        println!("{name}: {measured}, limit {limit}");
        if measured > limit {
            exceeded.push(name);
        }
    }
    if !exceeded.is_empty() {
        let exceeded = exceeded.join(", ");
        eprintln!(
            "costs exceed their limits: {exceeded}; if this is justified, write the new costs \
             into {FILE}"
        );
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

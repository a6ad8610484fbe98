//! The measurements of session tokens.

use std::collections::BTreeSet;
use std::process::Command;

use crate::measure::{Peer, cargo, counted, instructions, output};
use crate::table::{Table, grouped};

const FILE: &str = "target/tokens.txt";
/// The numbers of distinct tokens after which the memory is measured. The verifier forgets tokens
/// in groups of 512. Both numbers are 64 more than a multiple of 512, so the verifier remembers the
/// same number of tokens after both.
pub(crate) const FEW: &str = "10304";
const MANY: &str = "1000000";

/// The program that verifies the tokens in [`FILE`] with clerk-client or ring, and the modulus of
/// the tokens' key.
pub(crate) struct Tokens {
    client: Peer,
    modulus: String,
}

impl Tokens {
    pub(crate) fn sign() -> Self {
        let client = Peer::build("tokens");
        let modulus = output(Command::new(client.program()).args(["sign", FILE, "1200"]));
        let modulus = modulus.trim().to_owned();
        Self { client, modulus }
    }

    /// Returns the number of instructions that clerk-client executes for a token. `crypto` is
    /// `clerk-client` or `pure`.
    pub(crate) fn instructions_per_token(&self, crypto: &str, case: &str) -> Option<u64> {
        self.instructions(&self.client, crypto, case)
    }

    fn instructions(&self, peer: &Peer, name: &str, case: &str) -> Option<u64> {
        let count = |times| instructions(peer, &[name, case, FILE, times, &self.modulus]);
        Some((count("1100")? - count("100")?) / 1_000)
    }

    /// Returns the bytes that a verifier holds after it has verified distinct tokens. `distinct` is
    /// their number.
    pub(crate) fn held(&self, distinct: &str) -> u64 {
        counted(&self.client, &["hold", distinct]).0
    }
}

/// Returns the number of crates that the feature `auth` adds to the dependencies of the default
/// features.
pub(crate) fn crates_of_auth() -> u64 {
    let crates = |features: &str| {
        let tree = cargo(&[
            "tree",
            "--manifest-path",
            "../../Cargo.toml",
            "--package",
            "clerk-client",
            "--locked",
            "--edges",
            "normal",
            "--prefix",
            "none",
            "--features",
            features,
        ]);
        let lines = tree
            .lines()
            .map(|line| line.trim_end_matches(" (*)").to_owned());
        lines
            .filter(|line| !line.is_empty())
            .collect::<BTreeSet<_>>()
    };
    crates("auth").difference(&crates("")).count() as u64
}

/// Measures all peers (the compared clients), and writes the table.
pub(crate) fn report() {
    let tokens = Tokens::sign();
    let others = Peer::build("tokens-peers");
    let mut table = Table {
        columns: [
            "ring alone",
            "jsonwebtoken 9",
            "clerk-rs 0.5.0",
            "clerk-client",
            "pure Rust",
        ],
        compared: [2, 3],
        rows: Vec::new(),
    };
    let peers = [
        ("ring", &tokens.client),
        ("jsonwebtoken", &others),
        ("clerk-rs", &others),
        ("clerk-client", &tokens.client),
        ("pure", &tokens.client),
    ];
    let has_keys = |name: &str| !["ring", "jsonwebtoken"].contains(&name);
    let instructions = |case| {
        let of = |(name, peer): (&str, &Peer)| match case {
            "unknown-key" if !has_keys(name) => None,
            _ => tokens.instructions(peer, name, case),
        };
        peers.map(of)
    };
    table.row(
        "instructions for a new token",
        "≤ 0.95 × clerk-rs, ≤ 1.1 × ring; pure ≤ 1.6 × ring",
        instructions("new"),
    );
    table.row(
        "instructions for a token seen before",
        "≤ 0.05 × clerk-rs",
        instructions("seen"),
    );
    table.row(
        "instructions for a token with an unknown key id",
        "≤ 0.05 × a new token of clerk-rs",
        instructions("unknown-key"),
    );
    let (few, many) = (tokens.held(FEW), tokens.held(MANY));
    table.row(
        "bytes held after 10,304 distinct tokens",
        "–",
        [None, None, None, Some(few), None],
    );
    table.row(
        "bytes held after 1,000,000 distinct tokens",
        "the same",
        [None, None, None, Some(many), None],
    );
    table.row(
        "crates that `auth` adds to the default tree",
        "≤ 2",
        [None, None, None, Some(crates_of_auth()), None],
    );
    let text = std::fs::read_to_string(FILE).expect(FILE);
    let bytes = text.lines().next().map_or(0, str::len) as u64;
    let bytes = grouped(bytes);
    crate::write("tokens", &format!("{table}\nA token has {bytes} bytes.\n"));
}

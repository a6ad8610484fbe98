//! The loop that verifies session tokens.

use std::fs;

/// The kind of tokens that a measurement verifies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// Each token is new.
    New,
    /// The same token is verified each time.
    Seen,
    /// The instance has no key with the key id of the token.
    UnknownKey,
}

impl Case {
    /// Reads the name of a case: `new`, `seen` or `unknown-key`.
    ///
    /// # Panics
    ///
    /// Panics if there is no such case.
    #[must_use]
    pub fn new(name: &str) -> Self {
        match name {
            "new" => Self::New,
            "seen" => Self::Seen,
            "unknown-key" => Self::UnknownKey,
            _ => panic!("invalid case {name:?}: it must be new, seen or unknown-key"),
        }
    }

    /// Returns the id of the instance's key. The key id in the tokens is `ins_1`.
    #[must_use]
    pub fn kid(self) -> &'static str {
        match self {
            Self::New | Self::Seen => "ins_1",
            Self::UnknownKey => "ins_2",
        }
    }
}

/// Verifies `times` tokens. `file` has a token in each line. `verify` returns whether a token is
/// valid.
///
/// # Panics
///
/// Panics if the result is not the one that `case` expects, or if the file has too few tokens.
pub fn verify(case: Case, file: &str, times: &str, verify: impl AsyncFn(&str) -> bool) {
    let times = times.parse().expect("a number");
    let text = fs::read_to_string(file).expect("a file");
    let tokens: Vec<&str> = text.lines().collect();
    crate::runtime().block_on(async {
        for at in 0..times {
            let token = tokens[if case == Case::Seen { 0 } else { at }];
            assert_eq!(verify(token).await, case != Case::UnknownKey);
        }
    });
}

//! The tests of `clerk-client`.

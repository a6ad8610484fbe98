//! The operation that returns the keys of an instance.

pub(crate) mod keys;

//! The operation on the keys of an instance.

pub(crate) mod keys;

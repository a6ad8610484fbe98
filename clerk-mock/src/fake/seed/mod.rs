//! Reading a seed, which is the state of an instance as JSON.

mod object_reader;
pub(crate) mod read;
pub(crate) mod seed_error;
mod text;

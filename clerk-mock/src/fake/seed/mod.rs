//! Reading the state of an instance from JSON, which is called a seed.

mod object_reader;
pub(crate) mod read;
pub(crate) mod seed_error;
mod text;

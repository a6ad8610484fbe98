//! Decoding of responses, and what holds for any input.

mod memory;
mod properties;
mod scalars;
mod tolerance;

//! Decoding of responses, and what holds for any input.

mod properties;
mod scalars;
mod tolerance;

//! Decoding of responses, and what holds for any input.

mod damaged;
mod formats;
mod memory;
mod properties;
mod scalars;
mod tolerance;

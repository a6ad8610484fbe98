//! Decoding of responses, and properties that hold for any input.

mod damaged;
mod formats;
mod memory;
mod properties;
mod scalars;
mod tolerance;

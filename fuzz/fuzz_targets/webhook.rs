//! See `tests/it/decoding/properties/webhook.rs`.
#![no_main]

#[allow(dead_code, reason = "the other checks are targets of their own")]
#[path = "../../tests/it/decoding/properties/mod.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|data: &[u8]| properties::webhook::check(data));

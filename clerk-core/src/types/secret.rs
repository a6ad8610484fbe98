//! Values that are never printed.

use std::fmt;

use crate::json::redacted::Redacted;
use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

/// A password, code, digest or token. Requests contain the plain text, and `Debug` shows
/// `[redacted]`.
///
/// The memory is not wiped on drop, because HTTP stacks keep copies of the data that they send.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct SecretString(Box<str>);

impl SecretString {
    /// Returns the secret in plain text. Do not log it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether the value is the empty string.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for SecretString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Redacted.fmt(f)
    }
}

impl From<&str> for SecretString {
    fn from(value: &str) -> Self {
        Self(value.into())
    }
}

impl From<String> for SecretString {
    fn from(value: String) -> Self {
        Self(value.into())
    }
}

impl From<&String> for SecretString {
    fn from(value: &String) -> Self {
        value.as_str().into()
    }
}

impl From<&SecretString> for SecretString {
    fn from(value: &SecretString) -> Self {
        value.clone()
    }
}

impl Serialize for SecretString {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

crate::json::nullable::nullable!(SecretString);

impl<'de> Deserialize<'de> for SecretString {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Box::deserialize(deserializer).map(Self)
    }
}

#[cfg(feature = "_samples")]
impl crate::samples::Sample for SecretString {
    fn sample(sampler: &crate::samples::Sampler, name: &str) -> Self {
        sampler.text(name).into()
    }
}

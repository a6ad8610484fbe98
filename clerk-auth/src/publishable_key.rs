use std::env::VarError;
use std::fmt;

use base64::Engine;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use clerk_core::Error;

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The publishable key of an instance: `pk_test_…` or `pk_live_…`. It is not a secret.
///
/// It contains the host of the instance's Frontend API.
#[derive(Clone, PartialEq, Eq)]
pub struct PublishableKey {
    text: String,
    frontend_api: String,
}

impl PublishableKey {
    /// The environment variable from which Clerk's SDKs read the key.
    pub const ENV: &'static str = "CLERK_PUBLISHABLE_KEY";

    /// Creates a key after checking its format. White space around the key is removed.
    ///
    /// # Errors
    ///
    /// Returns a [`Configuration`](clerk_core::ErrorKind::Configuration) error if the key does not
    /// have the form `pk_test_…` or `pk_live_…`, or contains no host.
    pub fn new(key: impl AsRef<str>) -> Result<Self, Error> {
        let text = key.as_ref().trim();
        let refuse = |why: &str| {
            let message = format!("invalid publishable key: {why}; copy it from Clerk's dashboard");
            Err(Error::configuration(message))
        };
        if text.starts_with("sk_") {
            return refuse("it is a secret key (sk_…), which must stay secret");
        }
        let encoded = text.strip_prefix("pk_test_");
        let Some(encoded) = encoded.or_else(|| text.strip_prefix("pk_live_")) else {
            return refuse("it does not have the form pk_test_… or pk_live_…");
        };
        let decoded = BASE64.decode(encoded).ok();
        let decoded = decoded.and_then(|bytes| String::from_utf8(bytes).ok());
        let host = decoded.as_deref().and_then(|host| host.strip_suffix('$'));
        match host {
            Some(host) if is_host(host) => Ok(Self {
                text: text.to_owned(),
                frontend_api: host.to_owned(),
            }),
            _ => refuse("it does not name a host"),
        }
    }

    /// Reads the key from the environment variable `CLERK_PUBLISHABLE_KEY`.
    ///
    /// # Errors
    ///
    /// Returns an error if the variable is not set or not Unicode, or if [`PublishableKey::new`]
    /// rejects its value.
    pub fn from_env() -> Result<Self, Error> {
        let why = match std::env::var(Self::ENV) {
            Ok(key) => return Self::new(key),
            Err(VarError::NotPresent) => "is not set",
            Err(VarError::NotUnicode(_)) => "is not Unicode",
        };
        let message = format!("the environment variable {} {why}", Self::ENV);
        Err(Error::configuration(message))
    }

    /// Returns the text of the key.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the host of the instance's Frontend API, such as `clerk.example.com`.
    #[must_use]
    pub fn frontend_api(&self) -> &str {
        &self.frontend_api
    }
}

fn is_host(host: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let mut labels = host.split('.');
    host.len() <= 253
        && host.contains('.')
        && labels.all(|label| !label.is_empty() && label.bytes().all(fits))
}

impl fmt::Debug for PublishableKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PublishableKey").field(&self.text).finish()
    }
}

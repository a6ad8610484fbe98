//! The secret key of a Clerk instance.

use std::env::VarError;
use std::fmt;

use http::HeaderValue;

use crate::client::error::Error;
use crate::json::redacted::Redacted;

/// The secret key of a Clerk instance: `sk_test_…` or `sk_live_…`.
///
/// You find it in the Clerk Dashboard under *API keys*. The key is never printed: `Debug` shows
/// only whether it is live, and the `Authorization` header is marked sensitive.
#[derive(Clone)]
pub struct SecretKey {
    authorization: HeaderValue,
    live: bool,
}

impl SecretKey {
    /// The name of the environment variable that [`SecretKey::from_env`] reads.
    pub const ENV: &'static str = "CLERK_SECRET_KEY";

    /// Creates a secret key after checking its format.
    ///
    /// # Errors
    ///
    /// Returns an error if the key is empty, contains a character that is not printable ASCII, or
    /// does not have the form `sk_test_…` or `sk_live_…`. The message gives the reason, never the
    /// key.
    pub fn new(key: impl AsRef<str>) -> Result<Self, Error> {
        let key = key.as_ref();
        let refuse = |why: &str| Err(Error::configuration(format!("invalid secret key: {why}")));
        if key.is_empty() {
            return refuse("it is empty; Clerk's Dashboard shows it under API keys");
        }
        if key.trim() != key {
            return refuse("it starts or ends with white space or a newline; trim it");
        }
        if let Some(at) = key.bytes().position(|byte| !byte.is_ascii_graphic()) {
            return refuse(&format!(
                "it contains an invalid character at byte {at} (white space, a control character or not ASCII)"
            ));
        }
        if key.starts_with("pk_") {
            return refuse(
                "it is a publishable key (pk_…); the Backend API takes the secret one (sk_…)",
            );
        }
        let live = match (key.strip_prefix("sk_live_"), key.strip_prefix("sk_test_")) {
            (Some(rest), _) if !rest.is_empty() => true,
            (_, Some(rest)) if !rest.is_empty() => false,
            _ => return refuse("it does not have the form sk_test_… or sk_live_…"),
        };
        let Ok(mut authorization) = HeaderValue::try_from(format!("Bearer {key}")) else {
            return refuse("it is not a valid header value");
        };
        authorization.set_sensitive(true);
        Ok(Self {
            authorization,
            live,
        })
    }

    /// Reads the key from the environment variable `CLERK_SECRET_KEY`.
    ///
    /// # Errors
    ///
    /// Returns an error if the variable is not set or not Unicode, or if [`SecretKey::new`] rejects
    /// its value.
    pub fn from_env() -> Result<Self, Error> {
        match std::env::var(Self::ENV) {
            Ok(key) => Self::new(key),
            Err(error) => {
                let why = match error {
                    VarError::NotPresent => "is not set",
                    VarError::NotUnicode(_) => "is not Unicode",
                };
                let message = format!("the environment variable {} {why}", Self::ENV);
                Err(Error::configuration(message))
            }
        }
    }

    /// Whether this is the key of a production instance (`sk_live_…`).
    #[must_use]
    pub const fn is_live(&self) -> bool {
        self.live
    }

    /// Returns `Bearer sk_…`, marked sensitive.
    pub(crate) fn authorization(&self) -> &HeaderValue {
        &self.authorization
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SecretKey")
            .field("live", &self.live)
            .field("key", &Redacted)
            .finish()
    }
}

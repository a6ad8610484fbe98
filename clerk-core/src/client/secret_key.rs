use std::fmt;

use http::HeaderValue;

use crate::client::error::Error;
use crate::client::variable;
use crate::json::redacted::Redacted;

/// The secret key of a Clerk instance, `sk_test_…` or `sk_live_…`, or of a machine, `ak_…`.
///
/// You find the key of the instance in the Clerk Dashboard under *API keys*. The key is never
/// printed: `Debug` shows only its kind, and the `Authorization` header is marked sensitive.
///
/// Only the operations on [M2M tokens](crate::api::M2mTokensApi) accept a machine's key. The
/// creation of an M2M token accepts only a machine's key.
#[derive(Clone)]
pub struct SecretKey {
    authorization: HeaderValue,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Live,
    Test,
    Machine,
}

impl SecretKey {
    /// The name of the environment variable that [`SecretKey::from_env`] reads.
    pub const ENV: &'static str = "CLERK_SECRET_KEY";

    /// Creates the secret key of an instance after checking its format.
    ///
    /// # Errors
    ///
    /// Returns an error if the key does not have the form `sk_test_…` or `sk_live_…`. Also returns
    /// an error if the key contains white space, or a character that is not printable ASCII. The
    /// message gives the reason, never the key.
    pub fn new(key: impl AsRef<str>) -> Result<Self, Error> {
        let key = key.as_ref();
        check(
            key,
            "it is empty; Clerk's Dashboard shows it under API keys",
            "it is a publishable key (pk_…); the Backend API takes the secret one (sk_…)",
        )?;
        match (key.strip_prefix("sk_live_"), key.strip_prefix("sk_test_")) {
            (Some(rest), _) if !rest.is_empty() => Self::bearer(key, Kind::Live),
            (_, Some(rest)) if !rest.is_empty() => Self::bearer(key, Kind::Test),
            _ if key.starts_with("ak_") => Err(invalid(
                "it has the form of a machine's key (ak_…); create it with SecretKey::machine",
            )),
            _ => Err(invalid("it does not have the form sk_test_… or sk_live_…")),
        }
    }

    /// Creates the secret key of a machine after checking its format.
    ///
    /// [`create_machine`] and [`get_machine_secret_key`] return the key.
    ///
    /// ```
    /// use clerk_client::SecretKey;
    ///
    /// let key = SecretKey::machine("ak_of_the_machine")?;
    /// assert!(key.is_machine());
    /// # Ok::<(), clerk_client::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the key does not have the form `ak_…`. Also returns an error if the key
    /// contains white space, or a character that is not printable ASCII. The message gives the
    /// reason, never the key.
    ///
    /// [`create_machine`]: crate::api::MachinesApi::create_machine
    /// [`get_machine_secret_key`]: crate::api::MachinesApi::get_machine_secret_key
    pub fn machine(key: impl AsRef<str>) -> Result<Self, Error> {
        let key = key.as_ref();
        check(
            key,
            "it is empty; get_machine_secret_key returns a machine's key",
            "it is a publishable key (pk_…); a machine has a secret one (ak_…)",
        )?;
        match key.strip_prefix("ak_") {
            Some(rest) if !rest.is_empty() => Self::bearer(key, Kind::Machine),
            _ if key.starts_with("sk_") => Err(invalid(
                "it has the form of an instance's key (sk_…); create it with SecretKey::new",
            )),
            _ => Err(invalid("it does not have the form ak_…")),
        }
    }

    fn bearer(key: &str, kind: Kind) -> Result<Self, Error> {
        let Ok(mut authorization) = HeaderValue::try_from(format!("Bearer {key}")) else {
            return Err(invalid("it is not a valid header value"));
        };
        authorization.set_sensitive(true);
        Ok(Self {
            authorization,
            kind,
        })
    }

    /// Reads the key of the instance from the environment variable `CLERK_SECRET_KEY`.
    ///
    /// # Errors
    ///
    /// Returns an error if the variable is not set or not Unicode, or if [`SecretKey::new`] rejects
    /// its value.
    pub fn from_env() -> Result<Self, Error> {
        Self::new(variable::required(Self::ENV)?)
    }

    /// Whether this is the key of a production instance (`sk_live_…`). False for a machine's key,
    /// which does not contain the type of its instance.
    #[must_use]
    pub const fn is_live(&self) -> bool {
        matches!(self.kind, Kind::Live)
    }

    /// Whether this is the key of a machine (`ak_…`).
    #[must_use]
    pub const fn is_machine(&self) -> bool {
        matches!(self.kind, Kind::Machine)
    }

    /// Returns `Bearer` and the key, marked sensitive.
    pub(crate) fn authorization(&self) -> &HeaderValue {
        &self.authorization
    }
}

/// Returns an error if a text cannot be the secret key of an instance or of a machine.
fn check(key: &str, empty: &str, publishable: &str) -> Result<(), Error> {
    if key.is_empty() {
        return Err(invalid(empty));
    }
    if key.trim() != key {
        return Err(invalid(
            "it starts or ends with white space or a newline; trim it",
        ));
    }
    if let Some(at) = key.bytes().position(|byte| !byte.is_ascii_graphic()) {
        return Err(invalid(&format!(
            "it contains an invalid character at byte {at} (white space, a control character or not ASCII)"
        )));
    }
    if key.starts_with("pk_") {
        return Err(invalid(publishable));
    }
    Ok(())
}

fn invalid(why: &str) -> Error {
    Error::configuration(format!("invalid secret key: {why}"))
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SecretKey")
            .field("kind", &self.kind)
            .field("key", &Redacted)
            .finish()
    }
}

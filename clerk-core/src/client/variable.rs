use std::env::VarError;

use crate::client::error::Error;

/// Reads an environment variable. `None` if it is not set.
///
/// # Errors
///
/// Returns an error if the value is not Unicode. The message does not contain the value.
pub(crate) fn optional(name: &str) -> Result<Option<String>, Error> {
    match std::env::var(name) {
        Ok(value) => Ok(Some(value)),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(Error::configuration(format!(
            "the environment variable {name} is not Unicode"
        ))),
    }
}

/// Reads an environment variable that must be set.
///
/// # Errors
///
/// Returns an error if the variable is not set or its value is not Unicode.
pub(crate) fn required(name: &str) -> Result<String, Error> {
    optional(name)?
        .ok_or_else(|| Error::configuration(format!("the environment variable {name} is not set")))
}

//! The responses that a model expects of the fake. A model is a second, simple implementation of
//! Clerk. The tests compare the expected with the actual responses.

use clerk_client::Error;

/// The expected result of an operation: a value, or a status and a code.
pub(super) type Expected<T> = Result<T, (u16, &'static str)>;

/// Returns the status and the code of an error.
pub(super) fn code(error: Error) -> (u16, String) {
    let status = error.status().unwrap_or_else(|| panic!("{error}"));
    (status.as_u16(), error.code().unwrap_or_default().to_owned())
}

/// Returns an expected error in the form that [`code`] returns.
pub(super) fn owned((status, code): (u16, &str)) -> (u16, String) {
    (status, code.to_owned())
}

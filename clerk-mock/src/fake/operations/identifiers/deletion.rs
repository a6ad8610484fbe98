//! Identifiers that cannot be deleted.

use clerk_core::models::IdentificationLink;

use crate::fake::operations::codes;
use crate::fake::operations::response::ApiError;

/// Returns an error if an identifier is linked to connected accounts. `name` describes the
/// identifier in the message, such as `email address`.
pub(crate) fn refuse_linked(name: &str, links: &[IdentificationLink]) -> Result<(), ApiError> {
    if links.is_empty() {
        return Ok(());
    }
    let message =
        format!("The {name} is linked to a connected account. Remove that account first.");
    Err(ApiError::new(
        codes::DELETE_LINKED_IDENTIFICATION_DISALLOWED,
        &message,
    ))
}

/// Returns an error if users must have an identifier of a kind, and a user has only one.
///
/// `is_required` says whether the settings require this kind. `count` is the number of such
/// identifiers that the user has. `name` describes the identifier in the message.
pub(crate) fn refuse_last_required(
    name: &str,
    is_required: bool,
    count: usize,
) -> Result<(), ApiError> {
    if !is_required || count > 1 {
        return Ok(());
    }
    let message = format!("The {name} is the user's last, and the instance requires one.");
    Err(ApiError::new(
        codes::LAST_REQUIRED_IDENTIFICATION_DELETION_FAILED,
        &message,
    ))
}

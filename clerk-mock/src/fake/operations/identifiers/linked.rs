//! Identifiers that are linked to connected accounts.

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

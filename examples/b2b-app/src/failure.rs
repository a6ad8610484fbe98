//! The error responses.

use std::borrow::Cow;

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use clerk_client::{Error, ErrorKind};
use serde_json::json;

/// The error response after a failed call to Clerk, or for a user without an active team.
pub(crate) struct Failure {
    status: StatusCode,
    message: Cow<'static, str>,
}

impl Failure {
    /// The response for a user who has not activated a team.
    pub(crate) const NO_TEAM: Self = Self::new(StatusCode::FORBIDDEN, "Choose a team first.");

    const fn new(status: StatusCode, message: &'static str) -> Self {
        let message = Cow::Borrowed(message);
        Self { status, message }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error.code() {
            Some("already_a_member_in_organization") => {
                return Self::new(StatusCode::CONFLICT, "This person is a member already.");
            }
            Some("organization_invitation_not_unique") => {
                return Self::new(StatusCode::CONFLICT, "This person is invited already.");
            }
            Some("organization_membership_quota_exceeded") => {
                return Self::new(StatusCode::CONFLICT, "The team is full.");
            }
            _ => {}
        }
        if error.is_not_found() {
            return Self::new(StatusCode::NOT_FOUND, "There is no such member or role.");
        }
        if error.kind() == ErrorKind::InvalidRequest {
            return Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "A value is missing, malformed or too long.",
            );
        }
        let is_refused = [StatusCode::BAD_REQUEST, StatusCode::UNPROCESSABLE_ENTITY]
            .iter()
            .any(|status| error.status() == Some(*status));
        if let Some(wrong) = error.clerk_errors().first()
            && is_refused
        {
            // Clerk writes this message for the person who fills in the form.
            let message = wrong.long_message.to_string().into();
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return Self { status, message };
        }
        // The log gets the operation, the status, and the trace id for Clerk's support.
        eprintln!("{error}");
        let message = "Temporarily unavailable. Please try again later.";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, message)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        (self.status, Json(json!({ "error": self.message }))).into_response()
    }
}

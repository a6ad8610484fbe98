//! The error responses.

use axum::Json;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use clerk_client::{Error, ErrorKind};
use serde_json::json;

/// The reason why a request to the application failed.
pub(crate) enum Failure {
    /// A call to Clerk failed.
    Clerk(Box<Error>),
    /// The table of users could not be read.
    Table(sqlx::Error),
    /// The session is not for the organization in the path, or the role of the user is not
    /// sufficient.
    Forbidden,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Clerk(Box::new(error))
    }
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        Self::Table(error)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        match self {
            Self::Clerk(error) => of_clerk(&error),
            Self::Table(error) => {
                eprintln!("{error}");
                unavailable(HeaderMap::new())
            }
            Self::Forbidden => {
                let message = "Switch to this organization, or ask one of its admins.";
                respond(StatusCode::FORBIDDEN, message)
            }
        }
    }
}

fn of_clerk(error: &Error) -> Response {
    // If the id in the path is malformed, the client sends no request. Such an id cannot exist.
    if error.is_not_found() || error.kind() == ErrorKind::InvalidRequest {
        return respond(StatusCode::NOT_FOUND, "This member does not exist.");
    }
    if error.code() == Some("form_identifier_exists") {
        let message = "That e-mail address is already in use.";
        return respond(StatusCode::CONFLICT, message);
    }
    if let Some(wrong) = error.clerk_errors().first()
        && error.status() == Some(StatusCode::UNPROCESSABLE_ENTITY)
    {
        // Clerk writes this message for the person who fills in the form.
        return respond(StatusCode::UNPROCESSABLE_ENTITY, &wrong.long_message);
    }
    // The log gets the operation, the status, and the trace id for Clerk's support.
    eprintln!("{error}");
    let mut headers = HeaderMap::new();
    if let Some(wait) = error.retry_after() {
        // The header has whole seconds, so the wait is rounded up.
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    unavailable(headers)
}

fn unavailable(headers: HeaderMap) -> Response {
    let message = "Temporarily unavailable. Please try again later.";
    (headers, respond(StatusCode::SERVICE_UNAVAILABLE, message)).into_response()
}

fn respond(status: StatusCode, message: &str) -> Response {
    (status, Json(json!({ "error": message }))).into_response()
}

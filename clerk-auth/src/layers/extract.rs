//! The extractors of axum.

use axum_core::extract::{FromRequestParts, OptionalFromRequestParts};
use axum_core::response::{IntoResponse, Response};
use http::request::Parts;

use crate::claims::session_claims::SessionClaims;
use crate::error::{AuthError, AuthErrorReason};
use crate::layers::auth_layer::Outcome;

/// Extracts the claims of the session. Refuses a request without a session, which
/// [`AuthLayer::optional`](crate::AuthLayer::optional) lets in.
impl<S: Send + Sync> FromRequestParts<S> for SessionClaims {
    type Rejection = AuthError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, AuthError> {
        outcome(parts)?.0
    }
}

/// Extracts the claims of the session. `None` if the request has no valid session.
impl<S: Send + Sync> OptionalFromRequestParts<S> for SessionClaims {
    type Rejection = AuthError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, AuthError> {
        Ok(outcome(parts)?.0.ok())
    }
}

/// Returns the outcome of the layer. A missing layer is an error of the application: the request is
/// not treated as one without a session.
fn outcome(parts: &Parts) -> Result<Outcome, AuthError> {
    let outcome = parts.extensions.get::<Outcome>().cloned();
    outcome.ok_or_else(|| {
        let message = "the route extracts SessionClaims but has no AuthLayer; add the layer";
        AuthError::new(AuthErrorReason::LayerMissing, message)
    })
}

impl IntoResponse for AuthError {
    fn into_response(self) -> Response {
        self.to_response().into_response()
    }
}

//! Extractors for axum that give a handler the verified claims.

use axum_core::extract::{FromRequestParts, OptionalFromRequestParts};
use axum_core::response::{IntoResponse, Response};
use http::request::Parts;

use crate::claims::any_claims::Claims;
use crate::claims::machine_claims::MachineClaims;
use crate::claims::session_claims::SessionClaims;
use crate::error::{AuthError, AuthErrorReason};
use crate::layers::auth_layer::Outcome;

/// Implements the required and the optional extractor of claims. `$of` returns the claims, or
/// `None` if the token is of another type.
macro_rules! extractors {
    ($claims:ty, $whose:literal, $of:expr) => {
        #[doc = concat!("Extracts the claims of ", $whose, ".")]
        ///
        /// Refuses a request without these claims, even if
        /// [`AuthLayer::optional`](crate::AuthLayer::optional) accepts the request.
        impl<S: Send + Sync> FromRequestParts<S> for $claims {
            type Rejection = AuthError;

            async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, AuthError> {
                let of: fn(Claims) -> Option<Self> = $of;
                of(outcome(parts)?.0?).ok_or_else(|| {
                    let message = concat!("the route accepts only tokens of ", $whose);
                    AuthError::new(AuthErrorReason::TokenTypeMismatch, message)
                })
            }
        }

        #[doc = concat!("Extracts the claims of ", $whose, ".")]
        ///
        /// Returns `None` if a request that passed the layer has no such claims. Without an
        /// [`AuthLayer`](crate::AuthLayer), the result is an error.
        impl<S: Send + Sync> OptionalFromRequestParts<S> for $claims {
            type Rejection = AuthError;

            async fn from_request_parts(
                parts: &mut Parts,
                _: &S,
            ) -> Result<Option<Self>, AuthError> {
                let of: fn(Claims) -> Option<Self> = $of;
                Ok(outcome(parts)?.0.ok().and_then(of))
            }
        }
    };
}

extractors!(SessionClaims, "a session", Claims::session);
extractors!(MachineClaims, "a machine", Claims::machine);
extractors!(Claims, "a session or a machine", Some);

/// Returns the outcome of the layer. A route without the layer is a bug of the application, so it
/// is an error for the optional extractors, too.
fn outcome(parts: &Parts) -> Result<Outcome, AuthError> {
    let outcome = parts.extensions.get::<Outcome>().cloned();
    outcome.ok_or_else(|| {
        let message = "the route extracts claims but has no AuthLayer; add the layer";
        AuthError::new(AuthErrorReason::LayerMissing, message)
    })
}

impl IntoResponse for AuthError {
    fn into_response(self) -> Response {
        self.to_response().into_response()
    }
}

//! The tower layer.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use http::{HeaderMap, Request, Response, StatusCode};
use tower_layer::Layer;
use tower_service::Service;

use crate::claims::authorization::Authorization;
use crate::claims::session_claims::SessionClaims;
use crate::error::AuthError;
use crate::verifier::verifier::Verifier;

/// A [tower](https://docs.rs/tower) layer that lets in only requests with a valid session token.
///
/// It puts the [`SessionClaims`] into the extensions of the request. Any other request gets the
/// [response](AuthError::to_response) of its error: 401, 403 or 503.
///
/// The service may have any request body. The body of its responses must be `From<String>`, as
/// those of axum and `http_body_util::Full` are.
#[derive(Debug, Clone)]
pub struct AuthLayer {
    verifier: Verifier,
    optional: bool,
    required: Option<Authorization>,
}

impl AuthLayer {
    /// Creates a layer that lets in any valid session.
    #[must_use]
    pub fn new(verifier: Verifier) -> Self {
        Self {
            verifier,
            optional: false,
            required: None,
        }
    }

    /// Lets in requests without a valid session, too, without claims. An error with status 503 is
    /// still returned: no keys are no reason to treat a user as signed out.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// Requires that the session [has](SessionClaims::has) this. Otherwise, the response has the
    /// status 403. With [`optional`](Self::optional), it applies to requests with a session.
    #[must_use]
    pub fn require(mut self, required: Authorization) -> Self {
        self.required = Some(required);
        self
    }

    async fn check(&self, headers: &HeaderMap) -> Result<Outcome, AuthError> {
        match self.verifier.authenticate(headers).await {
            Ok(claims) => {
                if let Some(required) = &self.required {
                    claims.require(required)?;
                }
                Ok(Outcome(Ok(claims)))
            }
            Err(error) if self.optional && error.status() == StatusCode::UNAUTHORIZED => {
                Ok(Outcome(Err(error)))
            }
            Err(error) => Err(error),
        }
    }
}

/// The outcome of the layer, which the extractors read.
#[derive(Clone)]
pub(crate) struct Outcome(pub(crate) Result<SessionClaims, AuthError>);

impl<S> Layer<S> for AuthLayer {
    type Service = AuthService<S>;

    fn layer(&self, inner: S) -> AuthService<S> {
        let layer = self.clone();
        AuthService { layer, inner }
    }
}

/// The service that [`AuthLayer`] makes of another one.
#[derive(Debug, Clone)]
pub struct AuthService<S> {
    layer: AuthLayer,
    inner: S,
}

impl<S, B, R> Service<Request<B>> for AuthService<S>
where
    S: Service<Request<B>, Response = Response<R>> + Clone + Send + 'static,
    S::Future: Send,
    B: Send + 'static,
    R: From<String>,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        // The service that was polled ready is the one to call.
        let unready = self.inner.clone();
        let mut inner = std::mem::replace(&mut self.inner, unready);
        let layer = self.layer.clone();
        Box::pin(async move {
            let (mut parts, body) = request.into_parts();
            match layer.check(&parts.headers).await {
                Ok(outcome) => {
                    // Claims of an outer layer do not pass for those of this one.
                    parts.extensions.remove::<SessionClaims>();
                    if let Ok(claims) = &outcome.0 {
                        parts.extensions.insert(claims.clone());
                    }
                    parts.extensions.insert(outcome);
                    inner.call(Request::from_parts(parts, body)).await
                }
                Err(error) => Ok(error.to_response().map(R::from)),
            }
        })
    }
}

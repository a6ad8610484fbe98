use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use http::{HeaderMap, Request, Response, StatusCode};
use tower_layer::Layer;
use tower_service::Service;

use crate::claims::any_claims::Claims;
use crate::claims::authorization::Authorization;
use crate::claims::machine_claims::MachineClaims;
use crate::claims::session_claims::SessionClaims;
use crate::error::AuthError;
use crate::verifier::verifier::Verifier;

/// A [tower](https://docs.rs/tower) layer that accepts only requests with a valid token.
///
/// The layer puts the [`SessionClaims`] of a session token into the extensions of the request. If
/// the verifier [accepts](crate::VerifierBuilder::accept) tokens of machines, the layer puts their
/// [`MachineClaims`] there. A refused request gets the [response](AuthError::to_response) of its
/// error: 401, 403 or 503. The extensions of this response contain the [`AuthError`], so that
/// middleware around the layer can log it.
///
/// Requests may have any body. The body of responses must implement `From<String>`, as axum's
/// `Body` and `http_body_util::Full` do.
#[derive(Debug, Clone)]
pub struct AuthLayer {
    verifier: Verifier,
    optional: bool,
    required: Option<Authorization>,
}

impl AuthLayer {
    /// Creates a layer that accepts every request with a valid token.
    #[must_use]
    pub fn new(verifier: Verifier) -> Self {
        Self {
            verifier,
            optional: false,
            required: None,
        }
    }

    /// Also accepts requests without a valid token. Such requests have no claims. If a token cannot
    /// be verified now, the response is still a 503, because the user may be signed in.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// Requires that a session [fulfils](SessionClaims::has) these conditions. Other sessions and
    /// all machines get a 403. With [`optional`](Self::optional), requests without a valid token
    /// still pass.
    #[must_use]
    pub fn require(mut self, required: Authorization) -> Self {
        self.required = Some(required);
        self
    }

    async fn check(&self, headers: &HeaderMap) -> Result<Outcome, AuthError> {
        match self.verifier.authenticate_any(headers).await {
            Ok(claims) => {
                match (&self.required, &claims) {
                    (None, _) => {}
                    (Some(required), Claims::Session(claims)) => claims.require(required)?,
                    (Some(_), Claims::Machine(_)) => return Err(AuthError::forbidden()),
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
pub(crate) struct Outcome(pub(crate) Result<Claims, AuthError>);

impl<S> Layer<S> for AuthLayer {
    type Service = AuthService<S>;

    fn layer(&self, inner: S) -> AuthService<S> {
        let layer = self.clone();
        AuthService { layer, inner }
    }
}

/// A service that is wrapped in an [`AuthLayer`].
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
        // `poll_ready` has made only the original service ready. A clone may not be ready.
        let unready = self.inner.clone();
        let mut inner = std::mem::replace(&mut self.inner, unready);
        let layer = self.layer.clone();
        Box::pin(async move {
            let (mut parts, body) = request.into_parts();
            match layer.check(&parts.headers).await {
                Ok(outcome) => {
                    // An outer `AuthLayer` may have other rules, so its claims are removed.
                    parts.extensions.remove::<SessionClaims>();
                    parts.extensions.remove::<MachineClaims>();
                    match outcome.0.clone() {
                        Ok(Claims::Session(claims)) => drop(parts.extensions.insert(claims)),
                        Ok(Claims::Machine(claims)) => drop(parts.extensions.insert(claims)),
                        Err(_) => {}
                    }
                    parts.extensions.insert(outcome);
                    inner.call(Request::from_parts(parts, body)).await
                }
                Err(error) => Ok(error.to_response().map(R::from)),
            }
        })
    }
}

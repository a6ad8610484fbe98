//! A web application on poem. Its users are signed in with Clerk.
//!
//! [`Session`] is an extractor. A handler with this argument runs only if the request has a valid
//! session token.

use clerk_client::auth::{AuthError, Authorization, SessionClaims, Verifier};
use poem::middleware::AddDataEndpoint;
use poem::web::{Data, Path};
use poem::{
    EndpointExt, Error, FromRequest, Request, RequestBody, Response, Result, Route, delete, get,
    handler,
};

/// Creates the application.
pub fn app(verifier: Verifier) -> AddDataEndpoint<Route, Verifier> {
    Route::new()
        .at("/me", get(me))
        .at("/invoices/:id", delete(delete_invoice))
        .data(verifier)
}

/// Returns the id of the user who is signed in.
#[handler]
fn me(Session(claims): Session) -> String {
    claims.user_id.to_string()
}

/// Deletes an invoice, if the user has the permission.
#[handler]
fn delete_invoice(Session(claims): Session, Path(id): Path<String>) -> Result<String> {
    let permission = Authorization::permission("org:invoices:delete");
    claims
        .require(&permission)
        .map_err(|error| refusal(&error))?;
    Ok(format!("{} deleted {id}", claims.user_id))
}

/// The claims of the session token of a request.
pub struct Session(pub SessionClaims);

impl<'a> FromRequest<'a> for Session {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> Result<Self> {
        // An application without a verifier responds with 500.
        let Data(verifier) = Data::<&Verifier>::from_request(request, body).await?;
        let claims = verifier.authenticate(request.headers()).await;
        claims.map(Self).map_err(|error| refusal(&error))
    }
}

/// Returns the error response for a request without a valid token, or without permission.
fn refusal(error: &AuthError) -> Error {
    let (parts, body) = error.to_response().into_parts();
    let mut response = Response::builder().status(parts.status).body(body);
    *response.headers_mut() = parts.headers;
    let mut refusal = Error::from_response(response);
    refusal.set_error_message(error.to_string());
    refusal
}

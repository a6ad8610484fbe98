//! A web application on actix-web. Its users are signed in with Clerk.
//!
//! [`Session`] is an extractor. A handler with this argument runs only if the request has a valid
//! session token.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::{FromRequest, HttpRequest, HttpResponse, ResponseError, delete, get, web};
use clerk_client::auth::{AuthError, Authorization, SessionClaims, Verifier};
use clerk_client::http::{HeaderMap, HeaderValue};

/// Returns a function that adds the routes of the application: pass it to `App::configure`.
pub fn routes(verifier: Verifier) -> impl FnOnce(&mut web::ServiceConfig) {
    move |config| {
        let verifier = web::Data::new(verifier);
        config
            .app_data(verifier)
            .service(me)
            .service(delete_invoice);
    }
}

/// Returns the id of the user who is signed in.
#[get("/me")]
async fn me(Session(claims): Session) -> String {
    claims.user_id.to_string()
}

/// Deletes an invoice, if the user has the permission.
#[delete("/invoices/{id}")]
async fn delete_invoice(
    Session(claims): Session,
    id: web::Path<String>,
) -> Result<String, Refusal> {
    claims.require(&Authorization::permission("org:invoices:delete"))?;
    Ok(format!("{} deleted {id}", claims.user_id))
}

/// The claims of the session token of a request.
pub struct Session(pub SessionClaims);

impl FromRequest for Session {
    type Error = actix_web::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Self::Error>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        // An application without a verifier responds with 500.
        let verifier = web::Data::<Verifier>::extract(request);
        // actix-web and clerk-client have different types for headers.
        let mut headers = HeaderMap::new();
        for name in ["authorization", "cookie"] {
            for value in request.headers().get_all(name) {
                if let Ok(value) = HeaderValue::from_bytes(value.as_bytes()) {
                    headers.append(name, value);
                }
            }
        }
        Box::pin(async move {
            let claims = verifier.await?.authenticate(&headers).await;
            Ok(Self(claims.map_err(Refusal)?))
        })
    }
}

/// The error response for a request without a valid token, or without permission.
#[derive(Debug)]
pub struct Refusal(AuthError);

impl From<AuthError> for Refusal {
    fn from(error: AuthError) -> Self {
        Self(error)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl ResponseError for Refusal {
    fn status_code(&self) -> StatusCode {
        let status = StatusCode::from_u16(self.0.status().as_u16());
        status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        let (parts, body) = self.0.to_response().into_parts();
        let mut response = HttpResponse::build(self.status_code());
        for (name, value) in &parts.headers {
            response.append_header((name.as_str(), value.as_bytes()));
        }
        response.body(body)
    }
}

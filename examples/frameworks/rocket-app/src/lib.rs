//! A web application on Rocket. Its users are signed in with Clerk.
//!
//! [`Session`] is a request guard. Handlers take a `Result<Session, Refusal>`. If they took a
//! `Session`, Rocket would respond to a failed guard with a catcher, without the headers of the
//! refusal.

use std::io::Cursor;

use clerk_client::auth::{AuthError, Authorization, SessionClaims, Verifier};
use clerk_client::http::{HeaderMap, HeaderValue};
use rocket::http::Status;
use rocket::request::{FromRequest, Outcome};
use rocket::response::{Responder, Response};
use rocket::{Build, Ignite, Request, Rocket, Sentinel, State, delete, get, routes};

/// Adds the routes of the application.
pub fn app(rocket: Rocket<Build>, verifier: Verifier) -> Rocket<Build> {
    let routes = routes![me, delete_invoice];
    rocket.manage(verifier).mount("/", routes)
}

/// Returns the id of the user who is signed in.
#[get("/me")]
fn me(session: Result<Session, Refusal>) -> Result<String, Refusal> {
    let Session(claims) = session?;
    Ok(claims.user_id.to_string())
}

/// Deletes an invoice, if the user has the permission.
#[delete("/invoices/<id>")]
fn delete_invoice(id: &str, session: Result<Session, Refusal>) -> Result<String, Refusal> {
    let Session(claims) = session?;
    claims.require(&Authorization::permission("org:invoices:delete"))?;
    Ok(format!("{} deleted {id}", claims.user_id))
}

/// The claims of the session token of a request.
pub struct Session(pub SessionClaims);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Session {
    type Error = Refusal;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Refusal> {
        let Outcome::Success(verifier) = request.guard::<&State<Verifier>>().await else {
            return Outcome::Forward(Status::InternalServerError);
        };
        // Rocket and clerk-client have different types for headers.
        let mut headers = HeaderMap::new();
        for name in ["authorization", "cookie"] {
            for value in request.headers().get(name) {
                // `from_str` would refuse the whole header if any cookie in it is not ASCII. The
                // session cookie would then be lost, too.
                if let Ok(value) = HeaderValue::from_bytes(value.as_bytes()) {
                    headers.append(name, value);
                }
            }
        }
        match verifier.authenticate(&headers).await {
            Ok(claims) => Outcome::Success(Self(claims)),
            Err(error) => Outcome::Error((status(&error), Refusal(error))),
        }
    }
}

/// If an application uses the guard but has no verifier, Rocket refuses to launch it.
impl Sentinel for Session {
    fn abort(rocket: &Rocket<Ignite>) -> bool {
        <&State<Verifier>>::abort(rocket)
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

impl<'r> Responder<'r, 'static> for Refusal {
    fn respond_to(self, _: &'r Request<'_>) -> rocket::response::Result<'static> {
        let (parts, body) = self.0.to_response().into_parts();
        let mut response = Response::build();
        response.status(status(&self.0));
        for (name, value) in &parts.headers {
            if let Ok(value) = value.to_str() {
                response.raw_header(name.to_string(), value.to_owned());
            }
        }
        response.sized_body(body.len(), Cursor::new(body)).ok()
    }
}

fn status(error: &AuthError) -> Status {
    Status::new(error.status().as_u16())
}

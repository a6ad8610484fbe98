//! The routes of the worker.

use clerk_client::auth::{AuthError, Verifier, VerifierBuilder};
use clerk_client::http::header::{CONTENT_TYPE, RETRY_AFTER};
use clerk_client::http::{HeaderValue, Request, Response, StatusCode};
use clerk_client::ids::UserId;
use clerk_client::requests::UpdateUserRequest;
use clerk_client::{Clerk, Error, User};
use serde_json::{Value, json};

/// The application behind the worker.
#[derive(Debug)]
pub(crate) struct App {
    pub(crate) clerk: Clerk,
    /// The verifier for all requests. `None` if each request has to fetch the keys.
    ///
    /// Requests cannot share a verifier that fetches keys, because they would wait for the same
    /// promise. In workerd, a promise belongs to the request that created it.
    pub(crate) verifier: Option<Verifier>,
    /// The origins of the sites whose tokens are accepted. `None` accepts the tokens of every site
    /// of the instance.
    pub(crate) origins: Option<Vec<String>>,
}

impl App {
    pub(crate) async fn respond(&self, request: &Request<String>) -> Response<String> {
        let answer = match (request.method().as_str(), request.uri().path()) {
            ("GET", "/me") => self.me(request).await,
            ("PATCH", "/me") => self.rename(request).await,
            (_, "/me") => Err(Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "method")),
            _ => Err(Refusal::new(StatusCode::NOT_FOUND, "path")),
        };
        match answer {
            Ok(user) => response(StatusCode::OK, &profile(&user)),
            Err(Refusal(response)) => response,
        }
    }

    /// Returns the user who is signed in.
    async fn me(&self, request: &Request<String>) -> Result<User, Refusal> {
        let id = self.signed_in(request).await?;
        Ok(self.clerk.users().get_user(id).await?)
    }

    /// Changes the first name of the user who is signed in.
    async fn rename(&self, request: &Request<String>) -> Result<User, Refusal> {
        let id = self.signed_in(request).await?;
        let body: Option<Value> = serde_json::from_str(request.body()).ok();
        let name = body
            .as_ref()
            .and_then(|body| body.get("first_name")?.as_str());
        let name = name.ok_or_else(|| Refusal::new(StatusCode::BAD_REQUEST, "first_name"))?;
        let change = UpdateUserRequest::new().first_name(name);
        Ok(self.clerk.users().update_user(id, change).await?)
    }

    /// Returns the id of the user with a valid session token.
    async fn signed_in(&self, request: &Request<String>) -> Result<UserId, Refusal> {
        let verifier = match &self.verifier {
            Some(verifier) => verifier.clone(),
            None => of_origins(Verifier::builder(&self.clerk), self.origins.as_deref()).build()?,
        };
        let claims = verifier.authenticate(request.headers()).await?;
        Ok(claims.user_id)
    }
}

/// Restricts a verifier to the tokens of these origins. `None` does not restrict the verifier.
pub(crate) fn of_origins(verifier: VerifierBuilder, origins: Option<&[String]>) -> VerifierBuilder {
    match origins {
        Some(origins) => verifier.authorized_parties(origins),
        None => verifier,
    }
}

/// Returns the part of a user that the response contains.
fn profile(user: &User) -> Value {
    json!({ "user_id": user.id, "first_name": user.first_name })
}

fn response(status: StatusCode, body: &Value) -> Response<String> {
    let mut response = Response::new(body.to_string());
    *response.status_mut() = status;
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, json);
    response
}

/// The response to a request that is refused or that failed.
struct Refusal(Response<String>);

impl Refusal {
    fn new(status: StatusCode, error: &str) -> Self {
        Self(response(status, &json!({ "error": error })))
    }
}

impl From<AuthError> for Refusal {
    fn from(error: AuthError) -> Self {
        if error.status().is_server_error() {
            log(&error.to_string());
        }
        Self(error.to_response())
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        if error.is_not_found() {
            return Self::new(StatusCode::NOT_FOUND, "user");
        }
        match (error.status(), error.code()) {
            (Some(StatusCode::UNPROCESSABLE_ENTITY), Some(code)) => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, code)
            }
            _ => unavailable(&error),
        }
    }
}

/// Returns a 503 for a failed call to Clerk. The reason goes only into the worker's log.
fn unavailable(error: &Error) -> Refusal {
    log(&error.to_string());
    let mut refusal = Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable");
    if let Some(wait) = error.retry_after() {
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        let seconds = HeaderValue::from(seconds);
        refusal.0.headers_mut().insert(RETRY_AFTER, seconds);
    }
    refusal
}

#[wasm_bindgen::prelude::wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console, js_name = error)]
    fn log(message: &str);
}

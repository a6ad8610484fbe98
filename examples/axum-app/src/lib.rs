//! A web application whose members are Clerk users. It signs up, shows and bans members.
//!
//! The application accepts any [`Clerk`]: `main.rs` passes a real client, and the tests pass the
//! client of a `FakeClerk`. The route `/me` is for members who are signed in: a [`Verifier`] checks
//! their session tokens.

use axum::extract::{Path, State};
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use clerk_client::auth::{AuthLayer, SessionClaims, Verifier};
use clerk_client::requests::CreateUserRequest;
use clerk_client::{Clerk, Error, ErrorKind, User, UsersApi};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Creates the application.
pub fn app(clerk: &Clerk, verifier: Verifier) -> Router {
    Router::new()
        .route("/me", get(me))
        .layer(AuthLayer::new(verifier))
        .route("/members", post(sign_up))
        .route("/members/{id}", get(show))
        .route("/members/{id}/ban", post(ban))
        .with_state(clerk.users())
}

/// The sign-up form.
#[derive(Deserialize)]
struct SignUp {
    email: String,
    password: String,
    name: Option<String>,
}

/// A member as the application shows it.
#[derive(Serialize)]
struct Member {
    id: String,
    name: Option<String>,
    email: Option<String>,
    banned: bool,
}

impl From<User> for Member {
    fn from(user: User) -> Self {
        let email = user.primary_email_address();
        Self {
            email: email.map(|email| email.email_address.to_string()),
            name: user.full_name(),
            banned: user.banned,
            id: user.id.into(),
        }
    }
}

async fn sign_up(
    State(users): State<UsersApi>,
    Json(sign_up): Json<SignUp>,
) -> Result<(StatusCode, Json<Member>), Failure> {
    let mut request = CreateUserRequest::new()
        .email_address([sign_up.email])
        .password(sign_up.password);
    if let Some(name) = sign_up.name {
        request = request.first_name(name);
    }
    let user = users.create_user(request).await?;
    Ok((StatusCode::CREATED, Json(user.into())))
}

async fn show(
    State(users): State<UsersApi>,
    Path(id): Path<String>,
) -> Result<Json<Member>, Failure> {
    Ok(Json(users.get_user(id).await?.into()))
}

/// The member who asks.
async fn me(State(users): State<UsersApi>, claims: SessionClaims) -> Result<Json<Member>, Failure> {
    Ok(Json(users.get_user(claims.user_id).await?.into()))
}

async fn ban(
    State(users): State<UsersApi>,
    Path(id): Path<String>,
) -> Result<Json<Member>, Failure> {
    Ok(Json(users.ban_user(id).await?.into()))
}

/// The error response for a request that Clerk rejected or could not process.
struct Failure(Error);

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let Self(error) = self;
        let mut headers = HeaderMap::new();
        // The id comes from the path. No user has a malformed id.
        let is_unknown = error.is_not_found() || error.kind() == ErrorKind::InvalidRequest;
        let (status, message) = if is_unknown {
            (
                StatusCode::NOT_FOUND,
                "This member does not exist.".to_owned(),
            )
        } else if error.code() == Some("form_identifier_exists") {
            (
                StatusCode::CONFLICT,
                "That e-mail address is already in use.".to_owned(),
            )
        } else if let Some(wrong) = error.clerk_errors().first()
            && error.status() == Some(StatusCode::UNPROCESSABLE_ENTITY)
        {
            // Clerk writes this message for the person who fills in the form.
            (
                StatusCode::UNPROCESSABLE_ENTITY,
                wrong.long_message.to_string(),
            )
        } else {
            // The log gets the operation, the status, and the trace id for Clerk's support.
            eprintln!("{error}");
            if let Some(wait) = error.retry_after() {
                headers.insert(RETRY_AFTER, HeaderValue::from(wait.as_secs()));
            }
            let message = "Temporarily unavailable. Please try again later.";
            (StatusCode::SERVICE_UNAVAILABLE, message.to_owned())
        };
        (status, headers, Json(json!({ "error": message }))).into_response()
    }
}

//! The application before the port: on clerk-rs 0.5.0, with its layer for axum.

use std::collections::HashMap;
use std::fmt;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Extension, Json, Router};
use clerk_rs::Clerk;
use clerk_rs::apis::Error;
use clerk_rs::apis::users_api::{self, CreateUserError};
use clerk_rs::models::{CreateUserRequest, UpdateUserMetadataRequest, User};
use clerk_rs::validators::authorizer::ClerkJwt;
use clerk_rs::validators::axum::ClerkLayer;
use clerk_rs::validators::jwks::MemoryCacheJwksProvider;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The size of a page of users.
const PAGE: u32 = 100;

/// Creates the application.
pub fn app(clerk: Clerk) -> Router {
    let protected = ["/me", "/plan", "/team", "/ban"].map(str::to_owned);
    let jwks = MemoryCacheJwksProvider::new(clerk.clone());
    Router::new()
        .route("/sign-up", post(sign_up))
        .route("/me", get(me))
        .route("/plan", put(set_plan))
        .route("/team", get(team))
        .route("/ban", post(ban))
        .layer(ClerkLayer::new(jwks, Some(protected.to_vec()), true))
        .with_state(clerk)
}

#[derive(Deserialize)]
struct SignUp {
    email: String,
    password: String,
    name: Option<String>,
}

#[derive(Serialize)]
struct Member {
    id: String,
    name: Option<String>,
    email: Option<String>,
    plan: Option<String>,
    created_at: i64,
}

impl From<User> for Member {
    fn from(user: User) -> Self {
        let primary = user.primary_email_address_id;
        let mut emails = user.email_addresses.into_iter();
        let email = emails.find(|email| email.id == primary);
        let plan = user.public_metadata.get("plan");
        Self {
            email: email.map(|email| email.email_address),
            plan: plan.and_then(|plan| plan.as_str().map(str::to_owned)),
            name: user.first_name,
            created_at: user.created_at,
            id: user.id,
        }
    }
}

async fn sign_up(
    State(clerk): State<Clerk>,
    Json(form): Json<SignUp>,
) -> Result<(StatusCode, Json<Member>), Failure> {
    let request = CreateUserRequest {
        email_address: Some(vec![form.email]),
        password: Some(Some(form.password)),
        first_name: form.name.map(Some),
        ..CreateUserRequest::default()
    };
    match users_api::create_user(&clerk.config, request).await {
        Ok(user) => Ok((StatusCode::CREATED, Json(user.into()))),
        Err(Error::ResponseError(response)) if response.status == 422 => {
            let errors = match response.entity {
                // clerk-rs decodes every error as the first variant, whatever the status is.
                Some(CreateUserError::Status400(errors)) => errors.errors,
                _ => Vec::new(),
            };
            Err(match errors.into_iter().next() {
                Some(error) if error.code == "form_identifier_exists" => {
                    Failure(StatusCode::CONFLICT, "already a member".to_owned())
                }
                Some(error) => Failure(StatusCode::UNPROCESSABLE_ENTITY, error.long_message),
                None => Failure(StatusCode::UNPROCESSABLE_ENTITY, response.content),
            })
        }
        Err(error) => Err(error.into()),
    }
}

async fn me(
    State(clerk): State<Clerk>,
    Extension(jwt): Extension<ClerkJwt>,
) -> Result<Json<Member>, Failure> {
    let user = users_api::get_user(&clerk.config, &jwt.sub).await?;
    Ok(Json(user.into()))
}

#[derive(Deserialize)]
struct Plan {
    plan: Option<String>,
}

/// Sets the plan of the user who is signed in. If the request has no plan, removes the plan.
async fn set_plan(
    State(clerk): State<Clerk>,
    Extension(jwt): Extension<ClerkJwt>,
    Json(Plan { plan }): Json<Plan>,
) -> Result<Json<Member>, Failure> {
    let request = UpdateUserMetadataRequest {
        public_metadata: Some(HashMap::from([("plan".to_owned(), json!(plan))])),
        ..UpdateUserMetadataRequest::default()
    };
    let user = users_api::update_user_metadata(&clerk.config, &jwt.sub, Some(request)).await?;
    Ok(Json(user.into()))
}

/// Lists the members of the active organization who are not banned, oldest first.
async fn team(
    State(clerk): State<Clerk>,
    Extension(jwt): Extension<ClerkJwt>,
) -> Result<Json<Vec<Member>>, Failure> {
    let Some(organization) = jwt.org else {
        return Err(Failure(StatusCode::FORBIDDEN, "no organization".to_owned()));
    };
    let mut team = Vec::new();
    loop {
        let page = users_api::get_user_list(
            &clerk.config,
            None,
            None,
            None,
            None,
            None,
            None,
            Some(vec![organization.id.clone()]),
            None,
            None,
            None,
            None,
            None,
            Some(false),
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            None,
            Some(PAGE),
            Some(team.len() as u32),
            None,
            Some("+created_at"),
        )
        .await?;
        let is_last = page.len() < PAGE as usize;
        team.extend(page.into_iter().map(Member::from));
        if is_last {
            return Ok(Json(team));
        }
    }
}

#[derive(Deserialize)]
struct Ban {
    user_id: String,
}

/// Bans a user of the instance, who may belong to any organization. An application with several
/// teams must also check that the user is a member of the active organization.
async fn ban(
    State(clerk): State<Clerk>,
    Extension(jwt): Extension<ClerkJwt>,
    Json(Ban { user_id }): Json<Ban>,
) -> Result<Json<Member>, Failure> {
    let may_ban = jwt
        .org
        .is_some_and(|org| org.has_permission("org:members:ban"));
    if !may_ban {
        return Err(Failure(StatusCode::FORBIDDEN, "not allowed".to_owned()));
    }
    let user = users_api::ban_user(&clerk.config, &user_id).await?;
    Ok(Json(user.into()))
}

/// The error response.
struct Failure(StatusCode, String);

impl<T: fmt::Debug> From<Error<T>> for Failure {
    fn from(error: Error<T>) -> Self {
        if let Error::ResponseError(response) = &error
            && response.status == StatusCode::NOT_FOUND
        {
            return Self(StatusCode::NOT_FOUND, "no such member".to_owned());
        }
        eprintln!("{error}");
        Self(
            StatusCode::SERVICE_UNAVAILABLE,
            "try again later".to_owned(),
        )
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        (self.0, Json(json!({ "error": self.1 }))).into_response()
    }
}

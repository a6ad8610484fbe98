//! The application after the port to clerk-client, with its tower layer and its extractors for
//! axum.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use clerk_client::auth::{AuthLayer, Authorization, SessionClaims, Verifier};
use clerk_client::requests::{
    CreateUserRequest, UpdateUserMetadataRequest, UserListParams, UserOrderBy,
};
use clerk_client::{Clerk, Error, ErrorKind, User, UsersApi};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Creates the application.
pub fn app(clerk: &Clerk, verifier: Verifier) -> Router {
    let may_ban = Authorization::permission("org:members:ban");
    let protected = Router::new()
        .route("/me", get(me))
        .route("/plan", put(set_plan))
        .route("/team", get(team))
        .layer(AuthLayer::new(verifier.clone()));
    let moderation = Router::new()
        .route("/ban", post(ban))
        .layer(AuthLayer::new(verifier).require(may_ban));
    Router::new()
        .route("/sign-up", post(sign_up))
        .merge(protected)
        .merge(moderation)
        .with_state(clerk.users())
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
        let email = user.primary_email_address();
        let plan = user.public_metadata.get::<Metadata>();
        Self {
            email: email.map(|email| email.email_address.clone()),
            plan: plan.ok().and_then(|metadata| metadata.plan),
            name: user.first_name,
            created_at: user.created_at.as_millis(),
            id: user.id.into(),
        }
    }
}

/// The public metadata of a user.
#[derive(Deserialize)]
struct Metadata {
    plan: Option<String>,
}

async fn sign_up(
    State(users): State<UsersApi>,
    Json(form): Json<SignUp>,
) -> Result<(StatusCode, Json<Member>), Failure> {
    let mut request = CreateUserRequest::new()
        .email_address([form.email])
        .password(form.password);
    if let Some(name) = form.name {
        request = request.first_name(name);
    }
    let user = users.create_user(request).await?;
    Ok((StatusCode::CREATED, Json(user.into())))
}

async fn me(State(users): State<UsersApi>, claims: SessionClaims) -> Result<Json<Member>, Failure> {
    Ok(Json(users.get_user(claims.user_id).await?.into()))
}

#[derive(Deserialize)]
struct Plan {
    plan: Option<String>,
}

/// Sets the plan of the user who is signed in. If the request has no plan, removes the plan.
async fn set_plan(
    State(users): State<UsersApi>,
    claims: SessionClaims,
    Json(Plan { plan }): Json<Plan>,
) -> Result<Json<Member>, Failure> {
    let request = UpdateUserMetadataRequest::new().public_metadata(json!({ "plan": plan }));
    let user = users.update_user_metadata(claims.user_id, request).await?;
    Ok(Json(user.into()))
}

/// Lists the members of the active organization who are not banned, oldest first.
async fn team(
    State(users): State<UsersApi>,
    claims: SessionClaims,
) -> Result<Json<Vec<Member>>, Failure> {
    let Some(organization) = claims.organization else {
        return Err(Failure(StatusCode::FORBIDDEN, "no organization".to_owned()));
    };
    let params = UserListParams::new()
        .organization_id([organization.id])
        .banned(false)
        .order_by(UserOrderBy::CreatedAt.ascending());
    let mut pages = users.list_all_users(params).page_size(100);
    let mut team = Vec::new();
    while let Some(page) = pages.next_page().await? {
        team.extend(page.into_iter().map(Member::from));
    }
    Ok(Json(team))
}

#[derive(Deserialize)]
struct Ban {
    user_id: String,
}

/// Bans a user of the instance, who may belong to any organization. An application with several
/// teams must also check that the user is a member of the active organization.
async fn ban(
    State(users): State<UsersApi>,
    Json(Ban { user_id }): Json<Ban>,
) -> Result<Json<Member>, Failure> {
    Ok(Json(users.ban_user(user_id).await?.into()))
}

/// The error response.
struct Failure(StatusCode, String);

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        // A malformed id cannot be the id of a user.
        if error.is_not_found() || error.kind() == ErrorKind::InvalidRequest {
            return Self(StatusCode::NOT_FOUND, "no such member".to_owned());
        }
        if error.code() == Some("form_identifier_exists") {
            return Self(StatusCode::CONFLICT, "already a member".to_owned());
        }
        if let Some(wrong) = error.clerk_errors().first()
            && error.status() == Some(StatusCode::UNPROCESSABLE_ENTITY)
        {
            return Self(
                StatusCode::UNPROCESSABLE_ENTITY,
                wrong.long_message.to_string(),
            );
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

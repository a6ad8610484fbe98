//! The members: Clerk's users.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use clerk_client::User;
use clerk_client::auth::SessionClaims;
use clerk_client::requests::CreateUserRequest;
use serde::{Deserialize, Serialize};
use sync_users::UserRow;

use crate::Services;
use crate::failure::Failure;

/// The sign-up form.
#[derive(Deserialize)]
pub(crate) struct SignUp {
    email: String,
    password: String,
    name: Option<String>,
}

/// A member as the application shows it.
#[derive(Serialize)]
pub(crate) struct Member {
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

pub(crate) async fn sign_up(
    State(services): State<Services>,
    Json(sign_up): Json<SignUp>,
) -> Result<(StatusCode, Json<Member>), Failure> {
    let mut request = CreateUserRequest::new()
        .email_address([sign_up.email])
        .password(sign_up.password);
    if let Some(name) = sign_up.name {
        request = request.first_name(name);
    }
    let user = services.clerk.users().create_user(request).await?;
    Ok((StatusCode::CREATED, Json(user.into())))
}

pub(crate) async fn show(
    State(services): State<Services>,
    Path(id): Path<String>,
) -> Result<Json<Member>, Failure> {
    Ok(Json(services.clerk.users().get_user(id).await?.into()))
}

/// Returns the member who is signed in.
pub(crate) async fn me(
    State(services): State<Services>,
    claims: SessionClaims,
) -> Result<Json<Member>, Failure> {
    let user = services.clerk.users().get_user(claims.user_id).await?;
    Ok(Json(user.into()))
}

pub(crate) async fn ban(
    State(services): State<Services>,
    Path(id): Path<String>,
) -> Result<Json<Member>, Failure> {
    Ok(Json(services.clerk.users().ban_user(id).await?.into()))
}

/// The query of a request for the list.
#[derive(Deserialize)]
pub(crate) struct Start {
    /// The id after which the list starts. If the id is empty, the list starts with the first
    /// member.
    #[serde(default)]
    after: String,
}

/// The part of a member that other members may see.
#[derive(Serialize)]
pub(crate) struct Name {
    id: String,
    name: Option<String>,
}

impl From<UserRow> for Name {
    fn from(UserRow { id, name, .. }: UserRow) -> Self {
        Self { id, name }
    }
}

/// Lists up to 100 members. The names come from the table, so no request is sent to Clerk.
pub(crate) async fn list(
    State(services): State<Services>,
    Query(Start { after }): Query<Start>,
) -> Result<Json<Vec<Name>>, Failure> {
    let rows = services.table.list(&after, 100).await?;
    Ok(Json(rows.into_iter().map(Name::from).collect()))
}

//! The operations that create, read and revoke a session.

use clerk_core::Timestamp;
use serde_json::{Map, Value, json};

use crate::fake::operations::codes;
use crate::fake::operations::form::Form;
use crate::fake::operations::response::{ApiError, ApiResult};
use crate::fake::operations::sessions::draft::with_membership;
use crate::fake::state::fake_session::FakeSession;
use crate::fake::state::session::Session;
use crate::fake::state::sign_in::SignInRefusal;
use crate::fake::state::world::World;

pub(crate) fn create_session(
    world: &mut World,
    body: &Map<String, Value>,
    now: Timestamp,
) -> ApiResult {
    let mut form = Form::new(body);
    let user_id = form.required("user_id").unwrap_or_default();
    let organization = form.text("active_organization_id");
    form.finish()?;
    let mut session = FakeSession::new(user_id);
    sign_in_allowed(world, user_id)?;
    if let Some(id) = organization {
        session = with_membership(world, session, id).ok_or_else(|| {
            ApiError::not_found(&format!("No organization was found with id {id}."))
        })?;
    }
    sign_in(world, session, now).map(|session| view(&session, now).into())
}

/// Signs a user in. Returns an error if the user is unknown, banned, locked or deprovisioned.
pub(crate) fn sign_in(
    world: &mut World,
    session: FakeSession,
    now: Timestamp,
) -> Result<Session, ApiError> {
    let user_id = session.user_id.clone();
    let signed_in = world.sign_in(session, now);
    signed_in.map_err(|refusal| refused(refusal, user_id.as_str()))
}

fn sign_in_allowed(world: &World, user_id: &str) -> Result<(), ApiError> {
    let allowed = world.may_sign_in(user_id);
    allowed.map_err(|refusal| refused(refusal, user_id))
}

fn refused(refusal: SignInRefusal, user_id: &str) -> ApiError {
    let code = match refusal {
        SignInRefusal::Unknown => return ApiError::user_not_found(user_id),
        SignInRefusal::Banned => codes::USER_BANNED,
        SignInRefusal::Locked => codes::USER_LOCKED,
        SignInRefusal::Deprovisioned => codes::DEPROVISIONED,
    };
    let long_message = format!("The user {user_id} {refusal} and cannot sign in.");
    ApiError::new(code, &long_message)
}

pub(crate) fn get_session(world: &World, id: &str, now: Timestamp) -> ApiResult {
    let session = world.sessions.get(id);
    session
        .map(|session| view(session, now).into())
        .ok_or_else(|| session_not_found(id))
}

/// Revokes a session. A session that has already ended does not change.
pub(crate) fn revoke_session(world: &mut World, id: &str, now: Timestamp) -> ApiResult {
    let session = world.sessions.get_mut(id);
    let session = session.ok_or_else(|| session_not_found(id))?;
    session.revoke(now);
    Ok(view(session, now).into())
}

pub(crate) fn session_not_found(id: &str) -> ApiError {
    ApiError::not_found(&format!("No session was found with id {id}."))
}

/// Returns the JSON of a session.
pub(crate) fn view(session: &Session, now: Timestamp) -> Value {
    let status = session.status(now);
    let content = &session.content;
    let tasks = (status == "pending").then(|| json!([{ "key": "choose-organization" }]));
    json!({
        "object": "session",
        "id": session.id,
        "user_id": content.user_id,
        "client_id": session.client_id,
        "actor": content.claims.get("act"),
        "status": status,
        "last_active_organization_id": content.organization.as_ref().map(|(id, _)| id),
        "last_active_at": session.last_active_at,
        "expire_at": session.expire_at,
        "abandon_at": session.abandon_at,
        "created_at": session.created_at,
        "updated_at": session.updated_at,
        "tasks": tasks,
    })
}

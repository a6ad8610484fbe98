//! The operations on clients: the browsers and devices of the sessions.

use std::collections::BTreeSet;

use clerk_core::Timestamp;
use serde_json::{Value, json};

use crate::fake::operations::query::{Pairs, listed};
use crate::fake::operations::response::{ApiError, ApiResult};
use crate::fake::operations::sessions::session::view;
use crate::fake::state::session::Session;
use crate::fake::state::world::World;

pub(crate) fn get_client(world: &World, id: &str, now: Timestamp) -> ApiResult {
    client(world, id, now).map(Into::into)
}

/// Returns the JSON of a client.
fn client(world: &World, id: &str, now: Timestamp) -> Result<Value, ApiError> {
    let sessions = world.sessions.iter();
    let sessions: Vec<&Session> = sessions.filter(|of| of.client_id == id).collect();
    let Some(first) = sessions.first() else {
        return Err(ApiError::resource_not_found(id));
    };
    let live = sessions.iter().filter(|session| session.is_live(now));
    let last_active = live.max_by_key(|session| session.last_active_at);
    let updated_at = sessions.iter().map(|session| session.updated_at).max();
    let views: Vec<Value> = sessions.iter().map(|session| view(session, now)).collect();
    let ids: Vec<&str> = sessions.iter().map(|session| session.id.as_str()).collect();
    Ok(json!({
        "object": "client",
        "id": id,
        "session_ids": ids,
        "sessions": views,
        "sign_in_id": null,
        "sign_up_id": null,
        "last_active_session_id": last_active.map(|session| &session.id),
        "last_authentication_strategy": null,
        "created_at": first.created_at,
        "updated_at": updated_at,
    }))
}

/// Lists all clients, the newest first.
pub(crate) fn get_client_list(world: &World, query: Pairs<'_>, now: Timestamp) -> ApiResult {
    let mut seen = BTreeSet::new();
    let sessions = world.sessions.iter().rev();
    let ids = sessions.map(|session| session.client_id.as_str());
    let ids: Vec<&str> = ids.filter(|id| seen.insert(*id)).collect();
    let clients = ids.into_iter().map(|id| client(world, id, now));
    let clients: Result<Vec<Value>, ApiError> = clients.collect();
    listed(&clients?, query)
}

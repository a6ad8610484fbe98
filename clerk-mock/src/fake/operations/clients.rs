//! The operations on clients: the browsers and devices of the sessions.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use clerk_core::Timestamp;
use serde_json::{Value, json};

use crate::fake::operations::query::{Pairs, listed};
use crate::fake::operations::response::{ApiError, ApiResult};
use crate::fake::operations::sessions::session::view;
use crate::fake::state::session::Session;
use crate::fake::state::world::World;

pub(crate) fn get_client(world: &World, id: &str, now: Timestamp) -> ApiResult {
    let sessions: Vec<&Session> = world.sessions.of_client(id).collect();
    match sessions.first() {
        Some(first) => Ok(client(first, &sessions, now).into()),
        None => Err(ApiError::resource_not_found(id)),
    }
}

/// Returns the JSON of a client with these sessions. `first` is the first of them.
fn client(first: &Session, sessions: &[&Session], now: Timestamp) -> Value {
    let live = sessions.iter().filter(|session| session.is_live(now));
    let last_active = live.max_by_key(|session| session.last_active_at);
    let updated_at = sessions.iter().map(|session| session.updated_at).max();
    let views: Vec<Value> = sessions.iter().map(|session| view(session, now)).collect();
    let ids: Vec<&str> = sessions.iter().map(|session| session.id.as_str()).collect();
    json!({
        "object": "client",
        "id": first.client_id,
        "session_ids": ids,
        "sessions": views,
        "sign_in_id": null,
        "sign_up_id": null,
        "last_active_session_id": last_active.map(|session| &session.id),
        "last_authentication_strategy": null,
        "created_at": first.created_at,
        "updated_at": updated_at,
    })
}

/// Returns a page of the clients, the newest first.
pub(crate) fn get_client_list(world: &World, query: Pairs<'_>, now: Timestamp) -> ApiResult {
    let mut sessions_of: BTreeMap<&str, Vec<&Session>> = BTreeMap::new();
    let mut firsts = Vec::new();
    for session in world.sessions.iter() {
        let sessions = sessions_of.entry(session.client_id.as_str()).or_default();
        if sessions.is_empty() {
            firsts.push(session);
        }
        sessions.push(session);
    }
    firsts.reverse();
    // The sessions of a seed may be in any order.
    firsts.sort_by_key(|first| Reverse(first.created_at));
    let clients = firsts.into_iter().filter_map(|first| {
        let sessions = sessions_of.get(first.client_id.as_str())?;
        Some(client(first, sessions, now))
    });
    let clients: Vec<Value> = clients.collect();
    listed(&clients, query)
}

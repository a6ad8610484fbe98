//! The list of sessions.

use std::cmp::Reverse;

use clerk_core::Timestamp;
use serde_json::Value;

use crate::fake::operations::codes;
use crate::fake::operations::query::{Pairs, filter_text, listed};
use crate::fake::operations::response::{ApiError, ApiResult};
use crate::fake::operations::sessions::session::view;
use crate::fake::state::session::Session;
use crate::fake::state::world::World;

/// The statuses by which a list can be filtered. As in Clerk, `pending` is not one of them.
const STATUSES: [&str; 7] = [
    "abandoned",
    "active",
    "ended",
    "expired",
    "removed",
    "replaced",
    "revoked",
];

/// Lists the sessions of a user or a client, the newest first.
pub(crate) fn get_session_list(world: &World, query: Pairs<'_>, now: Timestamp) -> ApiResult {
    let (user_id, client_id) = (
        filter_text(query, "user_id"),
        filter_text(query, "client_id"),
    );
    let status = filter_text(query, "status");
    if status.is_some_and(|status| !STATUSES.contains(&status)) {
        let message = format!("status must be one of {}.", STATUSES.join(", "));
        return Err(ApiError::param(
            codes::FORM_PARAM_VALUE_INVALID,
            "status",
            &message,
        ));
    }
    if user_id.is_none() && client_id.is_none() {
        return Err(ApiError::new(
            codes::MISSING_QUERY_PARAMETER,
            "At least one of user_id and client_id must be included.",
        ));
    }
    let sessions = world.sessions.iter().rev();
    let mut sessions: Vec<&Session> = sessions
        .filter(|session| user_id.is_none_or(|id| session.content.user_id == id))
        .filter(|session| client_id.is_none_or(|id| session.client_id == id))
        .filter(|session| status.is_none_or(|status| session.status(now) == status))
        .collect();
    // The sessions of a seed may be in any order.
    sessions.sort_by_key(|session| Reverse(session.created_at));
    let sessions = sessions.into_iter().map(|session| view(session, now));
    let sessions: Vec<Value> = sessions.collect();
    listed(&sessions, query)
}

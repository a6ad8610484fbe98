//! The tokens of a session.

use clerk_core::Timestamp;
use serde_json::{Map, Value, json};

use crate::fake::operations::codes;
use crate::fake::operations::form::Form;
use crate::fake::operations::response::{ApiError, ApiResult};
use crate::fake::operations::sessions::session::session_not_found;
use crate::fake::sessions::token::{self, LIFETIME, UnsignedToken};
use crate::fake::state::session::Session;
use crate::fake::state::world::World;

/// The lifetimes in seconds that a request may set.
const LIFETIMES: std::ops::RangeInclusive<i64> = 30..=315_360_000;

/// Creates a session token.
pub(crate) fn create_session_token(
    world: &mut World,
    id: &str,
    body: &Map<String, Value>,
    now: Timestamp,
) -> ApiResult {
    create(world, id, body, now, |world, session, lifetime| {
        token::session_token(world, session, now, now, lifetime.unwrap_or(LIFETIME))
    })
}

/// Creates a token of a JWT template. A template that does not exist adds no claims.
pub(crate) fn create_session_token_from_template(
    world: &mut World,
    id: &str,
    template: &str,
    body: &Map<String, Value>,
    now: Timestamp,
) -> ApiResult {
    create(world, id, body, now, |world, session, lifetime| {
        token::template_token(world, session, template, now, lifetime)
    })
}

fn create(
    world: &mut World,
    id: &str,
    body: &Map<String, Value>,
    now: Timestamp,
    token: impl FnOnce(&mut World, &Session, Option<i64>) -> UnsignedToken,
) -> ApiResult {
    let mut form = Form::new(body);
    let lifetime = lifetime(&mut form);
    form.finish()?;
    let session = live_session(world, id, now)?;
    world.touch(&session.id, now);
    let token = token(world, &session, lifetime);
    Ok(json!({ "object": "token", "jwt": token.sign().expose() }).into())
}

/// Reads the lifetime of a token in seconds.
pub(crate) fn lifetime(form: &mut Form<'_>) -> Option<i64> {
    let name = "expires_in_seconds";
    let lifetime = form.count(name);
    if lifetime.is_some_and(|lifetime| !LIFETIMES.contains(&lifetime)) {
        let message = format!(
            "{name} must be from {} to {}.",
            LIFETIMES.start(),
            LIFETIMES.end()
        );
        form.refuse(codes::FORM_PARAM_VALUE_INVALID, name, &message);
    }
    lifetime
}

/// Returns a session. If the session has ended, the error is the same as for an unknown session.
fn live_session(world: &World, id: &str, now: Timestamp) -> Result<Session, ApiError> {
    let session = world.sessions.get(id);
    let session = session.filter(|session| session.is_live(now));
    session.cloned().ok_or_else(|| session_not_found(id))
}

//! An operation that signs a user in, for clients in other languages. Clerk has no such operation.

use clerk_core::Timestamp;
use serde_json::{Map, Value, json};

use crate::fake::operations::form::Form;
use crate::fake::operations::response::ApiResult;
use crate::fake::operations::sessions::draft::draft;
use crate::fake::operations::sessions::session;
use crate::fake::operations::sessions::tokens::lifetime;
use crate::fake::sessions::token::{LIFETIME, session_token};
use crate::fake::sessions::tokens::cookie;
use crate::fake::state::world::World;

/// The parameters of the token. All other parameters describe the session.
const OF_TOKEN: [&str; 2] = ["issued_at", "expires_in_seconds"];

/// Signs a user in, and returns a token.
pub(crate) fn sign_in(world: &mut World, body: &Map<String, Value>, now: Timestamp) -> ApiResult {
    let (mut of_token, mut of_session) = (Map::new(), Map::new());
    for (name, value) in body {
        let part = if OF_TOKEN.contains(&name.as_str()) {
            &mut of_token
        } else {
            &mut of_session
        };
        part.insert(name.clone(), value.clone());
    }
    let mut form = Form::new(&of_token);
    let issued_at = form.time("issued_at").unwrap_or(now);
    let lifetime = lifetime(&mut form).unwrap_or(LIFETIME);
    form.finish()?;
    let content = draft(world, &of_session)?;
    let session = session::sign_in(world, content, now)?;
    let token = session_token(world, &session, now, issued_at, lifetime).sign();
    Ok(json!({
        "session_id": session.id,
        "token": token.expose(),
        "cookie": cookie(&token, &session, issued_at),
    })
    .into())
}

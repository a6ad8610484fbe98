//! The operations that ban and unban one or several users.

use clerk_core::Timestamp;
use clerk_core::models::User;
use serde_json::{Map, Value};

use crate::fake::operations::codes;
use crate::fake::operations::form::Form;
use crate::fake::operations::response::{ApiError, ApiResult, value};
use crate::fake::operations::users::lookup::find_mut;
use crate::fake::state::world::World;

pub(crate) fn ban_user(world: &mut World, id: &str, now: Timestamp) -> ApiResult {
    set_banned(world, id, true, now)
}

pub(crate) fn unban_user(world: &mut World, id: &str, now: Timestamp) -> ApiResult {
    set_banned(world, id, false, now)
}

pub(crate) fn users_ban(world: &mut World, body: &Map<String, Value>, now: Timestamp) -> ApiResult {
    set_all_banned(world, body, true, now)
}

pub(crate) fn users_unban(
    world: &mut World,
    body: &Map<String, Value>,
    now: Timestamp,
) -> ApiResult {
    set_all_banned(world, body, false, now)
}

fn set_banned(world: &mut World, id: &str, banned: bool, now: Timestamp) -> ApiResult {
    let user = change_ban(world, id, banned, now)?;
    Ok(value(&user))
}

fn change_ban(world: &mut World, id: &str, banned: bool, now: Timestamp) -> Result<User, ApiError> {
    let account = find_mut(world, id)?;
    account.user.banned = banned;
    account.user.updated_at = now;
    let user = account.user.clone();
    if banned {
        world.sessions.revoke_all_of(id, now);
    }
    Ok(user)
}

/// Bans or unbans all of the users, or none if one does not exist.
fn set_all_banned(
    world: &mut World,
    body: &Map<String, Value>,
    banned: bool,
    now: Timestamp,
) -> ApiResult {
    let mut form = Form::new(body);
    let ids = form.texts("user_ids");
    if form.is_null("user_ids") {
        let message = "user_ids must be included.";
        form.refuse(codes::FORM_PARAM_MISSING, "user_ids", message);
    }
    if ids
        .as_ref()
        .is_some_and(|ids| !(1..=50).contains(&ids.len()))
    {
        let message = "user_ids must have from 1 to 50 items.";
        form.refuse(codes::FORM_PARAM_VALUE_INVALID, "user_ids", message);
    }
    form.finish()?;
    let ids = ids.unwrap_or_default();
    if let Some(unknown) = ids.iter().find(|id| world.user(id).is_none()) {
        return Err(ApiError::user_not_found(unknown));
    }
    let users = ids.into_iter().map(|id| change_ban(world, id, banned, now));
    let users: Vec<User> = users.collect::<Result<_, _>>()?;
    Ok(value(&users))
}

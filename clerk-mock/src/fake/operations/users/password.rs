//! The operations that verify a password, remove it, or mark it as compromised.

use clerk_core::Timestamp;
use serde_json::{Map, Value, json};

use crate::fake::operations::codes;
use crate::fake::operations::form::{Form, required_text};
use crate::fake::operations::response::{ApiError, ApiResult, value};
use crate::fake::operations::users::lookup::{find, find_mut};
use crate::fake::state::fake_user::FakeUser;
use crate::fake::state::world::World;

/// Returns an error if the user has no password.
fn has_password(account: &FakeUser) -> Result<(), ApiError> {
    if account.user.password_enabled {
        return Ok(());
    }
    Err(ApiError::new(
        codes::NO_PASSWORD_SET,
        "This user does not have a password set for their account.",
    ))
}

pub(crate) fn verify_password(world: &World, id: &str, body: &Map<String, Value>) -> ApiResult {
    let account = find(world, id)?;
    let password = required_text(body, "password")?;
    has_password(account)?;
    if account
        .password
        .as_ref()
        .is_some_and(|right| right.verify(password))
    {
        return Ok(json!({ "verified": true }).into());
    }
    Err(ApiError::new(
        codes::INCORRECT_PASSWORD,
        "The provided password is incorrect.",
    ))
}

pub(crate) fn remove_user_password(
    world: &mut World,
    id: &str,
    body: &Map<String, Value>,
    now: Timestamp,
) -> ApiResult {
    let account = find_mut(world, id)?;
    let mut form = Form::new(body);
    let sign_out = form.flag("sign_out_of_other_sessions").unwrap_or_default();
    form.finish()?;
    let had_password = account.user.password_enabled;
    if had_password {
        account.password = None;
        account.user.password_enabled = false;
        account.user.updated_at = now;
    }
    let user = value(&account.user);
    if had_password && sign_out {
        world.sessions.revoke_all_of(id, now);
    }
    Ok(user)
}

pub(crate) fn set_user_password_compromised(
    world: &mut World,
    id: &str,
    body: &Map<String, Value>,
    now: Timestamp,
) -> ApiResult {
    let account = find_mut(world, id)?;
    let mut form = Form::new(body);
    let revoke = form.flag("revoke_all_sessions").unwrap_or_default();
    form.finish()?;
    has_password(account)?;
    account.user.updated_at = now;
    let user = value(&account.user);
    if revoke {
        world.sessions.revoke_all_of(id, now);
    }
    Ok(user)
}

pub(crate) fn unset_user_password_compromised(
    world: &mut World,
    id: &str,
    now: Timestamp,
) -> ApiResult {
    let account = find_mut(world, id)?;
    has_password(account)?;
    account.user.updated_at = now;
    Ok(value(&account.user))
}

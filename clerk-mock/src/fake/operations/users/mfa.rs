//! Multi-factor authentication: authenticator apps and backup codes.

use clerk_core::Timestamp;
use clerk_core::models::User;
use serde_json::{Map, Value, json};

use crate::fake::operations::codes;
use crate::fake::operations::form::required_text;
use crate::fake::operations::response::{ApiError, ApiResult};
use crate::fake::operations::users::lookup::find_mut;
use crate::fake::state::fake_user::FakeUser;
use crate::fake::state::password::Password;
use crate::fake::state::totp::matches_totp;
use crate::fake::state::world::World;

pub(crate) fn verify_totp(
    world: &mut World,
    id: &str,
    body: &Map<String, Value>,
    now: Timestamp,
) -> ApiResult {
    let account = find_mut(world, id)?;
    let code = required_text(body, "code")?;
    let Some(secret) = &account.totp_secret else {
        return Err(ApiError::new(
            codes::TOTP_DISABLED,
            "This user does not have TOTP enabled for their account.",
        ));
    };
    if matches_totp(secret.expose(), code, now) {
        return Ok(json!({ "verified": true, "code_type": "totp" }).into());
    }
    let used = account
        .backup_codes
        .iter()
        .position(|known| Password::of_backup_code(known).verify(code));
    if let Some(at) = used {
        account.backup_codes.remove(at);
        return Ok(json!({ "verified": true, "code_type": "backup_code" }).into());
    }
    Err(ApiError::new(
        codes::TOTP_INCORRECT_CODE,
        "The provided code is incorrect.",
    ))
}

pub(crate) fn disable_mfa(world: &mut World, id: &str, now: Timestamp) -> ApiResult {
    let account = find_mut(world, id)?;
    remove_second_factors(account, now);
    Ok(json!({ "user_id": account.user.id }).into())
}

/// Removes all second factors of a user.
pub(crate) fn remove_second_factors(account: &mut FakeUser, now: Timestamp) {
    account.totp_secret = None;
    account.backup_codes.clear();
    let user = &mut account.user;
    user.totp_enabled = false;
    user.backup_code_enabled = false;
    for phone in &mut user.phone_numbers {
        phone.reserved_for_second_factor = false;
        phone.default_second_factor = false;
    }
    update_mfa_flags(user, now);
}

pub(crate) fn delete_totp(world: &mut World, id: &str, now: Timestamp) -> ApiResult {
    let account = find_mut(world, id)?;
    account.totp_secret = None;
    account.user.totp_enabled = false;
    update_mfa_flags(&mut account.user, now);
    Ok(json!({ "user_id": account.user.id }).into())
}

pub(crate) fn delete_backup_code(world: &mut World, id: &str, now: Timestamp) -> ApiResult {
    let account = find_mut(world, id)?;
    account.backup_codes.clear();
    account.user.backup_code_enabled = false;
    update_mfa_flags(&mut account.user, now);
    Ok(json!({ "user_id": account.user.id }).into())
}

/// Updates the flags and times of a user whose second factors may have changed.
///
/// If the user has no second factor left, two-factor authentication is disabled.
pub(crate) fn update_mfa_flags(user: &mut User, now: Timestamp) {
    let mut phones = user.phone_numbers.iter();
    let left = user.totp_enabled
        || user.backup_code_enabled
        || phones.any(|phone| phone.reserved_for_second_factor);
    if user.two_factor_enabled && !left {
        user.two_factor_enabled = false;
        user.mfa_disabled_at = Some(now);
    }
    user.updated_at = now;
}

//! Second factors: authenticator apps and backup codes.

use clerk_core::Timestamp;
use clerk_core::http::StatusCode;
use clerk_core::models::User;
use serde_json::{Map, Value, json};

use super::account::find_mut;
use super::answer::{Outcome, Refusal};
use super::credentials::required;
use super::password::Password;
use super::totp::matches_totp;
use super::world::World;

pub(super) fn verify_totp(
    world: &mut World,
    id: &str,
    body: &Map<String, Value>,
    now: Timestamp,
) -> Outcome {
    let account = find_mut(world, id)?;
    let code = required(body, "code")?;
    let Some(secret) = &account.totp_secret else {
        return Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            "totp_disabled",
            "TOTP is disabled",
            "This user does not have TOTP enabled for their account.",
        ));
    };
    if matches_totp(secret.expose(), code, now) {
        return Ok(json!({ "verified": true, "code_type": "totp" }));
    }
    let used = account
        .backup_codes
        .iter()
        .position(|known| Password::of_backup_code(known).is(code));
    if let Some(at) = used {
        account.backup_codes.remove(at);
        return Ok(json!({ "verified": true, "code_type": "backup_code" }));
    }
    Err(Refusal::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "totp_incorrect_code",
        "incorrect TOTP",
        "The provided code is incorrect.",
    ))
}

pub(super) fn disable_mfa(world: &mut World, id: &str, now: Timestamp) -> Outcome {
    let account = find_mut(world, id)?;
    account.totp_secret = None;
    account.backup_codes.clear();
    let user = &mut account.user;
    user.totp_enabled = false;
    user.backup_code_enabled = false;
    for phone in &mut user.phone_numbers {
        phone.reserved_for_second_factor = false;
        phone.default_second_factor = false;
    }
    took_away(user, now);
    Ok(json!({ "user_id": user.id }))
}

pub(super) fn delete_totp(world: &mut World, id: &str, now: Timestamp) -> Outcome {
    let account = find_mut(world, id)?;
    account.totp_secret = None;
    account.user.totp_enabled = false;
    took_away(&mut account.user, now);
    Ok(json!({ "user_id": account.user.id }))
}

pub(super) fn delete_backup_codes(world: &mut World, id: &str, now: Timestamp) -> Outcome {
    let account = find_mut(world, id)?;
    account.backup_codes.clear();
    account.user.backup_code_enabled = false;
    took_away(&mut account.user, now);
    Ok(json!({ "user_id": account.user.id }))
}

/// With the last of them, two-factor authentication ends.
pub(super) fn took_away(user: &mut User, now: Timestamp) {
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

//! The operations that change data. They create a user, change it, and delete it at the end.

use clerk_client::ids::UserId;
use clerk_client::mock::totp_code;
use clerk_client::models::User;
use clerk_client::requests::CreditAction;
use clerk_client::requests::{
    AdjustCreditBalanceRequest, CreateUserRequest, ProfileImage, RemoveUserPasswordRequest,
    ReplaceUserMetadataRequest, SetUserPasswordCompromisedRequest, UpdateUserMetadataRequest,
    UpdateUserRequest,
};
use clerk_client::{Error, Timestamp, UsersApi};
use serde_json::json;

use crate::read::name;
use crate::show;

/// The TOTP secret of the new user.
const TOTP_SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
/// A GIF image of one pixel.
const PIXEL: &[u8] = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";

pub(crate) async fn all(
    users: &UsersApi,
    now: impl Fn() -> Timestamp,
    add_belongings: impl Fn(&UserId),
) -> Result<(), Error> {
    let unique = now().as_millis();
    let password = format!("correct horse {unique}");
    let request = CreateUserRequest::new()
        .email_address([format!("grace+{unique}@example.com")])
        .first_name("Grace")
        .password(&password)
        .totp_secret(TOTP_SECRET)
        .backup_codes(["one", "two"]);
    let created = users.create_user(request).await;
    let created = show("create_user", "grace+…@example.com", created, |user| {
        user.id.to_string()
    })?;
    let Some(user) = created else { return Ok(()) };

    let changed = change(users, &user, &password, now, add_belongings).await;
    let deleted = users.delete_user(&user.id).await;
    show("delete_user", &user.id, deleted, |deleted| {
        format!("deleted: {}", deleted.deleted)
    })?;
    changed
}

async fn change(
    users: &UsersApi,
    user: &User,
    password: &str,
    now: impl Fn() -> Timestamp,
    add_belongings: impl Fn(&UserId),
) -> Result<(), Error> {
    let id = &user.id;
    profile(users, id).await?;
    password_and_codes(users, id, password, now).await?;
    bans(users, id).await?;
    add_belongings(id);
    identifications(users, id).await
}

async fn profile(users: &UsersApi, id: &UserId) -> Result<(), Error> {
    let request = UpdateUserRequest::new().last_name("Hopper");
    let updated = users.update_user(id, request).await;
    show("update_user", "last_name Hopper", updated, name)?;
    let metadata = |user: &User| user.public_metadata.as_json().to_owned();
    let plan = UpdateUserMetadataRequest::new().public_metadata(json!({ "plan": "pro" }));
    let updated = users.update_user_metadata(id, plan).await;
    show("update_user_metadata", "plan pro", updated, metadata)?;
    let seats = ReplaceUserMetadataRequest::new().public_metadata(json!({ "seats": 5 }));
    let replaced = users.replace_user_metadata(id, seats).await;
    show("replace_user_metadata", "seats 5", replaced, metadata)?;

    let has_image = |user: &User| format!("has an image: {}", user.has_image);
    let image = ProfileImage::new("pixel.gif", "image/gif", PIXEL);
    let set = users.set_user_profile_image(id, image).await;
    show("set_user_profile_image", "pixel.gif", set, has_image)?;
    let deleted = users.delete_user_profile_image(id).await;
    show("delete_user_profile_image", id, deleted, has_image)?;

    let request = AdjustCreditBalanceRequest::new(CreditAction::Increase, 500, id.as_str());
    let entry = users.adjust_user_billing_credit_balance(id, request).await;
    show(
        "adjust_user_billing_credit_balance",
        "500 cents",
        entry,
        |entry| entry.amount.amount_formatted.to_string(),
    )?;
    Ok(())
}

async fn password_and_codes(
    users: &UsersApi,
    id: &UserId,
    password: &str,
    now: impl Fn() -> Timestamp,
) -> Result<(), Error> {
    for (which, password) in [("the right one", password), ("a wrong one", "wrong horse")] {
        let verified = users.verify_password(id, password).await;
        show("verify_password", which, verified, |verified| {
            format!("verified: {}", verified.verified)
        })?;
    }
    let code = totp_code(TOTP_SECRET, now()).unwrap_or_default();
    let verified = users.verify_totp(id, code).await;
    show("verify_totp", "the app's code", verified, |verified| {
        format!("verified, by {}", verified.code_type)
    })?;
    let of = |user_id: &UserId| format!("none left for {user_id}");
    let deleted = users.delete_backup_code(id).await;
    show("delete_backup_code", id, deleted, |deleted| {
        of(&deleted.user_id)
    })?;
    let deleted = users.delete_totp(id).await;
    show("delete_totp", id, deleted, |deleted| of(&deleted.user_id))?;
    let disabled = users.disable_mfa(id).await;
    show(
        "disable_mfa",
        id,
        disabled,
        |disabled| of(&disabled.user_id),
    )?;

    let has_password = |user: &User| format!("has a password: {}", user.password_enabled);
    let mark = SetUserPasswordCompromisedRequest::new();
    let marked = users.set_user_password_compromised(id, mark).await;
    show("set_user_password_compromised", id, marked, has_password)?;
    let unmarked = users.unset_user_password_compromised(id).await;
    show(
        "unset_user_password_compromised",
        id,
        unmarked,
        has_password,
    )?;
    let removed = users
        .remove_user_password(id, RemoveUserPasswordRequest::new())
        .await;
    show("remove_user_password", id, removed, has_password)?;
    Ok(())
}

async fn bans(users: &UsersApi, id: &UserId) -> Result<(), Error> {
    let banned = |user: &User| format!("banned: {}", user.banned);
    let all_banned = |users: &Vec<User>| users.iter().map(banned).collect::<Vec<_>>().join(", ");
    let locked = |user: &User| format!("locked: {}", user.locked);
    show("ban_user", id, users.ban_user(id).await, banned)?;
    show("unban_user", id, users.unban_user(id).await, banned)?;
    show("users_ban", id, users.users_ban([id]).await, all_banned)?;
    show("users_unban", id, users.users_unban([id]).await, all_banned)?;
    show("lock_user", id, users.lock_user(id).await, locked)?;
    show("unlock_user", id, users.unlock_user(id).await, locked)?;
    Ok(())
}

async fn identifications(users: &UsersApi, id: &UserId) -> Result<(), Error> {
    let address = users
        .replace_user_email_address(id, "hopper@example.com")
        .await;
    show(
        "replace_user_email_address",
        "hopper@example.com",
        address,
        |address| address.email_address.to_string(),
    )?;
    let number = users.replace_user_phone_number(id, "+15555550100").await;
    show(
        "replace_user_phone_number",
        "+15555550100",
        number,
        |number| number.phone_number.to_string(),
    )?;
    let deleted =
        |deleted: &clerk_client::models::DeletedObject| format!("deleted: {}", deleted.deleted);
    let passkey = users.user_passkey_delete(id, "idn_passkey").await;
    show("user_passkey_delete", "idn_passkey", passkey, deleted)?;
    let wallet = users.user_web3_wallet_delete(id, "idn_wallet").await;
    show("user_web3_wallet_delete", "idn_wallet", wallet, deleted)?;
    let account = users.delete_external_account(id, "eac_github").await;
    show("delete_external_account", "eac_github", account, deleted)?;
    let device = users.revoke_user_trusted_device(id, "device_1").await;
    show("revoke_user_trusted_device", "device_1", device, |device| {
        device.status.to_string()
    })?;
    Ok(())
}

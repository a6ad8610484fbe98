//! The operations that replace and delete identifiers of a user.

use std::mem;

use clerk_core::Timestamp;
use clerk_core::models::{EmailAddress, PhoneNumber, User};
use serde_json::{Map, Value};

use crate::fake::operations::claims::check_unique;
use crate::fake::operations::codes;
use crate::fake::operations::form::Form;
use crate::fake::operations::formats::{is_email_address, is_phone_number};
use crate::fake::operations::identifiers::deletion::refuse_linked;
use crate::fake::operations::response::{ApiError, ApiResult, deleted, value};
use crate::fake::operations::users::lookup::{find, find_mut};
use crate::fake::operations::users::mfa::{remove_second_factors, update_mfa_flags};
use crate::fake::state::identifier;
use crate::fake::state::world::World;

pub(crate) fn replace_user_email_address(
    world: &mut World,
    id: &str,
    body: &Map<String, Value>,
    now: Timestamp,
) -> ApiResult {
    let mut user = find(world, id)?.user.clone();
    let mut form = Form::new(body);
    let (text, status) = read(&mut form, "email_address");
    form.flag("notify_primary_email_address_changed");
    let address = match text {
        Some(text) => read_email_address(&mut form, world.new_id("idn"), text, status, now),
        None => EmailAddress::default(),
    };
    let replaced = mem::replace(&mut user.email_addresses, vec![address.clone()]);
    let mut claims = User::new(&user.id);
    claims.email_addresses.clone_from(&user.email_addresses);
    check_unique(&mut form, &claims, world);
    form.finish()?;
    for old in replaced {
        refuse_linked("email address", &old.linked_to)?;
    }

    user.primary_email_address_id = Some(address.id.clone());
    user.updated_at = now;
    world.replace_user(user);
    Ok(value(&address))
}

pub(crate) fn replace_user_phone_number(
    world: &mut World,
    id: &str,
    body: &Map<String, Value>,
    now: Timestamp,
) -> ApiResult {
    let mut user = find(world, id)?.user.clone();
    let mut form = Form::new(body);
    let (text, status) = read(&mut form, "phone_number");
    let phone = match text {
        Some(text) => read_phone_number(&mut form, world.new_id("idn"), text, status, now),
        None => PhoneNumber::default(),
    };
    let replaced = mem::replace(&mut user.phone_numbers, vec![phone.clone()]);
    let mut claims = User::new(&user.id);
    claims.phone_numbers.clone_from(&user.phone_numbers);
    check_unique(&mut form, &claims, world);
    form.finish()?;
    for old in &replaced {
        refuse_linked("phone number", &old.linked_to)?;
    }

    user.primary_phone_number_id = Some(phone.id.clone());
    update_mfa_flags(&mut user, now);
    world.replace_user(user);
    // As in Clerk, replacing a phone number that is a second factor also removes the second factors
    // that are not phone numbers.
    if replaced.iter().any(|old| old.reserved_for_second_factor) {
        remove_second_factors(find_mut(world, id)?, now);
    }
    Ok(value(&phone))
}

/// Reads the required identifier, and its status. Without a status, the identifier is verified. The
/// identifier is `None` if an error about it was reported.
fn read<'a>(form: &mut Form<'a>, name: &'static str) -> (Option<&'a str>, Option<&'a str>) {
    let text = form.text(name);
    if form.is_null(name) {
        let message = format!("{name} must be included.");
        form.refuse(codes::FORM_PARAM_MISSING, name, &message);
    }
    let status = form.text("identification_status");
    if status.is_some_and(|status| !matches!(status, "verified" | "reserved" | "unverified")) {
        let message = "identification_status must be one of verified, reserved, unverified.";
        form.refuse(
            codes::FORM_PARAM_VALUE_INVALID,
            "identification_status",
            message,
        );
    }
    (text, status)
}

pub(crate) fn user_passkey_delete(
    world: &mut World,
    id: &str,
    passkey: &str,
    now: Timestamp,
) -> ApiResult {
    let user = &mut find_mut(world, id)?.user;
    let at = user.passkeys.iter().position(|own| own.id == *passkey);
    user.passkeys
        .remove(at.ok_or_else(|| ApiError::resource_not_found(passkey))?);
    user.updated_at = now;
    Ok(deleted("passkey", passkey).into())
}

pub(crate) fn user_web3_wallet_delete(
    world: &mut World,
    id: &str,
    wallet: &str,
    now: Timestamp,
) -> ApiResult {
    let mut user = find(world, id)?.user.clone();
    let at = user.web3_wallets.iter().position(|own| own.id == *wallet);
    user.web3_wallets
        .remove(at.ok_or_else(|| ApiError::resource_not_found(wallet))?);
    let is_primary = user
        .primary_web3_wallet_id
        .as_ref()
        .is_some_and(|id| *id == *wallet);
    if is_primary {
        user.primary_web3_wallet_id = user.web3_wallets.first().map(|next| next.id.clone());
    }
    user.updated_at = now;
    world.replace_user(user);
    Ok(deleted("web3_wallet", wallet).into())
}

pub(crate) fn delete_external_account(
    world: &mut World,
    id: &str,
    account: &str,
    now: Timestamp,
) -> ApiResult {
    let known = find_mut(world, id)?;
    let user = &mut known.user;
    let mut accounts = user.external_accounts.iter();
    let at = accounts.position(|own| *own.account_id() == *account);
    let at = at.ok_or_else(|| ApiError::external_account_not_found(account))?;
    let gone = user.external_accounts.remove(at);
    let addresses = user.email_addresses.iter_mut();
    let phones = user.phone_numbers.iter_mut();
    let links = addresses.map(|address| &mut address.linked_to);
    for links in links.chain(phones.map(|phone| &mut phone.linked_to)) {
        links.retain(|link| link.id != gone.identification_id);
    }
    user.updated_at = now;
    known
        .tokens
        .retain(|token| token.external_account_id != *gone.account_id());
    Ok(deleted("external_account", account).into())
}

/// Creates an e-mail address. Reports an error if it is malformed.
pub(crate) fn read_email_address(
    form: &mut Form<'_>,
    id: String,
    text: &str,
    status: Option<&str>,
    now: Timestamp,
) -> EmailAddress {
    if !is_email_address(text) {
        let message = "email_address must be a valid email address.";
        form.refuse(codes::FORM_PARAM_FORMAT_INVALID, "email_address", message);
    }
    identifier::new_email_address(id, text, status, now)
}

/// Creates a phone number. Reports an error if it is malformed.
pub(crate) fn read_phone_number(
    form: &mut Form<'_>,
    id: String,
    text: &str,
    status: Option<&str>,
    now: Timestamp,
) -> PhoneNumber {
    if !is_phone_number(text) {
        let message =
            "phone_number must be a valid phone number according to E.164 international standard.";
        form.refuse(codes::FORM_PARAM_FORMAT_INVALID, "phone_number", message);
    }
    identifier::new_phone_number(id, text, status, now)
}

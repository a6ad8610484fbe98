//! Identifiers that are replaced and deleted.

use clerk_core::Timestamp;
use clerk_core::models::User;
use serde_json::{Map, Value, json};

use super::account::{find, find_mut};
use super::answer::{Outcome, Refusal, value};
use super::form::Form;
use super::identifier::{self, check_unique};
use super::second_factor::took_away;
use super::world::World;

pub(super) fn email_address(
    world: &mut World,
    id: &str,
    body: &Map<String, Value>,
    now: Timestamp,
) -> Outcome {
    let mut user = find(world, id)?.user.clone();
    let mut form = Form::new(body);
    let (text, status) = read(&mut form, "email_address");
    form.flag("notify_primary_email_address_changed");
    if user
        .email_addresses
        .iter()
        .any(|old| !old.linked_to.is_empty())
    {
        let message =
            "The email address is linked to a connected account. Remove that account first.";
        form.refuse("form_param_value_invalid", "email_address", message);
    }
    let address = identifier::email_address(&mut form, world, text, status, now);
    user.email_addresses = vec![address.clone()];
    let mut claims = User::new(&user.id);
    claims.email_addresses.clone_from(&user.email_addresses);
    check_unique(&mut form, &claims, world);
    form.finish()?;

    user.primary_email_address_id = Some(address.id.clone());
    user.updated_at = now;
    world.replace_user(user);
    Ok(value(&address))
}

pub(super) fn phone_number(
    world: &mut World,
    id: &str,
    body: &Map<String, Value>,
    now: Timestamp,
) -> Outcome {
    let mut user = find(world, id)?.user.clone();
    let mut form = Form::new(body);
    let (text, status) = read(&mut form, "phone_number");
    let phone = identifier::phone_number(&mut form, world, text, status, now);
    user.phone_numbers = vec![phone.clone()];
    let mut claims = User::new(&user.id);
    claims.phone_numbers.clone_from(&user.phone_numbers);
    check_unique(&mut form, &claims, world);
    form.finish()?;

    user.primary_phone_number_id = Some(phone.id.clone());
    took_away(&mut user, now);
    world.replace_user(user);
    Ok(value(&phone))
}

/// The identifier, which must be there, and the status that it is created with.
fn read<'a>(form: &mut Form<'a>, name: &'static str) -> (&'a str, Option<&'a str>) {
    let text = form.text(name);
    if text.is_none() {
        let message = format!("{name} must be included.");
        form.refuse("form_param_missing", name, &message);
    }
    let status = form.text("identification_status");
    if status.is_some_and(|status| !matches!(status, "verified" | "reserved" | "unverified")) {
        let message = "identification_status must be one of verified, reserved, unverified.";
        form.refuse("form_param_value_invalid", "identification_status", message);
    }
    (text.unwrap_or_default(), status)
}

pub(super) fn delete_passkey(
    world: &mut World,
    id: &str,
    passkey: &str,
    now: Timestamp,
) -> Outcome {
    let user = &mut find_mut(world, id)?.user;
    let at = user.passkeys.iter().position(|own| own.id == *passkey);
    user.passkeys.remove(at.ok_or_else(|| not_found(passkey))?);
    user.updated_at = now;
    Ok(deleted("passkey", passkey))
}

pub(super) fn delete_web3_wallet(
    world: &mut World,
    id: &str,
    wallet: &str,
    now: Timestamp,
) -> Outcome {
    let mut user = find(world, id)?.user.clone();
    let at = user.web3_wallets.iter().position(|own| own.id == *wallet);
    user.web3_wallets
        .remove(at.ok_or_else(|| not_found(wallet))?);
    let is_primary = user
        .primary_web3_wallet_id
        .as_ref()
        .is_some_and(|id| *id == *wallet);
    if is_primary {
        user.primary_web3_wallet_id = user.web3_wallets.first().map(|next| next.id.clone());
    }
    user.updated_at = now;
    world.replace_user(user);
    Ok(deleted("web3_wallet", wallet))
}

pub(super) fn delete_external_account(
    world: &mut World,
    id: &str,
    account: &str,
    now: Timestamp,
) -> Outcome {
    let known = find_mut(world, id)?;
    let user = &mut known.user;
    let mut accounts = user.external_accounts.iter();
    let at = accounts.position(|own| own.id == *account);
    let gone = user
        .external_accounts
        .remove(at.ok_or_else(|| not_found(account))?);
    for address in &mut user.email_addresses {
        address
            .linked_to
            .retain(|link| link.id != gone.identification_id);
    }
    user.updated_at = now;
    known
        .tokens
        .retain(|token| token.external_account_id != gone.id);
    Ok(deleted("external_account", account))
}

fn deleted(object: &str, id: &str) -> Value {
    json!({ "object": object, "id": id, "deleted": true })
}

pub(super) fn not_found(id: &str) -> Refusal {
    Refusal::not_found(&format!("Nothing was found with id {id}."))
}

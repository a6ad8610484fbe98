//! Changes of a user.

use clerk_core::Timestamp;
use clerk_core::http::StatusCode;
use clerk_core::models::User;
use serde_json::{Map, Value};

use super::account::{find, find_mut};
use super::answer::{Outcome, Refusal, value};
use super::create::check_unique;
use super::credentials::{Credentials, check_password};
use super::form::Form;
use super::world::World;

pub(super) fn update(
    world: &mut World,
    id: &str,
    body: &Map<String, Value>,
    now: Timestamp,
) -> Outcome {
    let mut form = Form::new(body);
    let mut user = find(world, id)?.user.clone();
    read_profile(&mut form, &mut user);
    read_settings(&mut form, &mut user);
    let missing = read_primaries(&mut form, &mut user);
    let credentials = Credentials::read(&mut form);
    let skip_checks = form.flag("skip_password_checks").unwrap_or_default();
    form.flag("sign_out_of_other_sessions");
    form.flag("notify_primary_email_address_changed");
    form.flag("skip_legal_checks");
    form.text("profile_image_id");
    check_password(&mut form, credentials.password.as_ref(), skip_checks);
    check_unique(&mut form, &user, world);
    form.finish()?;
    if let Some(identification) = missing {
        let message = format!("No identification was found with id {identification}.");
        return Err(Refusal::new(
            StatusCode::NOT_FOUND,
            "resource_not_found",
            "not found",
            &message,
        ));
    }

    user.updated_at = now;
    let account = find_mut(world, id)?;
    account.user = user;
    credentials.apply(account, now);
    Ok(value(&account.user))
}

/// A text that is there replaces the old one; null or, as Clerk has it, the empty text removes it.
fn replace(form: &mut Form<'_>, name: &'static str, field: &mut Option<Box<str>>) {
    let given = form.has(name);
    let text = form.text(name).filter(|text| !text.is_empty());
    if given {
        *field = text.map(Into::into);
    }
}

fn read_profile(form: &mut Form<'_>, user: &mut User) {
    replace(form, "external_id", &mut user.external_id);
    replace(form, "first_name", &mut user.first_name);
    replace(form, "last_name", &mut user.last_name);
    replace(form, "locale", &mut user.locale);
    replace(form, "username", &mut user.username);
}

fn read_settings(form: &mut Form<'_>, user: &mut User) {
    let keep = |new: Option<bool>, field: &mut bool| *field = new.unwrap_or(*field);
    keep(
        form.flag("delete_self_enabled"),
        &mut user.delete_self_enabled,
    );
    keep(
        form.flag("create_organization_enabled"),
        &mut user.create_organization_enabled,
    );
    keep(
        form.flag("bypass_client_trust"),
        &mut user.bypass_client_trust,
    );
    let limit = form.count("create_organizations_limit");
    if form.has("create_organizations_limit") {
        user.create_organizations_limit = limit;
    }
    let accepted = form.time("legal_accepted_at");
    if form.has("legal_accepted_at") {
        user.legal_accepted_at = accepted;
    }
    user.created_at = form.time("created_at").unwrap_or(user.created_at);
}

/// Returns an id that is none of the user's.
fn read_primaries(form: &mut Form<'_>, user: &mut User) -> Option<String> {
    let email = form.text("primary_email_address_id");
    let phone = form.text("primary_phone_number_id");
    let wallet = form.text("primary_web3_wallet_id");
    let mut missing = None;
    if let Some(id) = email {
        match user.email_addresses.iter().find(|address| address.id == id) {
            Some(address) => user.primary_email_address_id = Some(address.id.clone()),
            None => missing = Some(id),
        }
    }
    if let Some(id) = phone {
        match user.phone_numbers.iter().find(|phone| phone.id == id) {
            Some(phone) => user.primary_phone_number_id = Some(phone.id.clone()),
            None => missing = Some(id),
        }
    }
    if let Some(id) = wallet {
        match user.web3_wallets.iter().find(|wallet| wallet.id == id) {
            Some(wallet) => user.primary_web3_wallet_id = Some(wallet.id.clone()),
            None => missing = Some(id),
        }
    }
    missing.map(str::to_owned)
}

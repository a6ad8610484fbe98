//! The update of a user.

use clerk_core::models::{User, Verification, VerificationStatus};
use clerk_core::{Metadata, Timestamp};
use serde_json::{Map, Value};

use crate::fake::operations::claims::check_unique;
use crate::fake::operations::codes;
use crate::fake::operations::form::Form;
use crate::fake::operations::response::{ApiResult, value};
use crate::fake::operations::users::account::credentials::Credentials;
use crate::fake::operations::users::account::requirements::{check_locale, check_username};
use crate::fake::operations::users::lookup::{find, find_mut};
use crate::fake::state::world::World;

pub(crate) fn update_user(
    world: &mut World,
    id: &str,
    body: &Map<String, Value>,
    takes_metadata: bool,
    now: Timestamp,
) -> ApiResult {
    let mut form = Form::new(body);
    let mut user = find(world, id)?.user.clone();
    if takes_metadata {
        read_metadata(&mut form, &mut user);
    }
    read_profile(&mut form, &mut user);
    read_settings(&mut form, &mut user);
    read_primaries(&mut form, &mut user);
    let credentials = Credentials::read(&mut form);
    let skip_checks = form.flag("skip_password_checks").unwrap_or_default();
    let sign_out = form.flag("sign_out_of_other_sessions").unwrap_or_default();
    let sign_out = sign_out && !form.is_null("password");
    form.flag("notify_primary_email_address_changed");
    form.flag("skip_legal_checks");
    form.text("profile_image_id");
    // Clerk's specification omits this parameter, but Clerk's Go SDK sends it.
    form.text("profile_image");
    let settings = &world.settings;
    if let Some(username) = user.username.as_deref().filter(|_| form.has("username")) {
        check_username(&mut form, settings, username);
    }
    if form.has("locale") {
        check_locale(&mut form, user.locale.as_deref());
    }
    credentials.check(&mut form, settings, skip_checks, &user);
    let mut claims = User::new(id);
    claims.username = user.username.clone().filter(|_| form.has("username"));
    claims.external_id = user.external_id.clone().filter(|_| form.has("external_id"));
    check_unique(&mut form, &claims, world);
    form.finish()?;

    user.updated_at = now;
    world.replace_user(user);
    if sign_out {
        world.sessions.revoke_all_of(id, now);
    }
    let account = find_mut(world, id)?;
    credentials.apply(account, now);
    Ok(value(&account.user))
}

/// Replaces the text of a field. Null or an empty text removes the old text, as in Clerk.
fn replace(form: &mut Form<'_>, name: &'static str, field: &mut Option<String>) {
    let given = form.has(name);
    let text = form.text(name).filter(|text| !text.is_empty());
    if given {
        *field = text.map(Into::into);
    }
}

/// Replaces metadata, as API versions before 2026-05-12 do.
fn read_metadata(form: &mut Form<'_>, user: &mut User) {
    let mut replace = |name: &'static str, metadata: &mut Metadata| {
        if let Some(new) = form.metadata(name) {
            *metadata = new;
        }
    };
    replace("public_metadata", &mut user.public_metadata);
    replace("private_metadata", &mut user.private_metadata);
    replace("unsafe_metadata", &mut user.unsafe_metadata);
}

fn read_profile(form: &mut Form<'_>, user: &mut User) {
    replace(form, "external_id", &mut user.external_id);
    replace(form, "first_name", &mut user.first_name);
    replace(form, "last_name", &mut user.last_name);
    replace(form, "locale", &mut user.locale);
    replace(form, "username", &mut user.username);
    replace(form, "timezone", &mut user.timezone);
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

fn read_primaries(form: &mut Form<'_>, user: &mut User) {
    let emails = user
        .email_addresses
        .iter()
        .map(|email| (&email.id, &email.verification));
    choose(
        form,
        "primary_email_address_id",
        emails,
        &mut user.primary_email_address_id,
    );
    let phones = user
        .phone_numbers
        .iter()
        .map(|phone| (&phone.id, &phone.verification));
    choose(
        form,
        "primary_phone_number_id",
        phones,
        &mut user.primary_phone_number_id,
    );
    let wallets = user
        .web3_wallets
        .iter()
        .map(|wallet| (&wallet.id, &wallet.verification));
    choose(
        form,
        "primary_web3_wallet_id",
        wallets,
        &mut user.primary_web3_wallet_id,
    );
}

/// Sets a primary identifier. Reports an error if this user does not have the identifier, or if the
/// identifier is not verified.
fn choose<'a, I: AsRef<str> + Clone + 'a>(
    form: &mut Form<'_>,
    name: &'static str,
    mut own: impl Iterator<Item = (&'a I, &'a Option<Verification>)>,
    primary: &mut Option<I>,
) {
    let Some(wanted) = form.text(name) else {
        return;
    };
    let chosen = own.find(|(id, _)| id.as_ref() == wanted);
    let verified = |verification: &Option<Verification>| {
        let status = verification
            .as_ref()
            .map(|verification| &verification.status);
        status == Some(&VerificationStatus::Verified)
    };
    match chosen {
        Some((id, verification)) if verified(verification) => *primary = Some(id.clone()),
        Some(_) => form.refuse(
            codes::FORM_PARAM_VALUE_INVALID,
            name,
            &format!("{name} must be verified."),
        ),
        None => {
            let message = format!("{name} must be one of the user's.");
            form.refuse(codes::FORM_PARAM_VALUE_INVALID, name, &message);
        }
    }
}

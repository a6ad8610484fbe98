//! The creation of users.

use clerk_core::Timestamp;
use clerk_core::models::User;
use serde_json::{Map, Value};

use crate::fake::operations::claims::check_unique;
use crate::fake::operations::codes;
use crate::fake::operations::form::Form;
use crate::fake::operations::formats::is_web3_wallet;
use crate::fake::operations::plan::check_plan;
use crate::fake::operations::response::{ApiError, ApiResult, value};
use crate::fake::operations::users::account::credentials::Credentials;
use crate::fake::operations::users::account::requirements::{
    check_identifiers, check_locale, check_user_quota, check_username, refuse_missing,
};
use crate::fake::operations::users::identifications::{read_email_address, read_phone_number};
use crate::fake::state::fake_user::{DEFAULT_IMAGE, FakeUser};
use crate::fake::state::identifier;
use crate::fake::state::world::World;

pub(crate) fn create_user(
    world: &mut World,
    body: &Map<String, Value>,
    now: Timestamp,
) -> ApiResult {
    if body.get("banned") == Some(&Value::Bool(true)) {
        check_plan(world, "BanUser")?;
    }
    check_user_quota(world)?;
    let id = world.new_id("user");
    let user = draft(world, &id, body, now)?;
    Ok(value(&world.add(user, now).user))
}

/// Returns the user that a request would create. Does not add the user to `world`.
pub(crate) fn draft(
    world: &mut World,
    id: &str,
    body: &Map<String, Value>,
    now: Timestamp,
) -> Result<FakeUser, ApiError> {
    let mut form = Form::new(body);
    let mut user = User::new(id);
    read_profile(&mut form, &mut user);
    read_settings(&mut form, &mut user);
    read_identifiers(&mut form, &mut user, world, now);
    let credentials = Credentials::read(&mut form);
    let skip_checks = form.flag("skip_password_checks").unwrap_or_default();
    let skip_password = form.flag("skip_password_requirement").unwrap_or_default();
    let skip_user = form.flag("skip_user_requirement").unwrap_or_default();
    // This parameter has no effect, because the fake has no legal requirements to skip.
    form.flag("skip_legal_checks");
    let settings = &world.settings;
    check_locale(&mut form, user.locale.as_deref());
    if let Some(username) = &user.username {
        check_username(&mut form, settings, username);
    }
    if !skip_user {
        check_identifiers(&mut form, settings, &user);
    }
    if settings.password_required && !skip_password && !credentials.has_password() {
        refuse_missing(&mut form, "password");
    }
    credentials.check(&mut form, settings, skip_checks, &user);
    check_unique(&mut form, &user, world);
    form.finish()?;

    user.updated_at = now;
    let mut user = FakeUser::from(user);
    credentials.apply(&mut user, now);
    Ok(user)
}

fn read_profile(form: &mut Form<'_>, user: &mut User) {
    // As in an update, an empty text means that the user has no such value.
    let mut text = |name| {
        let text = form.text(name).filter(|text| !text.is_empty());
        text.map(str::to_owned)
    };
    user.external_id = text("external_id");
    user.first_name = text("first_name");
    user.last_name = text("last_name");
    user.username = text("username");
    // Clerk's specification omits the time zone, but Clerk's JavaScript SDK sends it.
    user.timezone = text("timezone");
    user.locale = form.text("locale").map(Into::into);
    user.image_url = Some(DEFAULT_IMAGE.into());
    user.public_metadata = form.metadata("public_metadata").unwrap_or_default();
    user.private_metadata = form.metadata("private_metadata").unwrap_or_default();
    user.unsafe_metadata = form.metadata("unsafe_metadata").unwrap_or_default();
}

fn read_settings(form: &mut Form<'_>, user: &mut User) {
    user.delete_self_enabled = form.flag("delete_self_enabled").unwrap_or(true);
    user.create_organization_enabled = form.flag("create_organization_enabled").unwrap_or(true);
    user.create_organizations_limit = form.count("create_organizations_limit");
    user.legal_accepted_at = form.time("legal_accepted_at");
    user.created_at = form.time("created_at").unwrap_or_default();
    user.bypass_client_trust = form.flag("bypass_client_trust").unwrap_or_default();
    user.banned = form.flag("banned").unwrap_or_default();
    user.locked = form.flag("locked").unwrap_or_default();
}

fn read_identifiers(form: &mut Form<'_>, user: &mut User, world: &mut World, now: Timestamp) {
    let emails = form.texts("email_address").unwrap_or_default();
    let statuses = statuses(
        form,
        "email_address",
        "email_address_identification_status",
        emails.len(),
    );
    for (at, email) in emails.iter().enumerate() {
        let status = statuses.get(at).copied();
        let address = read_email_address(form, world.new_id("idn"), email, status, now);
        user.primary_email_address_id
            .get_or_insert_with(|| address.id.clone());
        user.email_addresses.push(address);
    }
    let numbers = form.texts("phone_number").unwrap_or_default();
    let statuses = self::statuses(
        form,
        "phone_number",
        "phone_number_identification_status",
        numbers.len(),
    );
    for (at, number) in numbers.iter().enumerate() {
        let status = statuses.get(at).copied();
        let phone = read_phone_number(form, world.new_id("idn"), number, status, now);
        user.primary_phone_number_id
            .get_or_insert_with(|| phone.id.clone());
        user.phone_numbers.push(phone);
    }
    for address in form.texts("web3_wallet").unwrap_or_default() {
        if !is_web3_wallet(address) {
            let message = "web3_wallet must be a valid web3 wallet address.";
            form.refuse(codes::FORM_PARAM_FORMAT_INVALID, "web3_wallet", message);
        }
        let wallet = identifier::new_web3_wallet(world.new_id("idn"), address, now);
        user.primary_web3_wallet_id
            .get_or_insert_with(|| wallet.id.clone());
        user.web3_wallets.push(wallet);
    }
}

/// Reads the statuses of a list of identifiers: one status for each identifier.
fn statuses<'a>(
    form: &mut Form<'a>,
    of: &str,
    name: &'static str,
    expected: usize,
) -> Vec<&'a str> {
    let statuses = form.texts(name).unwrap_or_default();
    if !statuses.is_empty() && statuses.len() != expected {
        let message = format!("{name} must have one item for each {of}.");
        form.refuse(codes::FORM_PARAM_ARRAY_LENGTH_MISMATCH, name, &message);
    }
    if statuses
        .iter()
        .any(|status| !matches!(*status, "verified" | "reserved"))
    {
        let message = format!("{name} must be one of verified, reserved.");
        form.refuse(codes::FORM_PARAM_VALUE_INVALID, name, &message);
    }
    statuses
}

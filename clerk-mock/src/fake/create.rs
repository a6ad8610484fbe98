//! New users.

use clerk_core::models::{
    EmailAddress, PhoneNumber, User, Verification, VerificationObject, VerificationStatus,
    VerificationStrategy, Web3Wallet,
};
use clerk_core::{SecretString, Timestamp};
use serde_json::{Map, Value};

use super::answer::{Outcome, value};
use super::credentials::{Credentials, check_password};
use super::form::Form;
use super::world::World;

pub(super) fn create(world: &mut World, body: &Map<String, Value>, now: Timestamp) -> Outcome {
    let mut form = Form::new(body);
    let mut user = User::new(world.new_id("user"));
    read_profile(&mut form, &mut user);
    read_settings(&mut form, &mut user);
    read_identifiers(&mut form, &mut user, world, now);
    let credentials = Credentials::read(&mut form);
    let skip_checks = form.flag("skip_password_checks").unwrap_or_default();
    // Settings of an instance that this one does not have.
    form.flag("skip_password_requirement");
    form.flag("skip_legal_checks");
    form.flag("skip_user_requirement");
    check_password(&mut form, credentials.password.as_ref(), skip_checks);
    check_unique(&mut form, &user, world);
    form.finish()?;

    user.updated_at = now;
    let account = world.add_user(user, now);
    credentials.apply(account, now);
    Ok(value(&account.user))
}

fn read_profile(form: &mut Form<'_>, user: &mut User) {
    user.external_id = form.text("external_id").map(Into::into);
    user.first_name = form.text("first_name").map(Into::into);
    user.last_name = form.text("last_name").map(Into::into);
    user.locale = form.text("locale").map(Into::into);
    user.username = form
        .text("username")
        .filter(|name| !name.is_empty())
        .map(Into::into);
    user.image_url = Some("https://img.clerk.com/default".into());
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
        if !email.contains('@') {
            let message = "email_address must be a valid email address.";
            form.refuse("form_param_format_invalid", "email_address", message);
        }
        let mut address = EmailAddress::default();
        address.id = world.new_id("idn").into();
        address.email_address = email.to_lowercase().into();
        (address.reserved, address.verification) = status(&statuses, at);
        (address.created_at, address.updated_at) = (now, now);
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
        if !number.starts_with('+') {
            let message = "phone_number must be a valid phone number according to E.164 international standard.";
            form.refuse("form_param_format_invalid", "phone_number", message);
        }
        let mut phone = PhoneNumber::default();
        phone.id = world.new_id("idn").into();
        phone.phone_number = (*number).into();
        (phone.reserved, phone.verification) = status(&statuses, at);
        (phone.created_at, phone.updated_at) = (now, now);
        user.primary_phone_number_id
            .get_or_insert_with(|| phone.id.clone());
        user.phone_numbers.push(phone);
    }
    for address in form.texts("web3_wallet").unwrap_or_default() {
        let mut wallet = Web3Wallet::default();
        wallet.id = world.new_id("idn").into();
        wallet.web3_wallet = address.to_lowercase().into();
        wallet.verification = Some(verified_by_admin());
        (wallet.created_at, wallet.updated_at) = (now, now);
        user.primary_web3_wallet_id
            .get_or_insert_with(|| wallet.id.clone());
        user.web3_wallets.push(wallet);
    }
}

/// The statuses that run parallel to a list of identifiers.
fn statuses<'a>(
    form: &mut Form<'a>,
    of: &str,
    name: &'static str,
    expected: usize,
) -> Vec<&'a str> {
    let statuses = form.texts(name).unwrap_or_default();
    if !statuses.is_empty() && statuses.len() != expected {
        let message = format!("{name} must have one item for each {of}.");
        form.refuse("form_param_value_invalid", name, &message);
    }
    if statuses
        .iter()
        .any(|status| !matches!(*status, "verified" | "reserved"))
    {
        let message = format!("{name} must be one of verified, reserved.");
        form.refuse("form_param_value_invalid", name, &message);
    }
    statuses
}

fn status(statuses: &[&str], at: usize) -> (bool, Option<Verification>) {
    match statuses.get(at) {
        Some(&"reserved") => (true, None),
        _ => (false, Some(verified_by_admin())),
    }
}

fn verified_by_admin() -> Verification {
    let mut verification = Verification::default();
    verification.object = VerificationObject::Admin;
    verification.status = VerificationStatus::Verified;
    verification.strategy = VerificationStrategy::Admin;
    verification
}

/// Identifiers belong to one user at a time.
pub(super) fn check_unique(form: &mut Form<'_>, user: &User, world: &World) {
    let taken = |other: &User| -> [(&'static str, &'static str, bool); 5] {
        let same = |a: &Option<Box<str>>, b: &Option<Box<str>>| matches!((a, b), (Some(a), Some(b)) if a.eq_ignore_ascii_case(b));
        let emails = |address: &EmailAddress| {
            user.email_addresses
                .iter()
                .any(|mine| mine.email_address == address.email_address)
        };
        let phones = |phone: &PhoneNumber| {
            user.phone_numbers
                .iter()
                .any(|mine| mine.phone_number == phone.phone_number)
        };
        let wallets = |wallet: &Web3Wallet| {
            user.web3_wallets
                .iter()
                .any(|mine| mine.web3_wallet == wallet.web3_wallet)
        };
        [
            (
                "email_address",
                "email address",
                other.email_addresses.iter().any(emails),
            ),
            (
                "phone_number",
                "phone number",
                other.phone_numbers.iter().any(phones),
            ),
            (
                "web3_wallet",
                "web3 wallet",
                other.web3_wallets.iter().any(wallets),
            ),
            (
                "username",
                "username",
                same(&user.username, &other.username),
            ),
            (
                "external_id",
                "external ID",
                user.external_id.is_some() && user.external_id == other.external_id,
            ),
        ]
    };
    for account in world
        .accounts()
        .filter(|account| account.user.id != user.id)
    {
        for (param, name, taken) in taken(&account.user) {
            if taken {
                let message = format!("That {name} is taken. Please try another.");
                form.refuse("form_identifier_exists", param, &message);
            }
        }
    }
}

/// Backup codes and passwords are kept as they came.
pub(super) fn secrets(values: Vec<&str>) -> Vec<SecretString> {
    values.into_iter().map(SecretString::from).collect()
}

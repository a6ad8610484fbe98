//! What identifies a user: e-mail addresses, phone numbers, web3 wallets, and that no two users
//! have the same.

use std::collections::BTreeSet;

use clerk_core::Timestamp;
use clerk_core::models::{
    EmailAddress, PhoneNumber, User, Verification, VerificationObject, VerificationStatus,
    VerificationStrategy, Web3Wallet,
};

use super::field::Field;
use super::form::Form;
use super::world::World;

pub(super) fn email_address(
    form: &mut Form<'_>,
    world: &mut World,
    text: &str,
    status: Option<&str>,
    now: Timestamp,
) -> EmailAddress {
    if !text.contains('@') {
        let message = "email_address must be a valid email address.";
        form.refuse("form_param_format_invalid", "email_address", message);
    }
    new_email_address(world.new_id("idn"), text, status, now)
}

pub(super) fn new_email_address(
    id: String,
    text: &str,
    status: Option<&str>,
    now: Timestamp,
) -> EmailAddress {
    let mut address = EmailAddress::default();
    address.id = id.into();
    address.email_address = text.to_lowercase().into();
    (address.reserved, address.verification) = created_as(status);
    (address.created_at, address.updated_at) = (now, now);
    address
}

pub(super) fn phone_number(
    form: &mut Form<'_>,
    world: &mut World,
    text: &str,
    status: Option<&str>,
    now: Timestamp,
) -> PhoneNumber {
    if !text.starts_with('+') {
        let message =
            "phone_number must be a valid phone number according to E.164 international standard.";
        form.refuse("form_param_format_invalid", "phone_number", message);
    }
    new_phone_number(world.new_id("idn"), text, status, now)
}

pub(super) fn new_phone_number(
    id: String,
    text: &str,
    status: Option<&str>,
    now: Timestamp,
) -> PhoneNumber {
    let mut phone = PhoneNumber::default();
    phone.id = id.into();
    phone.phone_number = text.into();
    (phone.reserved, phone.verification) = created_as(status);
    (phone.created_at, phone.updated_at) = (now, now);
    phone
}

pub(super) fn new_web3_wallet(id: String, address: &str, now: Timestamp) -> Web3Wallet {
    let mut wallet = Web3Wallet::default();
    wallet.id = id.into();
    wallet.web3_wallet = address.to_lowercase().into();
    wallet.verification = Some(verified());
    (wallet.created_at, wallet.updated_at) = (now, now);
    wallet
}

/// Whether it is reserved, and how far its verification is.
fn created_as(status: Option<&str>) -> (bool, Option<Verification>) {
    match status {
        Some("reserved") => (true, None),
        Some("unverified") => (false, None),
        _ => (false, Some(verified())),
    }
}

/// Verified by an admin.
pub(super) fn verified() -> Verification {
    let mut verification = Verification::default();
    verification.object = VerificationObject::Admin;
    verification.status = VerificationStatus::Verified;
    verification.strategy = VerificationStrategy::Admin;
    verification
}

/// What is neither verified nor reserved can be another user's, too.
fn is_claimed(reserved: bool, verification: &Option<Verification>) -> bool {
    let status = verification
        .as_ref()
        .map(|verification| &verification.status);
    reserved || status == Some(&VerificationStatus::Verified)
}

/// Identifiers belong to one user at a time: `claims` is a user with those that are asked for.
pub(super) fn check_unique(form: &mut Form<'_>, claims: &User, world: &World) {
    let others = |field: Field, value: &str| {
        let others = world
            .with(field, value)
            .filter_map(|at| world.created_at(&at));
        others
            .map(|other| &other.user)
            .filter(|other| other.id != claims.id)
            .collect::<Vec<_>>()
    };
    let mut refuse = |param: &str, name: &str, taken: bool| {
        if taken {
            let message = format!("That {name} is taken. Please try another.");
            form.refuse("form_identifier_exists", param, &message);
        }
    };
    let emails = claims.email_addresses.iter();
    let emails = emails.filter(|mine| is_claimed(mine.reserved, &mine.verification));
    let emails: Vec<&str> = emails.map(|mine| &*mine.email_address).collect();
    let is_taken = |mine: &&str| {
        others(Field::EmailAddress, mine).iter().any(|other| {
            let mut theirs = other.email_addresses.iter();
            theirs.any(|their| {
                their.email_address.eq_ignore_ascii_case(mine)
                    && is_claimed(their.reserved, &their.verification)
            })
        })
    };
    let taken = has_twins(&emails) || emails.iter().any(is_taken);
    refuse("email_address", "email address", taken);

    let phones = claims.phone_numbers.iter();
    let phones = phones.filter(|mine| is_claimed(mine.reserved, &mine.verification));
    let phones: Vec<&str> = phones.map(|mine| &*mine.phone_number).collect();
    let is_taken = |mine: &&str| {
        others(Field::PhoneNumber, mine).iter().any(|other| {
            let mut theirs = other.phone_numbers.iter();
            theirs.any(|their| {
                *their.phone_number == **mine && is_claimed(their.reserved, &their.verification)
            })
        })
    };
    let taken = has_twins(&phones) || phones.iter().any(is_taken);
    refuse("phone_number", "phone number", taken);

    let wallets = claims.web3_wallets.iter();
    let wallets: Vec<&str> = wallets.map(|mine| &*mine.web3_wallet).collect();
    let is_taken = |field: Field, value: &str| !others(field, value).is_empty();
    let mut each = wallets.iter();
    let taken = has_twins(&wallets) || each.any(|mine| is_taken(Field::Web3Wallet, mine));
    refuse("web3_wallet", "web3 wallet", taken);
    let of = |field: Field, value: &Option<Box<str>>| {
        value.as_deref().is_some_and(|value| is_taken(field, value))
    };
    refuse(
        "username",
        "username",
        of(Field::Username, &claims.username),
    );
    let taken = of(Field::ExternalId, &claims.external_id);
    refuse("external_id", "external ID", taken);
}

/// Whether one request asks for the same twice.
fn has_twins(values: &[&str]) -> bool {
    let distinct: BTreeSet<_> = values.iter().map(|value| value.to_lowercase()).collect();
    distinct.len() < values.len()
}

//! What identifies a user: e-mail addresses, phone numbers, web3 wallets, and that no two users
//! have the same.

use clerk_core::Timestamp;
use clerk_core::models::{
    EmailAddress, PhoneNumber, User, Verification, VerificationObject, VerificationStatus,
    VerificationStrategy, Web3Wallet,
};

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
    let mut address = EmailAddress::default();
    address.id = world.new_id("idn").into();
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
    let mut phone = PhoneNumber::default();
    phone.id = world.new_id("idn").into();
    phone.phone_number = text.into();
    (phone.reserved, phone.verification) = created_as(status);
    (phone.created_at, phone.updated_at) = (now, now);
    phone
}

pub(super) fn web3_wallet(world: &mut World, text: &str, now: Timestamp) -> Web3Wallet {
    let mut wallet = Web3Wallet::default();
    wallet.id = world.new_id("idn").into();
    wallet.web3_wallet = text.to_lowercase().into();
    (_, wallet.verification) = created_as(None);
    (wallet.created_at, wallet.updated_at) = (now, now);
    wallet
}

/// Whether it is reserved, and how far its verification is.
fn created_as(status: Option<&str>) -> (bool, Option<Verification>) {
    match status {
        Some("reserved") => (true, None),
        Some("unverified") => (false, None),
        _ => {
            let mut verification = Verification::default();
            verification.object = VerificationObject::Admin;
            verification.status = VerificationStatus::Verified;
            verification.strategy = VerificationStrategy::Admin;
            (false, Some(verification))
        }
    }
}

/// What is neither verified nor reserved can be another user's, too.
fn is_claimed(reserved: bool, verification: &Option<Verification>) -> bool {
    let status = verification
        .as_ref()
        .map(|verification| &verification.status);
    reserved || status == Some(&VerificationStatus::Verified)
}

/// Identifiers belong to one user at a time.
pub(super) fn check_unique(form: &mut Form<'_>, user: &User, world: &World) {
    let taken = |other: &User| -> [(&'static str, &'static str, bool); 5] {
        let same = |a: &Option<Box<str>>, b: &Option<Box<str>>| matches!((a, b), (Some(a), Some(b)) if a.eq_ignore_ascii_case(b));
        let emails = |address: &EmailAddress| {
            let claimed = is_claimed(address.reserved, &address.verification);
            let mut mine = user.email_addresses.iter();
            claimed
                && mine.any(|mine| {
                    mine.email_address == address.email_address
                        && is_claimed(mine.reserved, &mine.verification)
                })
        };
        let phones = |phone: &PhoneNumber| {
            let claimed = is_claimed(phone.reserved, &phone.verification);
            let mut mine = user.phone_numbers.iter();
            claimed
                && mine.any(|mine| {
                    mine.phone_number == phone.phone_number
                        && is_claimed(mine.reserved, &mine.verification)
                })
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

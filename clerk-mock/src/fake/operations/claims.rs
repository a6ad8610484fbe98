//! The check that identifiers are unique.

use std::collections::BTreeSet;

use clerk_core::models::{User, Verification, VerificationStatus};

use crate::fake::operations::codes;
use crate::fake::operations::form::Form;
use crate::fake::state::user_field::UserField;
use crate::fake::state::world::World;

/// Whether an e-mail address or a phone number is exclusive to its user.
///
/// A verified or reserved identifier can belong to one user only. Any other identifier can belong
/// to several users, until one of them verifies it.
fn is_claimed(reserved: bool, verification: &Option<Verification>) -> bool {
    let status = verification
        .as_ref()
        .map(|verification| &verification.status);
    reserved || status == Some(&VerificationStatus::Verified)
}

/// Returns the users that have this value in an indexed field, except the user with this id.
fn others<'a>(
    world: &'a World,
    user_id: &'a str,
    field: UserField,
    value: &'a str,
) -> impl Iterator<Item = &'a User> {
    let all = world.users_having(field, value).map(|other| &other.user);
    all.filter(move |other| other.id != *user_id)
}

/// Whether another user has this e-mail address, verified or reserved.
pub(crate) fn is_email_address_taken(world: &World, user_id: &str, address: &str) -> bool {
    let mut others = others(world, user_id, UserField::EmailAddress, address);
    others.any(|other| {
        let mut theirs = other.email_addresses.iter();
        theirs.any(|their| {
            their.email_address.eq_ignore_ascii_case(address)
                && is_claimed(their.reserved, &their.verification)
        })
    })
}

/// Whether another user has this phone number, verified or reserved.
pub(crate) fn is_phone_number_taken(world: &World, user_id: &str, number: &str) -> bool {
    let mut others = others(world, user_id, UserField::PhoneNumber, number);
    others.any(|other| {
        let mut theirs = other.phone_numbers.iter();
        theirs.any(|their| {
            *their.phone_number == *number && is_claimed(their.reserved, &their.verification)
        })
    })
}

/// Reports to `form` the identifiers that are taken. `candidate` has the id of the user, and only
/// the identifiers to check.
pub(crate) fn check_unique(form: &mut Form<'_>, candidate: &User, world: &World) {
    let id = candidate.id.as_str();
    let mut refuse = |param: &str, name: &str, taken: bool| {
        if taken {
            let message = format!("That {name} is taken. Please try another.");
            form.refuse(codes::FORM_IDENTIFIER_EXISTS, param, &message);
        }
    };
    let mut emails = candidate.email_addresses.iter();
    let claimed = emails.clone();
    let claimed = claimed.filter(|mine| is_claimed(mine.reserved, &mine.verification));
    let claimed: Vec<&str> = claimed.map(|mine| &*mine.email_address).collect();
    let taken = has_duplicates(UserField::EmailAddress, &claimed)
        || emails.any(|mine| is_email_address_taken(world, id, &mine.email_address));
    refuse("email_address", "email address", taken);

    let mut phones = candidate.phone_numbers.iter();
    let claimed = phones.clone();
    let claimed = claimed.filter(|mine| is_claimed(mine.reserved, &mine.verification));
    let claimed: Vec<&str> = claimed.map(|mine| &*mine.phone_number).collect();
    let taken = has_duplicates(UserField::PhoneNumber, &claimed)
        || phones.any(|mine| is_phone_number_taken(world, id, &mine.phone_number));
    refuse("phone_number", "phone number", taken);

    let wallets = candidate.web3_wallets.iter();
    let wallets: Vec<&str> = wallets.map(|mine| &*mine.web3_wallet).collect();
    let is_taken = |field: UserField, value: &str| others(world, id, field, value).next().is_some();
    let mut each = wallets.iter();
    let taken = has_duplicates(UserField::Web3Wallet, &wallets)
        || each.any(|mine| is_taken(UserField::Web3Wallet, mine));
    refuse("web3_wallet", "web3 wallet", taken);
    let of = |field: UserField, value: &Option<String>| {
        value.as_deref().is_some_and(|value| is_taken(field, value))
    };
    refuse(
        "username",
        "username",
        of(UserField::Username, &candidate.username),
    );
    let taken = of(UserField::ExternalId, &candidate.external_id);
    refuse("external_id", "external ID", taken);
}

/// Whether two of the values of a field are equal. Some fields ignore case.
fn has_duplicates(field: UserField, values: &[&str]) -> bool {
    let distinct: BTreeSet<_> = values.iter().map(|value| field.fold(value)).collect();
    distinct.len() < values.len()
}

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
/// to several users.
fn is_claimed(reserved: bool, verification: &Option<Verification>) -> bool {
    let status = verification
        .as_ref()
        .map(|verification| &verification.status);
    reserved || status == Some(&VerificationStatus::Verified)
}

/// Reports the identifiers that are taken. `candidate` has the id of the user, and only the
/// identifiers to check.
pub(crate) fn check_unique(form: &mut Form<'_>, candidate: &User, world: &World) {
    let others = |field: UserField, value: &str| {
        let others = world.users_having(field, value);
        others
            .map(|other| &other.user)
            .filter(|other| other.id != candidate.id)
            .collect::<Vec<_>>()
    };
    let mut refuse = |param: &str, name: &str, taken: bool| {
        if taken {
            let message = format!("That {name} is taken. Please try another.");
            form.refuse(codes::FORM_IDENTIFIER_EXISTS, param, &message);
        }
    };
    let emails = candidate.email_addresses.iter();
    let emails = emails.filter(|mine| is_claimed(mine.reserved, &mine.verification));
    let emails: Vec<&str> = emails.map(|mine| &*mine.email_address).collect();
    let is_taken = |mine: &&str| {
        others(UserField::EmailAddress, mine).iter().any(|other| {
            let mut theirs = other.email_addresses.iter();
            theirs.any(|their| {
                their.email_address.eq_ignore_ascii_case(mine)
                    && is_claimed(their.reserved, &their.verification)
            })
        })
    };
    let taken = has_duplicates(&emails) || emails.iter().any(is_taken);
    refuse("email_address", "email address", taken);

    let phones = candidate.phone_numbers.iter();
    let phones = phones.filter(|mine| is_claimed(mine.reserved, &mine.verification));
    let phones: Vec<&str> = phones.map(|mine| &*mine.phone_number).collect();
    let is_taken = |mine: &&str| {
        others(UserField::PhoneNumber, mine).iter().any(|other| {
            let mut theirs = other.phone_numbers.iter();
            theirs.any(|their| {
                *their.phone_number == **mine && is_claimed(their.reserved, &their.verification)
            })
        })
    };
    let taken = has_duplicates(&phones) || phones.iter().any(is_taken);
    refuse("phone_number", "phone number", taken);

    let wallets = candidate.web3_wallets.iter();
    let wallets: Vec<&str> = wallets.map(|mine| &*mine.web3_wallet).collect();
    let is_taken = |field: UserField, value: &str| !others(field, value).is_empty();
    let mut each = wallets.iter();
    let taken = has_duplicates(&wallets) || each.any(|mine| is_taken(UserField::Web3Wallet, mine));
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

/// Whether two of the values are equal, ignoring case.
fn has_duplicates(values: &[&str]) -> bool {
    let distinct: BTreeSet<_> = values.iter().map(|value| value.to_lowercase()).collect();
    distinct.len() < values.len()
}

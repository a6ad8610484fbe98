//! The fields by which users are found.

use std::borrow::Cow;

use crate::fake::state::fake_user::FakeUser;

/// A field by which users are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum UserField {
    Id,
    ExternalId,
    Username,
    EmailAddress,
    PhoneNumber,
    Web3Wallet,
    Name,
    Organization,
    /// The id of an e-mail address, a phone number, a web3 wallet, a membership or a credit
    /// adjustment.
    Part,
}

impl UserField {
    /// The indexed fields. Names are not among them, because a search compares parts of a name.
    pub(crate) const INDEXED: [Self; 8] = [
        Self::Id,
        Self::ExternalId,
        Self::Username,
        Self::EmailAddress,
        Self::PhoneNumber,
        Self::Web3Wallet,
        Self::Organization,
        Self::Part,
    ];

    /// Whether two values are equal. Some fields ignore case.
    pub(crate) fn equal(self, one: &str, other: &str) -> bool {
        match self.has_case(one) {
            true => one == other,
            false => one.eq_ignore_ascii_case(other),
        }
    }

    /// Normalizes a value: converts it to lower case if the field ignores case.
    pub(crate) fn fold(self, value: &str) -> Cow<'_, str> {
        match self.has_case(value) {
            true => value.into(),
            false => value.to_ascii_lowercase().into(),
        }
    }

    /// Whether upper and lower case differ in this value of the field.
    fn has_case(self, value: &str) -> bool {
        match self {
            Self::Id | Self::ExternalId | Self::Organization | Self::Part => true,
            // Addresses in base 58, such as those of Solana, distinguish upper and lower case.
            // Hexadecimal addresses do not.
            Self::Web3Wallet => !matches!(value.get(..2), Some("0x" | "0X")),
            _ => false,
        }
    }

    /// Calls `with` for each value of the field that a user has.
    pub(crate) fn each(self, of: &FakeUser, mut with: impl FnMut(&str)) {
        let user = &of.user;
        match self {
            Self::Id => with(user.id.as_str()),
            Self::ExternalId => user.external_id.as_deref().into_iter().for_each(with),
            Self::Username => user.username.as_deref().into_iter().for_each(with),
            Self::EmailAddress => {
                let emails = user.email_addresses.iter();
                emails.for_each(|email| with(&email.email_address));
            }
            Self::PhoneNumber => {
                let phones = user.phone_numbers.iter();
                phones.for_each(|phone| with(&phone.phone_number));
            }
            Self::Web3Wallet => {
                let wallets = user.web3_wallets.iter();
                wallets.for_each(|wallet| with(&wallet.web3_wallet));
            }
            Self::Name => {
                let names = [user.first_name.as_deref(), user.last_name.as_deref()];
                let names: Vec<&str> = names.into_iter().flatten().collect();
                with(&names.join(" "));
            }
            Self::Organization => {
                let memberships = of.memberships.iter();
                memberships.for_each(|membership| with(membership.organization.id.as_str()));
            }
            Self::Part => {
                let emails = user.email_addresses.iter();
                emails.for_each(|email| with(email.id.as_str()));
                let phones = user.phone_numbers.iter();
                phones.for_each(|phone| with(phone.id.as_str()));
                let wallets = user.web3_wallets.iter();
                wallets.for_each(|wallet| with(wallet.id.as_str()));
                let memberships = of.memberships.iter();
                memberships.for_each(|membership| with(membership.id.as_str()));
                let entries = of.ledger.iter();
                entries.for_each(|(_, entry)| with(entry.id.as_str()));
            }
        }
    }

    /// Whether any value of the field satisfies `is`.
    pub(crate) fn any(self, of: &FakeUser, is: impl Fn(&str) -> bool) -> bool {
        let mut any = false;
        self.each(of, |value| any = any || is(value));
        any
    }
}

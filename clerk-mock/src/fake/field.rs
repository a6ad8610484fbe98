//! What users are looked for by.

use super::fake_user::FakeUser;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    Id,
    ExternalId,
    Username,
    EmailAddress,
    PhoneNumber,
    Web3Wallet,
    Name,
    Organization,
}

impl Field {
    /// Those by which users are found at once: no two users share a value, or few do.
    pub(super) const INDEXED: [Self; 6] = [
        Self::ExternalId,
        Self::Username,
        Self::EmailAddress,
        Self::PhoneNumber,
        Self::Web3Wallet,
        Self::Organization,
    ];

    /// As values are compared: some are the same in any case.
    pub(super) fn fold(self, value: &str) -> String {
        match self {
            Self::Id | Self::ExternalId | Self::Organization => value.to_owned(),
            _ => value.to_ascii_lowercase(),
        }
    }

    /// Calls `with` for each value that a user has.
    pub(super) fn each(self, of: &FakeUser, mut with: impl FnMut(&str)) {
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
        }
    }

    /// Whether any of the user's values is one.
    pub(super) fn any(self, of: &FakeUser, is: impl Fn(&str) -> bool) -> bool {
        let mut any = false;
        self.each(of, |value| any = any || is(value));
        any
    }
}

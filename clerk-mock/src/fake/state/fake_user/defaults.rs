//! The default data of a user.

use clerk_core::Timestamp;
use clerk_core::models::{
    ExternalAccountObject, TrustedDeviceAlgorithm, TrustedDevicePlatform, TrustedDeviceStatus,
};

use crate::fake::state::fake_user::FakeUser;

/// The number of verification attempts before Clerk locks a user.
const ATTEMPTS: i64 = 100;

impl FakeUser {
    /// Sets missing data that Clerk always returns, such as times.
    pub(crate) fn fill_defaults(&mut self, now: Timestamp) {
        let user = &mut self.user;
        if user.created_at.as_millis() == 0 {
            (user.created_at, user.updated_at) = (now, now);
        }
        let created = user.created_at;
        user.verification_attempts_remaining.get_or_insert(ATTEMPTS);
        if user.profile_image_url.is_none() {
            user.profile_image_url.clone_from(&user.image_url);
        }
        if user.password_enabled {
            user.password_last_updated_at.get_or_insert(created);
        }
        if user.two_factor_enabled {
            user.mfa_enabled_at.get_or_insert(created);
        }
        for passkey in &mut user.passkeys {
            passkey.last_used_at.get_or_insert(created);
        }
        let date = |(at, updated_at): (&mut Timestamp, &mut Timestamp)| {
            if at.as_millis() == 0 {
                (*at, *updated_at) = (created, created);
            }
        };
        let emails = user.email_addresses.iter_mut();
        emails.for_each(|of| date((&mut of.created_at, &mut of.updated_at)));
        let phones = user.phone_numbers.iter_mut();
        phones.for_each(|of| date((&mut of.created_at, &mut of.updated_at)));
        let wallets = user.web3_wallets.iter_mut();
        wallets.for_each(|of| date((&mut of.created_at, &mut of.updated_at)));
        let accounts = user.external_accounts.iter_mut();
        accounts.for_each(|of| {
            date((&mut of.created_at, &mut of.updated_at));
            of.first_name.get_or_insert_default();
            of.last_name.get_or_insert_default();
            if of.object == ExternalAccountObject::GoogleAccount {
                of.google_id
                    .get_or_insert_with(|| of.provider_user_id.clone());
                of.given_name = of.given_name.take().or_else(|| of.first_name.clone());
                of.family_name = of.family_name.take().or_else(|| of.last_name.clone());
                let picture = || of.image_url.clone().unwrap_or_default();
                of.picture.get_or_insert_with(picture);
            }
            let verification = of.verification.as_mut();
            verification.map(|verification| verification.expire_at.get_or_insert(created));
        });
        for of in &mut self.memberships {
            date((&mut of.created_at, &mut of.updated_at));
            let organization = &mut of.organization;
            let slug = || organization.id.as_str().into();
            organization.slug.get_or_insert_with(slug);
            date((&mut organization.created_at, &mut organization.updated_at));
        }
        let invitations = self.invitations.iter_mut();
        invitations.for_each(|of| date((&mut of.created_at, &mut of.updated_at)));
        for of in &mut self.devices {
            date((&mut of.created_at, &mut of.updated_at));
            if of.platform.as_str().is_empty() {
                of.platform = TrustedDevicePlatform::Ios;
            }
            if of.algorithm.as_str().is_empty() {
                of.algorithm = TrustedDeviceAlgorithm::Es256;
            }
            if of.status.as_str().is_empty() {
                of.status = TrustedDeviceStatus::Active;
            }
        }
    }

    /// Frees the memory that lists have reserved for further items.
    pub(crate) fn shrink(&mut self) {
        let user = &mut self.user;
        user.email_addresses.shrink_to_fit();
        user.phone_numbers.shrink_to_fit();
        user.web3_wallets.shrink_to_fit();
        user.passkeys.shrink_to_fit();
        user.external_accounts.shrink_to_fit();
        user.saml_accounts.shrink_to_fit();
        user.enterprise_accounts.shrink_to_fit();
        self.backup_codes.shrink_to_fit();
        self.memberships.shrink_to_fit();
        self.tokens.shrink_to_fit();
        self.devices.shrink_to_fit();
        self.ledger.shrink_to_fit();
    }
}

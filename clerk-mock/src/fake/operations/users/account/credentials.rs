//! The credentials that a request sets when it creates or updates a user.

use clerk_core::{SecretString, Timestamp};

use crate::fake::operations::form::Form;
use crate::fake::state::fake_user::FakeUser;
use crate::fake::state::password::Password;

const MIN_PASSWORD: usize = 8;

/// The credentials that a request sets. `None` leaves the credential unchanged.
pub(crate) struct Credentials {
    pub(crate) password: Option<SecretString>,
    digest: Option<Password>,
    totp_secret: Option<SecretString>,
    backup_codes: Option<Vec<SecretString>>,
}

impl Credentials {
    pub(crate) fn read(form: &mut Form<'_>) -> Self {
        let digest = form.secret("password_digest");
        let hasher = form.text("password_hasher");
        if digest.is_some() != hasher.is_some() {
            let (missing, present) = match hasher {
                None => ("password_hasher", "password_digest"),
                Some(_) => ("password_digest", "password_hasher"),
            };
            let message = format!("`{missing}` is required when `{present}` is present.");
            form.refuse("form_conditional_param_missing", missing, &message);
        }
        Self {
            password: form.secret("password"),
            digest: digest.zip(hasher).map(|(digest, hasher)| Password::Digest {
                hasher: hasher.to_owned(),
                digest,
            }),
            totp_secret: form.secret("totp_secret"),
            backup_codes: form.texts("backup_codes").map(secrets),
        }
    }

    /// Sets the credentials, and the flags of the user that depend on them.
    pub(crate) fn apply(self, account: &mut FakeUser, now: Timestamp) {
        let user = &mut account.user;
        let password = self.password.map(Password::Text).or(self.digest);
        if password.is_some() {
            account.password = password;
            user.password_enabled = true;
            user.password_last_updated_at = Some(now);
        }
        let has_factor = self.totp_secret.is_some() || self.backup_codes.is_some();
        if let Some(secret) = self.totp_secret {
            account.totp_secret = Some(secret);
            user.totp_enabled = true;
        }
        if let Some(codes) = self.backup_codes {
            user.backup_code_enabled = !codes.is_empty();
            account.backup_codes = codes;
        }
        if !has_factor {
            return;
        }
        let mut phones = user.phone_numbers.iter();
        let two_factor = user.totp_enabled
            || user.backup_code_enabled
            || phones.any(|phone| phone.reserved_for_second_factor);
        match (user.two_factor_enabled, two_factor) {
            (false, true) => user.mfa_enabled_at = Some(now),
            (true, false) => user.mfa_disabled_at = Some(now),
            _ => {}
        }
        user.two_factor_enabled = two_factor;
    }
}

/// Reports a password that is too short, unless the checks are skipped.
pub(crate) fn check_password(form: &mut Form<'_>, password: Option<&SecretString>, skip: bool) {
    let too_short = |password: &SecretString| password.expose().chars().count() < MIN_PASSWORD;
    if !skip && password.is_some_and(too_short) {
        let message = format!("Passwords must be {MIN_PASSWORD} characters or more.");
        form.refuse("form_password_length_too_short", "password", &message);
    }
}

/// Converts backup codes, which are stored as received.
fn secrets(values: Vec<&str>) -> Vec<SecretString> {
    values.into_iter().map(SecretString::from).collect()
}

//! The credentials that a request sets when it creates or updates a user.

use clerk_core::models::User;
use clerk_core::{SecretString, Timestamp};

use crate::fake::operations::codes;
use crate::fake::operations::form::Form;
use crate::fake::operations::users::account::digests::fits;
use crate::fake::operations::users::account::passwords::check_password;
use crate::fake::state::fake_user::FakeUser;
use crate::fake::state::instance_settings::InstanceSettings;
use crate::fake::state::password::Password;
use crate::fake::state::totp::totp_code;

/// The credentials that a request sets. `None` leaves the credential unchanged.
pub(crate) struct Credentials {
    password: Option<SecretString>,
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
            form.refuse(codes::FORM_CONDITIONAL_PARAM_MISSING, missing, &message);
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

    /// Whether the request sets a password, or its digest.
    pub(crate) fn has_password(&self) -> bool {
        self.password.is_some() || self.digest.is_some()
    }

    /// Reports what is wrong with the credentials. `skip_checks` skips the rules for passwords.
    pub(crate) fn check(
        &self,
        form: &mut Form<'_>,
        settings: &InstanceSettings,
        skip_checks: bool,
        user: &User,
    ) {
        if let Some(password) = self.password.as_ref().filter(|_| !skip_checks) {
            check_password(form, settings, password.expose(), user);
        }
        if let Some(Password::Digest { hasher, digest }) = &self.digest {
            let code = codes::FORM_PASSWORD_DIGEST_INVALID_CODE;
            match fits(hasher, digest.expose()) {
                Some(true) => {}
                Some(false) => {
                    let message = format!("password_digest is not a digest of {hasher}.");
                    form.refuse(code, "password_digest", &message);
                }
                None => {
                    let message = format!("Clerk does not support the hasher {hasher}.");
                    form.refuse(code, "password_hasher", &message);
                }
            }
        }
        let is_secret =
            |secret: &SecretString| totp_code(secret.expose(), Timestamp::default()).is_some();
        if self.totp_secret.as_ref().is_some_and(|of| !is_secret(of)) {
            let message = "totp_secret must be in base 32.";
            form.refuse_unnamed(codes::INVALID_TOTP_SECRET_CODE, message);
        }
    }

    /// Sets the credentials, and the user's flags that depend on credentials.
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

/// Converts backup codes to secrets.
fn secrets(values: Vec<&str>) -> Vec<SecretString> {
    values.into_iter().map(SecretString::from).collect()
}

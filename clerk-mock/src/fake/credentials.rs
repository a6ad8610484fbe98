//! Passwords, and what a request sets of a user's credentials.

use clerk_core::http::StatusCode;
use clerk_core::{SecretString, Timestamp};
use serde_json::{Map, Value, json};

use super::account::{find, find_mut};
use super::answer::{Outcome, Refusal, value};
use super::create::secrets;
use super::fake_user::FakeUser;
use super::form::Form;
use super::password::Password;
use super::world::World;

const MIN_PASSWORD: usize = 8;

/// What a request sets of a user's credentials.
pub(super) struct Credentials {
    pub(super) password: Option<SecretString>,
    digest: Option<Password>,
    totp_secret: Option<SecretString>,
    backup_codes: Option<Vec<SecretString>>,
}

impl Credentials {
    pub(super) fn read(form: &mut Form<'_>) -> Self {
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

    pub(super) fn apply(self, account: &mut FakeUser, now: Timestamp) {
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

pub(super) fn check_password(form: &mut Form<'_>, password: Option<&SecretString>, skip: bool) {
    let too_short = |password: &SecretString| password.expose().chars().count() < MIN_PASSWORD;
    if !skip && password.is_some_and(too_short) {
        let message = format!("Passwords must be {MIN_PASSWORD} characters or more.");
        form.refuse("form_password_length_too_short", "password", &message);
    }
}

/// The one text that a verification needs.
pub(super) fn required<'a>(
    body: &'a Map<String, Value>,
    name: &'static str,
) -> Result<&'a str, Refusal> {
    let mut form = Form::new(body);
    let text = form.text(name).filter(|text| !text.is_empty());
    if text.is_none() {
        form.refuse(
            "form_param_missing",
            name,
            &format!("{name} must be included."),
        );
    }
    form.finish()?;
    Ok(text.unwrap_or_default())
}

fn has_password(account: &FakeUser) -> Result<(), Refusal> {
    if account.user.password_enabled {
        return Ok(());
    }
    Err(Refusal::new(
        StatusCode::BAD_REQUEST,
        "no_password_set",
        "No password set",
        "This user does not have a password set for their account.",
    ))
}

pub(super) fn verify_password(world: &World, id: &str, body: &Map<String, Value>) -> Outcome {
    let account = find(world, id)?;
    let password = required(body, "password")?;
    has_password(account)?;
    if account
        .password
        .as_ref()
        .is_some_and(|right| right.is(password))
    {
        return Ok(json!({ "verified": true }));
    }
    Err(Refusal::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "incorrect_password",
        "Incorrect password",
        "The provided password is incorrect.",
    ))
}

pub(super) fn remove_password(
    world: &mut World,
    id: &str,
    body: &Map<String, Value>,
    now: Timestamp,
) -> Outcome {
    let account = find_mut(world, id)?;
    let mut form = Form::new(body);
    form.flag("sign_out_of_other_sessions");
    form.finish()?;
    if account.user.password_enabled {
        account.password = None;
        account.user.password_enabled = false;
        account.user.updated_at = now;
    }
    Ok(value(&account.user))
}

pub(super) fn set_compromised(
    world: &mut World,
    id: &str,
    body: &Map<String, Value>,
    now: Timestamp,
) -> Outcome {
    let account = find_mut(world, id)?;
    let mut form = Form::new(body);
    form.flag("revoke_all_sessions");
    form.finish()?;
    has_password(account)?;
    account.user.updated_at = now;
    Ok(value(&account.user))
}

pub(super) fn unset_compromised(world: &mut World, id: &str, now: Timestamp) -> Outcome {
    let account = find_mut(world, id)?;
    has_password(account)?;
    account.user.updated_at = now;
    Ok(value(&account.user))
}

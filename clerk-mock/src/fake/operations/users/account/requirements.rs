//! The requirements of an instance for its users.

use clerk_core::models::User;

use crate::fake::operations::codes;
use crate::fake::operations::form::Form;
use crate::fake::operations::formats::{is_locale, is_phone_number};
use crate::fake::operations::response::ApiError;
use crate::fake::state::instance_settings::InstanceSettings;
use crate::fake::state::world::World;

/// Returns an error if the instance already has its maximum number of users.
pub(crate) fn check_user_quota(world: &World) -> Result<(), ApiError> {
    match world.settings.max_users {
        Some(max) if world.len() >= max => {
            let message = format!("The instance already has the maximum of {max} users.");
            Err(ApiError::new(codes::USER_QUOTA_EXCEEDED, &message))
        }
        _ => Ok(()),
    }
}

/// Reports the identifiers that the settings require and the user lacks.
pub(crate) fn check_identifiers(form: &mut Form<'_>, settings: &InstanceSettings, user: &User) {
    for (name, is_missing) in [
        (
            "email_address",
            settings.email_address_required && user.email_addresses.is_empty(),
        ),
        (
            "phone_number",
            settings.phone_number_required && user.phone_numbers.is_empty(),
        ),
        (
            "username",
            settings.username_required && user.username.is_none(),
        ),
    ] {
        if is_missing {
            refuse_missing(form, name);
        }
    }
}

/// Reports that a user lacks required data.
pub(crate) fn refuse_missing(form: &mut Form<'_>, name: &str) {
    let message =
        format!("[\"{name}\"] data doesn't match user requirements set for this instance");
    form.refuse(codes::FORM_DATA_MISSING, name, &message);
}

/// Reports what is wrong with a username.
pub(crate) fn check_username(form: &mut Form<'_>, settings: &InstanceSettings, username: &str) {
    let (min, max) = (settings.username_min_length, settings.username_max_length);
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let (code, message) = if is_phone_number(username) {
        let message = "Username cannot be a phone number.".to_owned();
        (codes::FORM_USERNAME_CANNOT_BE_PHONE_NUMBER, message)
    } else if !(min..=max).contains(&username.chars().count()) {
        let message = format!("Username must be between {min} and {max} characters long.");
        (codes::FORM_USERNAME_INVALID_LENGTH, message)
    } else if username.chars().all(|c| c.is_ascii_digit()) {
        let message = "Username must contain one non-number character.".to_owned();
        (codes::FORM_USERNAME_NEEDS_NON_NUMBER_CHAR, message)
    } else if !settings.username_special_characters && !username.chars().all(is_plain) {
        let message = "Username can only contain letters, numbers and '_' or '-'.".to_owned();
        (codes::FORM_USERNAME_INVALID_CHARACTER, message)
    } else {
        return;
    };
    form.refuse(code, "username", &message);
}

/// Reports a locale that is malformed.
pub(crate) fn check_locale(form: &mut Form<'_>, locale: Option<&str>) {
    if locale.is_some_and(|locale| !is_locale(locale)) {
        let message = "locale must be a language tag of BCP-47, such as en-US.";
        form.refuse(codes::FORM_PARAM_FORMAT_INVALID, "locale", message);
    }
}

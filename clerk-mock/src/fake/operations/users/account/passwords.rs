//! The rules for passwords.

use clerk_core::models::User;

use crate::fake::operations::codes;
use crate::fake::operations::form::Form;
use crate::fake::state::instance_settings::InstanceSettings;

/// The maximum number of bytes that bcrypt, Clerk's hash function, reads of a password.
const MAX_BYTES: usize = 72;

/// A few known leaked passwords.
const LEAKED: [&str; 16] = [
    "11111111",
    "12345678",
    "123456789",
    "1234567890",
    "1q2w3e4r",
    "abc12345",
    "iloveyou",
    "passw0rd",
    "password",
    "password1",
    "password123",
    "qwerty123",
    "qwertyuiop",
    "sunshine",
    "trustno1",
    "welcome1",
];

/// Reports what is wrong with a password. The password must not equal an identifier of `user`.
pub(crate) fn check_password(
    form: &mut Form<'_>,
    settings: &InstanceSettings,
    password: &str,
    user: &User,
) {
    let length = password.chars().count();
    let (min, max) = (settings.password_min_length, settings.password_max_length);
    let has = |is: fn(char) -> bool| password.chars().any(is);
    let needs = |needed: bool, is: fn(char) -> bool| needed && !has(is);
    let needs_one = |what: &str| format!("Passwords must contain at least one {what}.");
    for (refused, code, message) in [
        (
            length < min,
            codes::FORM_PASSWORD_LENGTH_TOO_SHORT,
            format!("Passwords must be {min} characters or more."),
        ),
        (
            length > max,
            codes::FORM_PASSWORD_LENGTH_TOO_LONG,
            format!("Passwords must be {max} characters or fewer."),
        ),
        (
            length <= max && password.len() > max.max(MAX_BYTES),
            codes::FORM_PASSWORD_SIZE_IN_BYTES_EXCEEDED,
            "Your password is too long. Please use a shorter one.".to_owned(),
        ),
        (
            needs(settings.password_needs_lowercase, char::is_lowercase),
            codes::FORM_PASSWORD_NO_LOWERCASE,
            needs_one("lowercase character"),
        ),
        (
            needs(settings.password_needs_uppercase, char::is_uppercase),
            codes::FORM_PASSWORD_NO_UPPERCASE,
            needs_one("uppercase character"),
        ),
        (
            needs(settings.password_needs_number, char::is_numeric),
            codes::FORM_PASSWORD_NO_NUMBER,
            needs_one("number"),
        ),
        (
            needs(settings.password_needs_special_character, |c| {
                !c.is_alphanumeric()
            }),
            codes::FORM_PASSWORD_NO_SPECIAL_CHAR,
            needs_one("special character"),
        ),
        (
            is_identifier(user, password),
            codes::FORM_PASSWORD_MATCHES_IDENTIFIER,
            "Passwords must not be an identifier of the user.".to_owned(),
        ),
        (
            settings.leaked_passwords_refused && LEAKED.contains(&password),
            codes::FORM_PASSWORD_PWNED,
            "Password has been found in an online data breach. For account safety, please use a \
             different password."
                .to_owned(),
        ),
    ] {
        if refused {
            form.refuse(code, "password", &message);
        }
    }
}

/// Whether a text is an identifier of a user, ignoring case.
fn is_identifier(user: &User, text: &str) -> bool {
    let emails = user.email_addresses.iter().map(|own| &own.email_address);
    let phones = user.phone_numbers.iter().map(|own| &own.phone_number);
    let mut all = emails.chain(phones).chain(&user.username);
    all.any(|own| own.eq_ignore_ascii_case(text))
}

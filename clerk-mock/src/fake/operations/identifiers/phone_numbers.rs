//! Phone numbers of users.

use clerk_core::Timestamp;
use clerk_core::models::{PhoneNumber, User, VerificationStrategy};
use serde_json::{Map, Value};

use crate::fake::operations::claims::{check_unique, is_phone_number_taken};
use crate::fake::operations::codes::{self, Code};
use crate::fake::operations::form::Form;
use crate::fake::operations::identifiers::deletion::{refuse_last_required, refuse_linked};
use crate::fake::operations::identifiers::verification;
use crate::fake::operations::response::{ApiError, ApiResult, deleted, value};
use crate::fake::operations::users::identifications::read_phone_number;
use crate::fake::operations::users::mfa::update_mfa_flags;
use crate::fake::state::identifier::verified;
use crate::fake::state::user_field::UserField;
use crate::fake::state::world::World;

/// Returns the phone number with this id, and the user who has it.
fn owner<'a>(world: &'a World, id: &str) -> Result<(&'a User, &'a PhoneNumber), ApiError> {
    let mut users = world.users_having(UserField::Part, id);
    let found = users.find_map(|of| {
        let phone = of.user.phone_numbers.iter().find(|own| own.id == *id)?;
        Some((&of.user, phone))
    });
    found.ok_or_else(|| ApiError::resource_not_found(id))
}

/// Returns the phone number with this id and its user, as copies that the caller may change.
fn copy(world: &World, id: &str) -> Result<(User, PhoneNumber), ApiError> {
    let (user, phone) = owner(world, id)?;
    Ok((user.clone(), phone.clone()))
}

/// Adds a phone number to a user, or replaces the number with the same id.
fn put(world: &mut World, mut user: User, phone: PhoneNumber, now: Timestamp) {
    let is_factor = phone.reserved_for_second_factor;
    let mut all = user.phone_numbers.iter_mut();
    match all.find(|own| own.id == phone.id) {
        Some(own) => *own = phone,
        None => user.phone_numbers.push(phone),
    }
    if is_factor && !user.two_factor_enabled {
        user.two_factor_enabled = true;
        user.mfa_enabled_at = Some(now);
    }
    update_mfa_flags(&mut user, now);
    world.replace_user(user);
}

pub(crate) fn get_phone_number(world: &World, id: &str) -> ApiResult {
    owner(world, id).map(|(_, phone)| value(phone))
}

pub(crate) fn create_phone_number(
    world: &mut World,
    body: &Map<String, Value>,
    now: Timestamp,
) -> ApiResult {
    let mut form = Form::new(body);
    let user_id = form.required("user_id").unwrap_or_default();
    let text = form.required("phone_number").unwrap_or_default();
    let is_verified = form.flag("verified").unwrap_or_default();
    let primary = form.flag("primary").unwrap_or_default();
    let factor = form.flag("reserved_for_second_factor");
    let status = (!is_verified).then_some("unverified");
    let mut phone = match text {
        "" => PhoneNumber::default(),
        text => read_phone_number(&mut form, world.new_id("idn"), text, status, now),
    };
    let mut user = match world.user(user_id) {
        Some(user) => user.user.clone(),
        None => {
            form.finish()?;
            return Err(ApiError::user_not_found(user_id));
        }
    };
    claim(&mut form, world, &user, &phone);
    let mut own = user.phone_numbers.iter();
    if own.any(|own| own.phone_number == phone.phone_number) {
        let message = "That phone number is taken. Please try another.";
        form.refuse(codes::FORM_IDENTIFIER_EXISTS, "phone_number", message);
    }
    form.finish()?;
    let code = codes::IDENTIFICATION_CREATE_SECOND_FACTOR_UNVERIFIED;
    set_factor(&user, &mut phone, factor, code)?;
    if primary || user.phone_numbers.is_empty() {
        user.primary_phone_number_id = Some(phone.id.clone());
    }
    put(world, user, phone.clone(), now);
    Ok(value(&phone))
}

/// Sets whether a phone number is a second factor. A new second factor becomes the default if no
/// other phone number is a second factor.
///
/// Returns an error if an unverified phone number would become a second factor. The parameter
/// `unverified` is the code of this error.
fn set_factor(
    user: &User,
    phone: &mut PhoneNumber,
    factor: Option<bool>,
    unverified: Code,
) -> Result<(), ApiError> {
    let Some(factor) = factor else { return Ok(()) };
    if factor && !verification::has_verified(phone.verification.as_ref()) {
        let message = "The phone number must be verified before it can be a second factor.";
        return Err(ApiError::new(unverified, message));
    }
    let mut others = user.phone_numbers.iter().filter(|own| own.id != phone.id);
    phone.reserved_for_second_factor = factor;
    let is_only = !others.any(|own| own.reserved_for_second_factor);
    phone.default_second_factor = factor && (phone.default_second_factor || is_only);
    Ok(())
}

/// Reports an error if the phone number is taken by another user.
fn claim(form: &mut Form<'_>, world: &World, user: &User, phone: &PhoneNumber) {
    let mut claims = User::new(&user.id);
    claims.phone_numbers.push(phone.clone());
    check_unique(form, &claims, world);
}

/// Updates a phone number. `verified` and `primary` change nothing if they are `false`.
pub(crate) fn update_phone_number(
    world: &mut World,
    id: &str,
    body: &Map<String, Value>,
    now: Timestamp,
) -> ApiResult {
    let (mut user, mut phone) = copy(world, id)?;
    let mut form = Form::new(body);
    let verify = form.flag("verified").unwrap_or_default();
    let primary = form.flag("primary").unwrap_or_default();
    let factor = form.flag("reserved_for_second_factor");
    if verify && !verification::has_verified(phone.verification.as_ref()) {
        phone.verification = Some(verified());
        phone.reserved = false;
        claim(&mut form, world, &user, &phone);
    }
    if primary && !verification::has_verified(phone.verification.as_ref()) {
        let message = "The phone number must be verified before it can be the primary one.";
        form.refuse(codes::FORM_VERIFICATION_NEEDED, "primary", message);
    }
    form.finish()?;
    let code = codes::IDENTIFICATION_UPDATE_SECOND_FACTOR_UNVERIFIED;
    set_factor(&user, &mut phone, factor, code)?;
    if primary {
        user.primary_phone_number_id = Some(phone.id.clone());
    }
    phone.updated_at = now;
    put(world, user, phone.clone(), now);
    Ok(value(&phone))
}

/// Deletes a phone number. If it was the primary one, the first of the user's other verified
/// numbers becomes primary.
pub(crate) fn delete_phone_number(world: &mut World, id: &str, now: Timestamp) -> ApiResult {
    let (mut user, phone) = copy(world, id)?;
    refuse_linked("phone number", &phone.linked_to)?;
    let is_required = world.settings.phone_number_required;
    refuse_last_required("phone number", is_required, user.phone_numbers.len())?;
    user.phone_numbers.retain(|own| own.id != phone.id);
    if user.primary_phone_number_id.as_ref() == Some(&phone.id) {
        let mut left = user.phone_numbers.iter();
        let next = left.find(|own| verification::has_verified(own.verification.as_ref()));
        user.primary_phone_number_id = next.map(|next| next.id.clone());
    }
    update_mfa_flags(&mut user, now);
    world.replace_user(user);
    Ok(deleted("phone_number", id).into())
}

pub(crate) fn prepare_phone_number_verification(
    world: &mut World,
    id: &str,
    now: Timestamp,
) -> ApiResult {
    owner(world, id)?;
    let strategy = VerificationStrategy::PhoneCode;
    Ok(verification::prepare(world, id, &strategy, now).into())
}

pub(crate) fn attempt_phone_number_verification(
    world: &mut World,
    id: &str,
    body: &Map<String, Value>,
    now: Timestamp,
) -> ApiResult {
    let (user, mut phone) = copy(world, id)?;
    let is_verified = verification::has_verified(phone.verification.as_ref());
    let is_claimed =
        !is_verified && is_phone_number_taken(world, user.id.as_str(), &phone.phone_number);
    let attempt = verification::attempt(world, id, body, is_claimed, now)?;
    if verification::is_verified(&attempt) && !is_verified {
        phone.verification = Some(verification::by_code(VerificationStrategy::PhoneCode));
        phone.reserved = false;
        phone.updated_at = now;
        put(world, user, phone, now);
    }
    Ok(attempt.into())
}

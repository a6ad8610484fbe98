//! E-mail addresses of users.

use clerk_core::Timestamp;
use clerk_core::models::{EmailAddress, User, VerificationStrategy};
use serde_json::{Map, Value};

use crate::fake::operations::claims::{check_unique, is_email_address_taken};
use crate::fake::operations::codes;
use crate::fake::operations::form::Form;
use crate::fake::operations::identifiers::deletion::{refuse_last_required, refuse_linked};
use crate::fake::operations::identifiers::verification;
use crate::fake::operations::response::{ApiError, ApiResult, deleted, value};
use crate::fake::operations::users::identifications::read_email_address;
use crate::fake::state::identifier::verified;
use crate::fake::state::user_field::UserField;
use crate::fake::state::world::World;

/// Returns the e-mail address with this id, and the user who has it.
fn owner<'a>(world: &'a World, id: &str) -> Result<(&'a User, &'a EmailAddress), ApiError> {
    let mut users = world.users_having(UserField::Part, id);
    let found = users.find_map(|of| {
        let address = of.user.email_addresses.iter().find(|own| own.id == *id)?;
        Some((&of.user, address))
    });
    found.ok_or_else(|| ApiError::resource_not_found(id))
}

/// Returns the e-mail address with this id and its user, as copies that the caller may change.
fn copy(world: &World, id: &str) -> Result<(User, EmailAddress), ApiError> {
    let (user, address) = owner(world, id)?;
    Ok((user.clone(), address.clone()))
}

/// Adds an e-mail address to a user, or replaces the address with the same id.
fn put(world: &mut World, mut user: User, address: EmailAddress, now: Timestamp) {
    let mut all = user.email_addresses.iter_mut();
    match all.find(|own| own.id == address.id) {
        Some(own) => *own = address,
        None => user.email_addresses.push(address),
    }
    user.updated_at = now;
    world.replace_user(user);
}

pub(crate) fn get_email_address(world: &World, id: &str) -> ApiResult {
    owner(world, id).map(|(_, address)| value(address))
}

pub(crate) fn create_email_address(
    world: &mut World,
    body: &Map<String, Value>,
    now: Timestamp,
) -> ApiResult {
    let mut form = Form::new(body);
    let user_id = form.required("user_id").unwrap_or_default();
    let text = form.required("email_address").unwrap_or_default();
    let is_verified = form.flag("verified").unwrap_or_default();
    let primary = form.flag("primary").unwrap_or_default();
    form.flag("notify_primary_email_address_changed");
    let status = (!is_verified).then_some("unverified");
    let address = match text {
        "" => EmailAddress::default(),
        text => read_email_address(&mut form, world.new_id("idn"), text, status, now),
    };
    let mut user = match world.user(user_id) {
        Some(user) => user.user.clone(),
        None => {
            form.finish()?;
            return Err(ApiError::user_not_found(user_id));
        }
    };
    let own = user.email_addresses.iter();
    claim(&mut form, world, &user, &address);
    if own
        .clone()
        .any(|own| own.email_address == address.email_address)
    {
        let message = "That email address is taken. Please try another.";
        form.refuse(codes::FORM_IDENTIFIER_EXISTS, "email_address", message);
    }
    form.finish()?;
    if primary || user.email_addresses.is_empty() {
        user.primary_email_address_id = Some(address.id.clone());
    }
    put(world, user, address.clone(), now);
    Ok(value(&address))
}

/// Reports an error if the e-mail address is taken by another user.
fn claim(form: &mut Form<'_>, world: &World, user: &User, address: &EmailAddress) {
    let mut claims = User::new(&user.id);
    claims.email_addresses.push(address.clone());
    check_unique(form, &claims, world);
}

/// Updates an e-mail address. `verified` and `primary` change nothing if they are `false`.
pub(crate) fn update_email_address(
    world: &mut World,
    id: &str,
    body: &Map<String, Value>,
    now: Timestamp,
) -> ApiResult {
    let (mut user, mut address) = copy(world, id)?;
    let mut form = Form::new(body);
    let verify = form.flag("verified").unwrap_or_default();
    let primary = form.flag("primary").unwrap_or_default();
    form.flag("notify_primary_email_address_changed");
    if verify && !verification::has_verified(address.verification.as_ref()) {
        address.verification = Some(verified());
        address.reserved = false;
        claim(&mut form, world, &user, &address);
    }
    if primary && !verification::has_verified(address.verification.as_ref()) {
        let message = "The email address must be verified before it can be the primary one.";
        form.refuse(codes::FORM_VERIFICATION_NEEDED, "primary", message);
    }
    form.finish()?;
    if primary {
        user.primary_email_address_id = Some(address.id.clone());
    }
    address.updated_at = now;
    put(world, user, address.clone(), now);
    Ok(value(&address))
}

/// Deletes an e-mail address. If it was the primary one, the first of the user's other verified
/// addresses becomes primary.
pub(crate) fn delete_email_address(world: &mut World, id: &str, now: Timestamp) -> ApiResult {
    let (mut user, address) = copy(world, id)?;
    refuse_linked("email address", &address.linked_to)?;
    let is_required = world.settings.email_address_required;
    refuse_last_required("email address", is_required, user.email_addresses.len())?;
    user.email_addresses.retain(|own| own.id != address.id);
    if user.primary_email_address_id.as_ref() == Some(&address.id) {
        let mut left = user.email_addresses.iter();
        let next = left.find(|own| verification::has_verified(own.verification.as_ref()));
        user.primary_email_address_id = next.map(|next| next.id.clone());
    }
    user.updated_at = now;
    world.replace_user(user);
    Ok(deleted("email_address", id).into())
}

pub(crate) fn prepare_email_address_verification(
    world: &mut World,
    id: &str,
    now: Timestamp,
) -> ApiResult {
    owner(world, id)?;
    let strategy = VerificationStrategy::EmailCode;
    Ok(verification::prepare(world, id, &strategy, now).into())
}

pub(crate) fn attempt_email_address_verification(
    world: &mut World,
    id: &str,
    body: &Map<String, Value>,
    now: Timestamp,
) -> ApiResult {
    let (user, mut address) = copy(world, id)?;
    let is_verified = verification::has_verified(address.verification.as_ref());
    let is_claimed =
        !is_verified && is_email_address_taken(world, user.id.as_str(), &address.email_address);
    let attempt = verification::attempt(world, id, body, is_claimed, now)?;
    if verification::is_verified(&attempt) && !is_verified {
        address.verification = Some(verification::by_code(VerificationStrategy::EmailCode));
        address.reserved = false;
        address.updated_at = now;
        put(world, user, address, now);
    }
    Ok(attempt.into())
}

//! What is read, banned, locked and deleted.

use clerk_core::Timestamp;
use clerk_core::models::{
    OAuthAccessToken, OrganizationInvitation, OrganizationMembershipPublicUserData, User,
};
use serde_json::{Map, Value, json};

use super::answer::{Outcome, Refusal, value};
use super::fake_user::FakeUser;
use super::form::Form;
use super::listing::{Pairs, window};
use super::route::page;
use super::world::{LOCKOUT_SECONDS, World};

pub(super) fn find<'a>(world: &'a World, id: &str) -> Result<&'a FakeUser, Refusal> {
    world.user(id).ok_or_else(|| Refusal::user_not_found(id))
}

pub(super) fn find_mut<'a>(world: &'a mut World, id: &str) -> Result<&'a mut FakeUser, Refusal> {
    world
        .user_mut(id)
        .ok_or_else(|| Refusal::user_not_found(id))
}

pub(super) fn get(world: &World, id: &str) -> Outcome {
    Ok(value(&find(world, id)?.user))
}

pub(super) fn delete(world: &mut World, id: &str) -> Outcome {
    let account = world
        .remove(id)
        .ok_or_else(|| Refusal::user_not_found(id))?;
    Ok(json!({ "object": "user", "id": account.user.id, "deleted": true }))
}

pub(super) fn set_banned(world: &mut World, id: &str, banned: bool, now: Timestamp) -> Outcome {
    let account = find_mut(world, id)?;
    account.user.banned = banned;
    account.user.updated_at = now;
    Ok(value(&account.user))
}

/// All of them or none.
pub(super) fn set_all_banned(
    world: &mut World,
    body: &Map<String, Value>,
    banned: bool,
    now: Timestamp,
) -> Outcome {
    let mut form = Form::new(body);
    let ids = form.texts("user_ids").unwrap_or_default();
    if !form.has("user_ids") {
        let message = "user_ids must be included.";
        form.refuse("form_param_missing", "user_ids", message);
    } else if !(1..=50).contains(&ids.len()) {
        let message = "user_ids must have from 1 to 50 items.";
        form.refuse("form_param_value_invalid", "user_ids", message);
    }
    form.finish()?;
    if let Some(unknown) = ids.iter().find(|id| world.user(id).is_none()) {
        return Err(Refusal::user_not_found(unknown));
    }
    let banned = ids.into_iter().map(|id| set_banned(world, id, banned, now));
    banned.collect::<Result<Vec<_>, _>>().map(Value::Array)
}

pub(super) fn set_locked(world: &mut World, id: &str, locked: bool, now: Timestamp) -> Outcome {
    world.set_lock(id, locked.then_some(LOCKOUT_SECONDS), now);
    let user = &mut find_mut(world, id)?.user;
    user.updated_at = now;
    Ok(value(user))
}

pub(super) fn organization_invitations(world: &World, id: &str, query: Pairs<'_>) -> Outcome {
    let invitations = find(world, id)?.invitations.iter();
    let mut wanted = Vec::new();
    for (_, status) in query.iter().filter(|(name, _)| name == "status") {
        if !["pending", "accepted", "revoked", "expired"].contains(&status.as_str()) {
            let message = "status must be one of pending, accepted, revoked, expired.";
            return Err(Refusal::param(
                "form_param_value_invalid",
                "status",
                message,
            ));
        }
        wanted.push(status.as_str());
    }
    let wanted = |invitation: &&OrganizationInvitation| {
        wanted.is_empty() || wanted.contains(&invitation.status.as_str())
    };
    let invitations: Vec<_> = invitations.filter(wanted).collect();
    Ok(page(window(&invitations, query)?, invitations.len()))
}

pub(super) fn organization_memberships(world: &World, id: &str, query: Pairs<'_>) -> Outcome {
    let member = find(world, id)?;
    let mut memberships = member.memberships.clone();
    for membership in &mut memberships {
        let data = &mut membership.public_user_data;
        data.get_or_insert_with(|| Box::new(public_user_data(&member.user)));
    }
    Ok(page(window(&memberships, query)?, memberships.len()))
}

/// What other members see of a user.
fn public_user_data(user: &User) -> OrganizationMembershipPublicUserData {
    let mut data = OrganizationMembershipPublicUserData::default();
    data.user_id = user.id.clone();
    data.first_name.clone_from(&user.first_name);
    data.last_name.clone_from(&user.last_name);
    data.username.clone_from(&user.username);
    data.image_url = user.image_url.clone().unwrap_or_default();
    data.has_image = user.has_image;
    data.banned = user.banned;
    data.deprovisioned = user.deprovisioned;
    let email = user.email_addresses.first();
    let phone = user.phone_numbers.first();
    data.identifier = email
        .map(|email| email.email_address.clone())
        .or_else(|| phone.map(|phone| phone.phone_number.clone()))
        .or_else(|| user.username.clone());
    data
}

pub(super) fn oauth_access_tokens(
    world: &World,
    id: &str,
    provider: &str,
    query: Pairs<'_>,
) -> Outcome {
    // Clerk takes the provider with and without its prefix.
    let name = |provider: &str| provider.trim_start_matches("oauth_").to_owned();
    let of_provider = |token: &&OAuthAccessToken| name(token.provider.as_str()) == name(provider);
    let tokens: Vec<_> = find(world, id)?.tokens.iter().filter(of_provider).collect();
    let shown = window(&tokens, query)?;
    if query
        .iter()
        .any(|(key, value)| key == "paginated" && value == "true")
    {
        Ok(page(shown, tokens.len()))
    } else {
        Ok(value(&shown))
    }
}

//! What is read, banned and deleted.

use clerk_core::{Timestamp, models::OAuthAccessToken};
use serde_json::json;

use super::answer::{Outcome, Refusal, value};
use super::listing::{Pairs, window};
use super::route::page;
use super::world::{Account, World};

pub(super) fn find<'a>(world: &'a World, id: &str) -> Result<&'a Account, Refusal> {
    world.account(id).ok_or_else(|| Refusal::user_not_found(id))
}

pub(super) fn find_mut<'a>(world: &'a mut World, id: &str) -> Result<&'a mut Account, Refusal> {
    world
        .account_mut(id)
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

pub(super) fn organization_memberships(world: &World, id: &str, query: Pairs<'_>) -> Outcome {
    let memberships = &find(world, id)?.memberships;
    let memberships: Vec<_> = memberships.iter().collect();
    Ok(page(window(&memberships, query)?, memberships.len()))
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

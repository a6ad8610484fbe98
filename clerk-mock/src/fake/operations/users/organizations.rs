//! The organizations of a user: memberships and invitations.

use clerk_core::models::{OrganizationInvitation, OrganizationMembershipPublicUserData, User};

use crate::fake::operations::query::{Pairs, window};
use crate::fake::operations::response::{ApiError, ApiResult, page};
use crate::fake::operations::users::lookup::find;
use crate::fake::state::world::World;

pub(crate) fn users_get_organization_invitations(
    world: &World,
    id: &str,
    query: Pairs<'_>,
) -> ApiResult {
    let invitations = find(world, id)?.invitations.iter();
    let mut wanted = Vec::new();
    for (_, status) in query.iter().filter(|(name, _)| name == "status") {
        if !["pending", "accepted", "revoked", "expired"].contains(&status.as_str()) {
            let message = "status must be one of pending, accepted, revoked, expired.";
            return Err(ApiError::param(
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

pub(crate) fn users_get_organization_memberships(
    world: &World,
    id: &str,
    query: Pairs<'_>,
) -> ApiResult {
    let member = find(world, id)?;
    let mut memberships = member.memberships.clone();
    for membership in &mut memberships {
        let data = &mut membership.public_user_data;
        data.get_or_insert_with(|| Box::new(public_user_data(&member.user)));
    }
    Ok(page(window(&memberships, query)?, memberships.len()))
}

/// Returns the part of a user that other members see.
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

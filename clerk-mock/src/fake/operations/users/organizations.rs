//! The organizations of a user: memberships and invitations.

use clerk_core::Timestamp;

use crate::fake::operations::organization_invitations::{
    has_status, statuses, view_with_organization,
};
use crate::fake::operations::organization_memberships::view;
use crate::fake::operations::query::{Pairs, window};
use crate::fake::operations::response::{ApiResult, page};
use crate::fake::operations::users::lookup::find;
use crate::fake::state::world::World;

pub(crate) fn users_get_organization_invitations(
    world: &World,
    id: &str,
    query: Pairs<'_>,
    now: Timestamp,
) -> ApiResult {
    let invitations = world.invitations_of(find(world, id)?).into_iter();
    let wanted = statuses(query)?;
    let invitations: Vec<_> = invitations
        .filter(|of| has_status(of, &wanted, now))
        .map(|of| view_with_organization(world, of, now))
        .collect();
    Ok(page(window(&invitations, query)?, invitations.len()))
}

pub(crate) fn users_get_organization_memberships(
    world: &World,
    id: &str,
    query: Pairs<'_>,
) -> ApiResult {
    let user = find(world, id)?;
    let shown = window(&user.memberships, query)?.iter();
    let shown: Vec<_> = shown.map(|of| view(world, user, of)).collect();
    Ok(page(&shown, user.memberships.len()))
}

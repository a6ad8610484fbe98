//! The members of an organization.
//!
//! A session token names only the organization that the user has activated in the frontend. A
//! request for another organization is refused, even if the user is a member of that organization.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use clerk_client::auth::SessionClaims;
use clerk_client::ids::OrganizationId;
use clerk_client::requests::{OrganizationMembershipListParams, OrganizationMembershipOrderBy};
use serde::Serialize;

use crate::Services;
use crate::failure::Failure;

/// The role that may remove members.
const ADMIN: &str = "org:admin";

/// A member of an organization.
#[derive(Serialize)]
pub(crate) struct OrganizationMember {
    id: String,
    name: Option<String>,
    role: String,
}

/// Lists the members, oldest first, for users who have activated the organization.
pub(crate) async fn members(
    State(services): State<Services>,
    claims: SessionClaims,
    Path(id): Path<OrganizationId>,
) -> Result<Json<Vec<OrganizationMember>>, Failure> {
    check_active(&claims, &id)?;
    let oldest_first = OrganizationMembershipListParams::new()
        .order_by(OrganizationMembershipOrderBy::CreatedAt.ascending());
    let memberships = services.clerk.organization_memberships();
    let mut pages = memberships.list_all_organization_memberships(id, oldest_first);
    let mut members = Vec::new();
    while let Some(page) = pages.next_page().await? {
        for membership in page {
            let Some(user) = membership.public_user_data else {
                continue;
            };
            let row = services.table.get(user.user_id.as_str()).await?;
            members.push(OrganizationMember {
                id: user.user_id.into(),
                name: row.and_then(|row| row.name),
                role: membership.role,
            });
        }
    }
    Ok(Json(members))
}

/// Removes a member, for admins of the organization.
pub(crate) async fn remove(
    State(services): State<Services>,
    claims: SessionClaims,
    Path((id, user_id)): Path<(OrganizationId, String)>,
) -> Result<StatusCode, Failure> {
    check_active(&claims, &id)?;
    if !claims.has_role(ADMIN) {
        return Err(Failure::Forbidden);
    }
    let memberships = services.clerk.organization_memberships();
    memberships
        .delete_organization_membership(id, user_id)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Checks that an organization is the active one.
fn check_active(claims: &SessionClaims, id: &OrganizationId) -> Result<(), Failure> {
    let active = claims.organization.as_ref();
    match active.is_some_and(|active| active.id == *id) {
        true => Ok(()),
        false => Err(Failure::Forbidden),
    }
}

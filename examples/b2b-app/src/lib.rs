//! A web application for teams. Each team is an organization of Clerk. Recruiters and admins invite
//! people. Only admins change roles and remove members.
//!
//! The organization always comes from the session token: it is the one that the user has activated
//! in the frontend. So no request reaches another team. The token also has the role and the
//! permissions, so a check needs no request to Clerk. A changed role or permission takes effect
//! with the next token, within a minute.

mod failure;
pub mod roles;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post, put};
use axum::{Json, Router};
use clerk_client::Clerk;
use clerk_client::auth::{AuthLayer, Authorization, SessionClaims, Verifier};
use clerk_client::ids::OrganizationId;
use clerk_client::models::{OrganizationInvitation, OrganizationMembership};
use clerk_client::requests::{
    CreateOrganizationInvitationRequest, CreateOrganizationRequest,
    OrganizationMembershipListParams, OrganizationMembershipOrderBy,
    UpdateOrganizationMembershipRequest,
};
use serde::{Deserialize, Serialize};

use crate::failure::Failure;

/// Creates the application. It needs the role and the permission that [`roles::create`] creates.
/// Call `roles::create` once for each instance of Clerk.
pub fn app(clerk: Clerk, verifier: Verifier) -> Router {
    let layer = AuthLayer::new(verifier);
    let may_invite = Authorization::permission(roles::INVITE);
    let is_admin = Authorization::role("org:admin");
    let users = Router::new()
        .route("/teams", post(create))
        .route("/team", get(list))
        .layer(layer.clone());
    let inviters = Router::new()
        .route("/team/invitations", post(invite))
        .layer(layer.clone().require(may_invite));
    let admins = Router::new()
        .route("/team/members/{user_id}", put(change_role).delete(remove))
        .layer(layer.require(is_admin));
    users.merge(inviters).merge(admins).with_state(clerk)
}

/// A member as the application shows it.
#[derive(Serialize)]
struct Member {
    id: Option<String>,
    name: Option<String>,
    role: String,
}

impl From<OrganizationMembership> for Member {
    fn from(membership: OrganizationMembership) -> Self {
        let user = membership.public_user_data;
        Self {
            name: user.as_ref().and_then(|user| user.first_name.clone()),
            id: user.map(|user| user.user_id.into()),
            role: membership.role,
        }
    }
}

#[derive(Deserialize)]
struct NewTeam {
    name: String,
}

#[derive(Serialize)]
struct Team {
    id: String,
    name: String,
}

/// Creates a team. The user becomes its first admin.
async fn create(
    State(clerk): State<Clerk>,
    claims: SessionClaims,
    Json(NewTeam { name }): Json<NewTeam>,
) -> Result<(StatusCode, Json<Team>), Failure> {
    let request = CreateOrganizationRequest::new(name).created_by(claims.user_id);
    let team = clerk.organizations().create_organization(request).await?;
    let (id, name) = (team.id.into(), team.name);
    Ok((StatusCode::CREATED, Json(Team { id, name })))
}

/// Lists the members of the team, oldest first.
async fn list(
    State(clerk): State<Clerk>,
    claims: SessionClaims,
) -> Result<Json<Vec<Member>>, Failure> {
    let oldest_first = OrganizationMembershipListParams::new()
        .order_by(OrganizationMembershipOrderBy::CreatedAt.ascending());
    let memberships = clerk.organization_memberships();
    let mut pages = memberships.list_all_organization_memberships(team(&claims)?, oldest_first);
    let mut members = Vec::new();
    while let Some(page) = pages.next_page().await? {
        members.extend(page.into_iter().map(Member::from));
    }
    Ok(Json(members))
}

#[derive(Deserialize)]
struct NewMember {
    email: String,
}

/// An invitation as the application shows it. It omits the URL, which is only for the invitee.
#[derive(Serialize)]
struct Invitation {
    id: String,
    email: String,
}

impl From<OrganizationInvitation> for Invitation {
    fn from(invitation: OrganizationInvitation) -> Self {
        Self {
            id: invitation.id.into(),
            email: invitation.email_address,
        }
    }
}

/// Invites a person to the team. Clerk sends the e-mail.
async fn invite(
    State(clerk): State<Clerk>,
    claims: SessionClaims,
    Json(NewMember { email }): Json<NewMember>,
) -> Result<(StatusCode, Json<Invitation>), Failure> {
    // The inviter cannot choose the role of the invitee, so recruiters cannot invite admins.
    let request = CreateOrganizationInvitationRequest::new(email, "org:member").expires_in_days(7);
    let invitations = clerk.organization_invitations();
    let invitation = invitations.create_organization_invitation(team(&claims)?, request);
    Ok((StatusCode::CREATED, Json(invitation.await?.into())))
}

#[derive(Deserialize)]
struct NewRole {
    role: String,
}

async fn change_role(
    State(clerk): State<Clerk>,
    claims: SessionClaims,
    Path(user_id): Path<String>,
    Json(NewRole { role }): Json<NewRole>,
) -> Result<Json<Member>, Failure> {
    let request = UpdateOrganizationMembershipRequest::new(role);
    let memberships = clerk.organization_memberships();
    let changed = memberships.update_organization_membership(team(&claims)?, user_id, request);
    Ok(Json(changed.await?.into()))
}

async fn remove(
    State(clerk): State<Clerk>,
    claims: SessionClaims,
    Path(user_id): Path<String>,
) -> Result<Json<Member>, Failure> {
    let memberships = clerk.organization_memberships();
    let removed = memberships.delete_organization_membership(team(&claims)?, user_id);
    Ok(Json(removed.await?.into()))
}

/// Returns the team that the user has activated.
fn team(claims: &SessionClaims) -> Result<&OrganizationId, Failure> {
    let organization = claims.organization.as_ref();
    organization.map(|of| &of.id).ok_or(Failure::NO_TEAM)
}

//! The operations on invitations to organizations.

use clerk_core::models::{
    Organization, OrganizationInvitation, OrganizationInvitationPublicOrganizationData,
    OrganizationInvitationPublicUserData, OrganizationInvitationStatus,
};
use clerk_core::{OrganizationId, Timestamp};
use serde_json::{Map, Value};

use crate::fake::operations::body::{bodies, body};
use crate::fake::operations::codes;
use crate::fake::operations::form::Form;
use crate::fake::operations::formats::is_email_address;
use crate::fake::operations::order;
use crate::fake::operations::organization_memberships::{
    already_a_member, check_quota, check_role, identifier,
};
use crate::fake::operations::organizations::organization::find;
use crate::fake::operations::query::{Pairs, all_filter_values, filter_text, window};
use crate::fake::operations::response::{ApiError, ApiResult, page, value};
use crate::fake::state::organizations::invitations::{has_address, is_pending, status};
use crate::fake::state::world::World;
use crate::requests::recorded_request::RecordedRequest;

/// The default number of days after which an invitation expires.
const EXPIRES_IN_DAYS: i64 = 30;
/// The number of milliseconds in a day.
const DAY: i64 = 86_400_000;
/// The maximum number of invitations in one request.
const MAX_BULK: usize = 10;
/// The permission to invite users and to revoke invitations.
const MANAGE: &str = "org:sys_memberships:manage";
/// The statuses by which a list can be filtered.
const STATUSES: [&str; 4] = ["pending", "accepted", "revoked", "expired"];

/// Runs an operation on the invitations of an organization. Returns `None` if the fake does not
/// model the operation.
pub(crate) fn dispatch(
    world: &mut World,
    request: &RecordedRequest,
    now: Timestamp,
    method: &str,
    id: &str,
    rest: &[&str],
) -> Option<ApiResult> {
    let query = request.query();
    Some(match (method, rest) {
        ("GET", []) => list_organization_invitations(world, id, &query, now),
        ("GET", ["pending"]) => list_pending_organization_invitations(world, id, &query, now),
        ("GET", [invitation]) => get_organization_invitation(world, id, invitation, now),
        ("POST", []) => {
            body(request).and_then(|body| create_organization_invitation(world, id, &body, now))
        }
        ("POST", ["bulk"]) => bodies(request)
            .and_then(|bodies| create_organization_invitation_bulk(world, id, &bodies, now)),
        ("POST", [invitation, "revoke"]) => body(request)
            .and_then(|body| revoke_organization_invitation(world, id, invitation, &body, now)),
        _ => return None,
    })
}

fn create_organization_invitation(
    world: &mut World,
    id: &str,
    body: &Map<String, Value>,
    now: Timestamp,
) -> ApiResult {
    let organization = find(world, id)?.clone();
    let id = create(world, &organization, body, now)?;
    get_organization_invitation(world, organization.id.as_str(), &id, now)
}

/// Creates all invitations, or none if one is refused.
fn create_organization_invitation_bulk(
    world: &mut World,
    id: &str,
    bodies: &[Map<String, Value>],
    now: Timestamp,
) -> ApiResult {
    let organization = find(world, id)?.clone();
    if !(1..=MAX_BULK).contains(&bodies.len()) {
        let message = format!("The body must have from 1 to {MAX_BULK} invitations.");
        let code = codes::FORM_PARAM_ARRAY_SIZE_EXCEEDED;
        return Err(ApiError::param(code, "body", &message));
    }
    let before = world.organizations.invitations.clone();
    let mut created = Vec::new();
    for body in bodies {
        match create(world, &organization, body, now) {
            Ok(id) => created.push(id),
            Err(error) => {
                world.organizations.invitations = before;
                return Err(error);
            }
        }
    }
    let created = created
        .iter()
        .filter_map(|id| world.organizations.invitations.get(id));
    let views: Vec<_> = created.map(|of| view(world, of, now)).collect();
    Ok(page(&views, views.len()))
}

/// Creates an invitation, and returns its id.
fn create(
    world: &mut World,
    organization: &Organization,
    body: &Map<String, Value>,
    now: Timestamp,
) -> Result<String, ApiError> {
    let mut form = Form::new(body);
    let address = form.required("email_address").unwrap_or_default();
    if !address.is_empty() && !is_email_address(address) {
        let message = "email_address must be an e-mail address.";
        form.refuse(codes::FORM_PARAM_FORMAT_INVALID, "email_address", message);
    }
    let role = form.required("role").unwrap_or_default();
    let inviter = form.text("inviter_user_id");
    let days = form.count("expires_in_days").unwrap_or(EXPIRES_IN_DAYS);
    if !(1..=365).contains(&days) {
        let message = "expires_in_days must be from 1 to 365.";
        form.refuse(codes::FORM_PARAM_VALUE_INVALID, "expires_in_days", message);
    }
    let mut invitation = OrganizationInvitation::default();
    invitation.public_metadata = form.metadata("public_metadata").unwrap_or_default();
    invitation.private_metadata = form.metadata("private_metadata").unwrap_or_default();
    // These parameters have no effect, because the fake sends no e-mails.
    form.text("redirect_url");
    form.flag("notify");
    form.finish()?;
    check_role(world, role)?;
    let id = organization.id.as_str();
    check_manager(world, id, inviter)?;
    check_invitee(world, id, address, now)?;
    check_quota(world, organization, now)?;

    let invitation_id = world.new_id("orginv");
    invitation.id = invitation_id.clone().into();
    invitation.email_address = address.to_lowercase();
    invitation.role = role.into();
    invitation.organization_id = organization.id.clone();
    invitation.inviter_id = inviter.map(Into::into);
    invitation.status = OrganizationInvitationStatus::Pending;
    let url = "https://fake.clerk.accounts.dev/v1/tickets/accept?ticket=";
    invitation.url = Some(format!("{url}{invitation_id}"));
    let end = now.as_millis().saturating_add(days.saturating_mul(DAY));
    invitation.expires_at = Some(Timestamp::from_millis(end));
    world.add_organization_invitation(invitation, now);
    Ok(invitation_id)
}

/// Returns an error if a user may not manage the members of an organization. Without a `user_id`,
/// returns no error.
fn check_manager(world: &World, id: &str, user_id: Option<&str>) -> Result<(), ApiError> {
    let Some(user_id) = user_id else {
        return Ok(());
    };
    if world.user(user_id).is_none() {
        return Err(ApiError::user_not_found(user_id));
    }
    let refuse = |code, long: &str| {
        let long = format!("{user_id} {long}");
        Err(ApiError::new(code, &long))
    };
    let Some(membership) = world.membership(id, user_id) else {
        let long = "is not a member of the organization.";
        return refuse(codes::NOT_A_MEMBER_IN_ORGANIZATION, long);
    };
    if world
        .permissions_of(membership)
        .iter()
        .any(|own| own == MANAGE)
    {
        return Ok(());
    }
    let long = "may not manage the members of the organization.";
    refuse(codes::MISSING_ORGANIZATION_PERMISSION, long)
}

/// Returns an error if an e-mail address belongs to a member, or has a pending invitation.
fn check_invitee(world: &World, id: &str, address: &str, now: Timestamp) -> Result<(), ApiError> {
    if world
        .members(id)
        .any(|(user, _)| has_address(user, address))
    {
        return Err(already_a_member(address));
    }
    let mut invitations = world.organizations.invitations.iter();
    let invited = invitations.any(|of| {
        let same = of.email_address.eq_ignore_ascii_case(address);
        same && of.organization_id == id && is_pending(of, now)
    });
    if invited {
        return Err(ApiError::new(
            codes::ORGANIZATION_INVITATION_NOT_UNIQUE,
            &format!("{address} has a pending invitation to the organization already."),
        ));
    }
    Ok(())
}

fn list_organization_invitations(
    world: &World,
    id: &str,
    query: Pairs<'_>,
    now: Timestamp,
) -> ApiResult {
    let id = &find(world, id)?.id;
    let wanted = statuses(query)?;
    let address = filter_text(query, "email_address");
    let matches = |of: &OrganizationInvitation| {
        of.organization_id == *id
            && has_status(of, &wanted, now)
            && address.is_none_or(|text| of.email_address.eq_ignore_ascii_case(text))
    };
    listed(world, matches, view, query, now)
}

fn list_pending_organization_invitations(
    world: &World,
    id: &str,
    query: Pairs<'_>,
    now: Timestamp,
) -> ApiResult {
    let id = &find(world, id)?.id;
    let matches = |of: &OrganizationInvitation| of.organization_id == *id && is_pending(of, now);
    listed(world, matches, view, query, now)
}

pub(crate) fn list_instance_organization_invitations(
    world: &World,
    query: Pairs<'_>,
    now: Timestamp,
) -> ApiResult {
    let wanted = statuses(query)?;
    let text = filter_text(query, "query").map(str::to_lowercase);
    let matches = |of: &OrganizationInvitation| {
        let address = of.email_address.to_lowercase();
        has_status(of, &wanted, now) && text.as_deref().is_none_or(|text| address.contains(text))
    };
    listed(world, matches, view_with_organization, query, now)
}

/// Lists the invitations that match. `view` returns an invitation as the list shows it.
fn listed(
    world: &World,
    matches: impl Fn(&OrganizationInvitation) -> bool,
    view: fn(&World, &OrganizationInvitation, Timestamp) -> OrganizationInvitation,
    query: Pairs<'_>,
    now: Timestamp,
) -> ApiResult {
    let all = world.organizations.invitations.iter();
    let mut found: Vec<_> = all.filter(|of| matches(of)).collect();
    let names = ["created_at", "email_address"];
    order::sort(
        &mut found,
        query,
        "-created_at",
        &names,
        |of, by| match by {
            "created_at" => of.created_at.into(),
            _ => of.email_address.as_str().into(),
        },
    )?;
    let shown = window(&found, query)?.iter();
    let shown: Vec<_> = shown.map(|of| view(world, of, now)).collect();
    Ok(page(&shown, found.len()))
}

/// Reads the statuses to filter by.
pub(crate) fn statuses(query: Pairs<'_>) -> Result<Vec<&str>, ApiError> {
    let wanted = all_filter_values(query, "status");
    if wanted.iter().all(|status| STATUSES.contains(status)) {
        return Ok(wanted);
    }
    let message = format!("status must be one of {}.", STATUSES.join(", "));
    let code = codes::FORM_PARAM_VALUE_INVALID;
    Err(ApiError::param(code, "status", &message))
}

/// Whether an invitation has one of these statuses. Without statuses, every invitation matches.
pub(crate) fn has_status(of: &OrganizationInvitation, wanted: &[&str], now: Timestamp) -> bool {
    wanted.is_empty() || wanted.contains(&status(of, now).as_str())
}

fn get_organization_invitation(
    world: &World,
    id: &str,
    invitation_id: &str,
    now: Timestamp,
) -> ApiResult {
    let id = &find(world, id)?.id;
    let invitation = find_invitation(world, id, invitation_id)?;
    Ok(value(&view(world, invitation, now)))
}

/// Returns an invitation to an organization, or a 404.
fn find_invitation<'a>(
    world: &'a World,
    id: &OrganizationId,
    invitation_id: &str,
) -> Result<&'a OrganizationInvitation, ApiError> {
    let invitation = world.organizations.invitations.get(invitation_id);
    let invitation = invitation.filter(|of| of.organization_id == *id);
    invitation.ok_or_else(|| {
        let message = format!("No organization invitation was found with id {invitation_id}.");
        ApiError::not_found(&message)
    })
}

fn revoke_organization_invitation(
    world: &mut World,
    id: &str,
    invitation_id: &str,
    body: &Map<String, Value>,
    now: Timestamp,
) -> ApiResult {
    let id = find(world, id)?.id.clone();
    let invitation = find_invitation(world, &id, invitation_id)?;
    let mut form = Form::new(body);
    let user_id = form.text("requesting_user_id");
    form.finish()?;
    check_manager(world, id.as_str(), user_id)?;
    if !is_pending(invitation, now) {
        let status = status(invitation, now);
        return Err(ApiError::new(
            codes::ORGANIZATION_INVITATION_NOT_PENDING,
            &format!("The invitation {invitation_id} is {status}, not pending."),
        ));
    }
    if let Some(invitation) = world.organizations.invitations.get_mut(invitation_id) {
        invitation.status = OrganizationInvitationStatus::Revoked;
        invitation.updated_at = now;
    }
    get_organization_invitation(world, id.as_str(), invitation_id, now)
}

/// Returns an invitation with its current status, the name of its role, and the data of its
/// inviter. Omits the data of the organization.
pub(crate) fn view(
    world: &World,
    invitation: &OrganizationInvitation,
    now: Timestamp,
) -> OrganizationInvitation {
    let mut view = invitation.clone();
    view.user_id = None;
    view.public_organization_data = None;
    view.status = status(invitation, now);
    if !is_pending(invitation, now) {
        view.url = None;
    }
    if view.role_name.is_empty() || world.role(&invitation.role).is_some() {
        view.role_name = world.role_name(&invitation.role);
    }
    let inviter = invitation.inviter_id.as_deref();
    if let Some(user) = inviter.and_then(|id| world.user(id)) {
        let user = &user.user;
        let mut data = OrganizationInvitationPublicUserData::default();
        data.user_id = user.id.clone();
        data.first_name.clone_from(&user.first_name);
        data.last_name.clone_from(&user.last_name);
        data.image_url = user.image_url.clone().unwrap_or_default();
        data.has_image = user.has_image;
        data.identifier = identifier(user).unwrap_or_default();
        view.public_inviter_data = Some(Box::new(data));
    }
    view
}

/// Returns an invitation like [`view`], but with the data of the organization.
///
/// The invitations of a user and of the whole instance are listed in this form. Those of an
/// organization are listed without the data of the organization.
pub(crate) fn view_with_organization(
    world: &World,
    invitation: &OrganizationInvitation,
    now: Timestamp,
) -> OrganizationInvitation {
    let mut view = view(world, invitation, now);
    let id = invitation.organization_id.as_str();
    if let Some(organization) = world.organizations.all.get(id) {
        view.public_organization_data = Some(Box::new(public_organization_data(organization)));
    }
    view
}

/// Returns the part of an organization that invitees see.
pub(crate) fn public_organization_data(
    organization: &Organization,
) -> OrganizationInvitationPublicOrganizationData {
    let mut data = OrganizationInvitationPublicOrganizationData::default();
    data.id = organization.id.clone();
    data.name.clone_from(&organization.name);
    data.slug.clone_from(&organization.slug);
    data.image_url.clone_from(&organization.image_url);
    data.has_image = organization.has_image;
    data
}

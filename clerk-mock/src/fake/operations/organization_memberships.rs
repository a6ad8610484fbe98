//! The operations on the members of organizations.

use clerk_core::Timestamp;
use clerk_core::models::{
    EmailAddress, Organization, OrganizationMembership, OrganizationMembershipPublicUserData,
    PhoneNumber, User,
};
use serde_json::{Map, Value};

use crate::fake::operations::body::body;
use crate::fake::operations::codes;
use crate::fake::operations::form::{Form, required_text};
use crate::fake::operations::order;
use crate::fake::operations::organizations::organization::find;
use crate::fake::operations::query::{Pairs, filter_values, window};
use crate::fake::operations::response::{ApiError, ApiResult, page, value};
use crate::fake::operations::users::listing::filter;
use crate::fake::operations::users::listing::order::text;
use crate::fake::operations::users::metadata::{change_checked, merge_into};
use crate::fake::state::fake_user::FakeUser;
use crate::fake::state::world::World;
use crate::requests::recorded_request::RecordedRequest;

/// The properties by which memberships can be ordered. According to Clerk's specification, SAML
/// connections can be ordered by the same properties.
pub(crate) const ORDERS: [&str; 6] = [
    "phone_number",
    "email_address",
    "created_at",
    "first_name",
    "last_name",
    "username",
];

/// Runs an operation on the members of an organization. Returns `None` if the fake does not model
/// the operation.
pub(crate) fn dispatch(
    world: &mut World,
    request: &RecordedRequest,
    now: Timestamp,
    method: &str,
    id: &str,
    rest: &[&str],
) -> Option<ApiResult> {
    let with_body = || body(request);
    Some(match (method, rest) {
        ("GET", []) => list_organization_memberships(world, id, &request.query()),
        ("POST", []) => {
            with_body().and_then(|body| create_organization_membership(world, id, &body, now))
        }
        ("PATCH", [user_id]) => with_body()
            .and_then(|body| update_organization_membership(world, id, user_id, &body, now)),
        ("DELETE", [user_id]) => delete_organization_membership(world, id, user_id),
        ("PATCH", [user_id, "metadata"]) => with_body().and_then(|body| {
            update_organization_membership_metadata(world, id, user_id, &body, now)
        }),
        _ => return None,
    })
}

fn create_organization_membership(
    world: &mut World,
    id: &str,
    body: &Map<String, Value>,
    now: Timestamp,
) -> ApiResult {
    let organization = find(world, id)?.clone();
    let mut form = Form::new(body);
    let user_id = form.required("user_id").unwrap_or_default();
    let role = form.required("role").unwrap_or_default();
    let public = form.metadata("public_metadata").unwrap_or_default();
    let private = form.metadata("private_metadata").unwrap_or_default();
    form.finish()?;
    if world.user(user_id).is_none() {
        return Err(ApiError::user_not_found(user_id));
    }
    check_role(world, role)?;
    let organization_id = &organization.id;
    if world
        .membership(organization_id.as_str(), user_id)
        .is_some()
    {
        return Err(already_a_member(user_id));
    }
    check_quota(world, &organization, now)?;
    let mut membership = OrganizationMembership::new(world.new_id("orgmem"));
    membership.role = role.into();
    (membership.public_metadata, membership.private_metadata) = (public, private);
    world.join(organization_id, user_id, membership, now);
    get(world, organization_id.as_str(), user_id)
}

pub(crate) fn already_a_member(who: &str) -> ApiError {
    ApiError::new(
        codes::ALREADY_A_MEMBER_IN_ORGANIZATION,
        &format!("{who} is already a member of the organization."),
    )
}

/// Returns an error if there is no role with this key.
pub(crate) fn check_role(world: &World, key: &str) -> Result<(), ApiError> {
    let role = world.role(key).map(drop);
    role.ok_or_else(|| ApiError::not_found(&format!("No role was found with key {key}.")))
}

/// Returns an error if an organization has reached its maximum of members and pending invitations.
pub(crate) fn check_quota(
    world: &World,
    organization: &Organization,
    now: Timestamp,
) -> Result<(), ApiError> {
    let id = organization.id.as_str();
    let taken = world.members(id).count() + world.pending_invitations(id, now);
    let limit = organization.max_allowed_memberships;
    if limit > 0 && i64::try_from(taken).is_ok_and(|taken| taken >= limit) {
        return Err(ApiError::new(
            codes::ORGANIZATION_MEMBERSHIP_QUOTA_EXCEEDED,
            &format!("The organization has its maximum of {limit} members and invitations."),
        ));
    }
    Ok(())
}

fn get(world: &World, id: &str, user_id: &str) -> ApiResult {
    let (user, membership) = find_member(world, id, user_id)?;
    Ok(value(&view(world, user, membership)))
}

/// Returns a member, or a 404.
fn find_member<'a>(
    world: &'a World,
    id: &str,
    user_id: &str,
) -> Result<(&'a FakeUser, &'a OrganizationMembership), ApiError> {
    let id = find(world, id)?.id.as_str();
    let member = world.user(user_id).zip(world.membership(id, user_id));
    member.ok_or_else(|| {
        let message = format!("{user_id} is not a member of the organization {id}.");
        ApiError::not_found(&message)
    })
}

fn list_organization_memberships(world: &World, id: &str, query: Pairs<'_>) -> ApiResult {
    let organization = find(world, id)?;
    let filters = filter::parse(query)?;
    let roles = filter_values(query, "role")?;
    let members = world.members(organization.id.as_str());
    let members = members.filter(|(user, membership)| {
        let has_role = roles.is_empty() || roles.contains(&membership.role.as_str());
        has_role && filters.iter().all(|filter| filter.matches(user))
    });
    listed(world, members.collect(), query)
}

pub(crate) fn instance_get_organization_memberships(world: &World, query: Pairs<'_>) -> ApiResult {
    let members = world.users().flat_map(|user| {
        let memberships = user.memberships.iter();
        memberships.map(move |membership| (user, membership))
    });
    listed(world, members.collect(), query)
}

fn listed(
    world: &World,
    mut members: Vec<(&FakeUser, &OrganizationMembership)>,
    query: Pairs<'_>,
) -> ApiResult {
    order::sort(
        &mut members,
        query,
        "-created_at",
        &ORDERS,
        |(user, of), by| match by {
            "created_at" => of.created_at.into(),
            by => order::Key::Text(text(&user.user, by).map(ToOwned::to_owned)),
        },
    )?;
    let shown = window(&members, query)?.iter();
    let shown: Vec<_> = shown.map(|(user, of)| view(world, user, of)).collect();
    Ok(page(&shown, members.len()))
}

fn update_organization_membership(
    world: &mut World,
    id: &str,
    user_id: &str,
    body: &Map<String, Value>,
    now: Timestamp,
) -> ApiResult {
    find_member(world, id, user_id)?;
    let role = required_text(body, "role")?;
    check_role(world, role)?;
    change(world, id, user_id, |membership| {
        membership.role = role.into();
        membership.permissions.clear();
        membership.updated_at = now;
    })
}

fn update_organization_membership_metadata(
    world: &mut World,
    id: &str,
    user_id: &str,
    body: &Map<String, Value>,
    now: Timestamp,
) -> ApiResult {
    let (_, membership) = find_member(world, id, user_id)?;
    let mut changed = membership.clone();
    let mut form = Form::new(body);
    let public = form.metadata("public_metadata");
    let private = form.metadata("private_metadata");
    for (name, old, new) in [
        ("public_metadata", &mut changed.public_metadata, public),
        ("private_metadata", &mut changed.private_metadata, private),
    ] {
        change_checked(&mut form, name, old, new, merge_into);
    }
    form.finish()?;
    changed.updated_at = now;
    change(world, id, user_id, |membership| *membership = changed)
}

fn change(
    world: &mut World,
    id: &str,
    user_id: &str,
    change: impl FnOnce(&mut OrganizationMembership),
) -> ApiResult {
    let id = find(world, id)?.id.clone();
    world.membership_mut(id.as_str(), user_id).map(change);
    get(world, id.as_str(), user_id)
}

/// Removes a member, even the last admin.
fn delete_organization_membership(world: &mut World, id: &str, user_id: &str) -> ApiResult {
    let membership = get(world, id, user_id)?;
    let id = find(world, id)?.id.clone();
    world.leave(id.as_str(), user_id);
    Ok(membership)
}

/// Returns a membership with the current data of the organization, the role and the user.
pub(crate) fn view(
    world: &World,
    user: &FakeUser,
    membership: &OrganizationMembership,
) -> OrganizationMembership {
    let mut view = membership.clone();
    let id = membership.organization.id.as_str();
    if let Some(organization) = world.organizations.all.get(id) {
        view.organization = organization.clone();
    }
    view.role_name = Some(world.role_name(&membership.role));
    view.permissions = world.permissions_of(membership);
    view.public_user_data = Some(Box::new(public_user_data(&user.user)));
    view
}

/// Returns the part of a user that other members see.
fn public_user_data(user: &User) -> OrganizationMembershipPublicUserData {
    let mut data = OrganizationMembershipPublicUserData::default();
    data.user_id = user.id.clone();
    data.first_name.clone_from(&user.first_name);
    data.last_name.clone_from(&user.last_name);
    data.username.clone_from(&user.username);
    data.profile_image_url.clone_from(&user.profile_image_url);
    data.image_url = user.image_url.clone().unwrap_or_default();
    data.has_image = user.has_image;
    data.banned = user.banned;
    data.deprovisioned = user.deprovisioned;
    data.identifier = identifier(user);
    data
}

/// Returns the identifier by which other members see a user. `None` if the user has no identifier.
///
/// The primary e-mail address comes first, then the primary phone number, the first e-mail address,
/// the first phone number, and the username.
pub(crate) fn identifier(user: &User) -> Option<String> {
    let email = |email: &EmailAddress| email.email_address.clone();
    let phone = |phone: &PhoneNumber| phone.phone_number.clone();
    let primary_email = user.primary_email_address().map(email);
    primary_email
        .or_else(|| user.primary_phone_number().map(phone))
        .or_else(|| user.email_addresses.first().map(email))
        .or_else(|| user.phone_numbers.first().map(phone))
        .or_else(|| user.username.clone())
}

//! The operations on the roles that members of organizations can have.

use clerk_core::Timestamp;
use clerk_core::models::{Permission, Role};
use serde_json::{Map, Value};

use crate::fake::operations::body::body;
use crate::fake::operations::codes;
use crate::fake::operations::form::Form;
use crate::fake::operations::keyed::{Keyed, list_keyed};
use crate::fake::operations::query::Pairs;
use crate::fake::operations::response::{ApiError, ApiResult, Body, deleted, value};
use crate::fake::operations::shelves::role_sets::{self, MAX_ROLES};
use crate::fake::operations::shelves::settings::{
    check_creator_role, is_creator_eligible, of_organizations,
};
use crate::fake::state::organizations::invitations::is_pending;
use crate::fake::state::organizations::roles::{ADMIN, MEMBER, new_role};
use crate::fake::state::shelves::Object;
use crate::fake::state::world::World;
use crate::requests::recorded_request::RecordedRequest;

/// Runs an operation on roles. Returns `None` if the fake does not model the operation.
pub(crate) fn dispatch(
    world: &mut World,
    request: &RecordedRequest,
    now: Timestamp,
    method: &str,
    rest: &[&str],
) -> Option<ApiResult> {
    Some(match (method, rest) {
        ("GET", []) => list_organization_roles(world, &request.query()),
        ("POST", []) => body(request).and_then(|body| create_organization_role(world, &body, now)),
        ("GET", [id]) => find(world, id).map(value),
        ("PATCH", [id]) => {
            body(request).and_then(|body| update_organization_role(world, id, &body, now))
        }
        ("DELETE", [id]) => delete_organization_role(world, id, now),
        ("POST", [id, "permissions", permission]) => {
            assign_permission_to_organization_role(world, id, permission, now)
        }
        ("DELETE", [id, "permissions", permission]) => {
            remove_permission_from_organization_role(world, id, permission, now)
        }
        _ => return None,
    })
}

fn list_organization_roles(world: &World, query: Pairs<'_>) -> ApiResult {
    list_keyed(world.organizations.roles.iter(), query, |of| Keyed {
        id: of.id.as_str(),
        name: &of.name,
        key: &of.key,
        created_at: of.created_at,
    })
}

fn create_organization_role(
    world: &mut World,
    body: &Map<String, Value>,
    now: Timestamp,
) -> ApiResult {
    let mut form = Form::new(body);
    let name = form.required("name").unwrap_or_default();
    let key = form.required("key").unwrap_or_default();
    check_key(&mut form, world, key, "");
    let description = form.text("description");
    let permissions = form.texts("permissions").unwrap_or_default();
    // Clerk's specification omits this parameter, but Clerk's Go SDK sends it.
    form.flag("is_managed");
    let is_included = form.flag("include_in_initial_role_set") == Some(true);
    let is_full = |set: &Object| {
        let roles = role_sets::roles(set);
        roles.len() >= MAX_ROLES && !roles.contains(&key)
    };
    if is_included && world.initial_role_set().is_some_and(is_full) {
        let message = format!("The initial role set cannot have more than {MAX_ROLES} roles.");
        let code = codes::FORM_PARAM_VALUE_INVALID;
        form.refuse(code, "include_in_initial_role_set", &message);
    }
    form.finish()?;
    check_quota(world)?;
    let mut role = new_role(world.new_id("role"), key, now);
    role.name = name.into();
    role.description = description.map(Into::into);
    role.permissions = permissions_of(world, &permissions)?;
    role.is_creator_eligible = is_creator_eligible(&role);
    let response = value(&role);
    world
        .organizations
        .roles
        .put(role.id.clone().as_str(), role);
    if is_included {
        world.include_in_initial_role_set(key, now);
    }
    Ok(response)
}

/// Reports an error if a key is malformed, or another role has it.
fn check_key(form: &mut Form<'_>, world: &World, key: &str, id: &str) {
    let name = key.strip_prefix("org:").unwrap_or_default();
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if !key.is_empty() && (name.is_empty() || !name.bytes().all(allowed)) {
        let message = "key must be org: and then lowercase letters, digits and underscores.";
        form.refuse(codes::FORM_PARAM_FORMAT_INVALID, "key", message);
    }
    if world.role(key).is_some_and(|role| role.id != id) {
        let message = "That key is taken. Please try another.";
        form.refuse(codes::FORM_IDENTIFIER_EXISTS, "key", message);
    }
}

/// Returns an error if the instance has reached its maximum number of custom roles.
fn check_quota(world: &World) -> Result<(), ApiError> {
    let limit = of_organizations(world).max_allowed_roles;
    let roles = world.organizations.roles.iter();
    let custom = roles.filter(|role| role.key != ADMIN && role.key != MEMBER);
    if i64::try_from(custom.count()).is_ok_and(|count| count >= limit) {
        return Err(ApiError::new(
            codes::ORGANIZATION_INSTANCE_ROLES_QUOTA_EXCEEDED,
            &format!("An instance can have no more than {limit} custom roles."),
        ));
    }
    Ok(())
}

/// Returns the permissions with these ids, or a 404.
fn permissions_of(world: &World, ids: &[&str]) -> Result<Vec<Permission>, ApiError> {
    let find = |id: &&str| find_permission(world, id).cloned();
    ids.iter().map(find).collect()
}

/// Returns a permission, or a 404.
pub(crate) fn find_permission<'a>(world: &'a World, id: &str) -> Result<&'a Permission, ApiError> {
    let permission = world.organizations.permissions.get(id);
    permission.ok_or_else(|| {
        ApiError::not_found(&format!(
            "No organization permission was found with id {id}."
        ))
    })
}

/// Returns a role, or a 404.
fn find<'a>(world: &'a World, id: &str) -> Result<&'a Role, ApiError> {
    let role = world.organizations.roles.get(id);
    role.ok_or_else(|| {
        ApiError::not_found(&format!("No organization role was found with id {id}."))
    })
}

fn update_organization_role(
    world: &mut World,
    id: &str,
    body: &Map<String, Value>,
    now: Timestamp,
) -> ApiResult {
    let mut role = find(world, id)?.clone();
    let mut form = Form::new(body);
    let name = form.text("name").filter(|name| !name.is_empty());
    let key = form.text("key").filter(|key| !key.is_empty());
    check_key(&mut form, world, key.unwrap_or_default(), id);
    let is_fixed = role.key == ADMIN || role.key == MEMBER;
    if is_fixed && key.is_some_and(|key| key != role.key) {
        let message = "FakeClerk does not rename org:admin and org:member.";
        form.refuse(codes::FORM_PARAM_VALUE_INVALID, "key", message);
    }
    let description = form.text("description");
    let permissions = form.texts("permissions");
    form.finish()?;
    if let Some(permissions) = permissions {
        role.permissions = permissions_of(world, &permissions)?;
        check_permissions(world, &role)?;
    }
    if let Some(name) = name {
        role.name = name.into();
    }
    if body.contains_key("description") {
        role.description = description.map(Into::into);
    }
    if let Some(key) = key {
        world.rename_role(&role.key, key);
        role.key = key.into();
    }
    Ok(replace(world, role, now))
}

/// Returns an error if `role` is the role of the creators of organizations, but lacks a permission
/// that they need.
fn check_permissions(world: &World, role: &Role) -> Result<(), ApiError> {
    if role.key != of_organizations(world).creator_role {
        return Ok(());
    }
    check_creator_role(role)
}

/// Replaces a role, and returns it as the body of a response.
fn replace(world: &mut World, mut role: Role, now: Timestamp) -> Body {
    role.updated_at = now;
    role.is_creator_eligible = is_creator_eligible(&role);
    let response = value(&role);
    world
        .organizations
        .roles
        .put(role.id.clone().as_str(), role);
    response
}

fn delete_organization_role(world: &mut World, id: &str, now: Timestamp) -> ApiResult {
    let key = find(world, id)?.key.as_str();
    let mut memberships = world.users().flat_map(|user| user.memberships.iter());
    let has_members = memberships.any(|of| of.role == key);
    let mut invitations = world.organizations.invitations.iter();
    let is_offered = invitations.any(|of| of.role == key && is_pending(of, now));
    drop((memberships, invitations));
    let settings = of_organizations(world);
    let (code, message) = if key == settings.creator_role {
        let code = codes::ORGANIZATION_ROLE_DEFAULT_CREATOR_ROLE;
        (code, "The role is that of the creators of organizations.")
    } else if key == settings.domains_default_role {
        let code = codes::ORGANIZATION_ROLE_DOMAIN_DEFAULT_ROLE;
        (
            code,
            "The role is that of users who join because of a domain.",
        )
    } else if has_members {
        let code = codes::ORGANIZATION_ROLE_ASSIGNED_MEMBERS;
        (code, "The role has members.")
    } else if is_offered {
        let code = codes::ORGANIZATION_ROLE_EXISTS_IN_INVITATIONS;
        (code, "The role has invitations.")
    } else {
        let key = key.to_owned();
        world.organizations.roles.remove(id);
        world.remove_from_role_sets(&key, now);
        return Ok(deleted("role", id).into());
    };
    Err(ApiError::new(code, message))
}

fn assign_permission_to_organization_role(
    world: &mut World,
    id: &str,
    permission_id: &str,
    now: Timestamp,
) -> ApiResult {
    let mut role = find(world, id)?.clone();
    let permission = find_permission(world, permission_id)?;
    if role.permissions.iter().any(|own| own.id == permission_id) {
        let code = codes::ORGANIZATION_ROLE_PERMISSION_ASSOCIATION_EXISTS;
        let message = "The role has the permission already.";
        return Err(ApiError::new(code, message));
    }
    role.permissions.push(permission.clone());
    Ok(replace(world, role, now))
}

fn remove_permission_from_organization_role(
    world: &mut World,
    id: &str,
    permission_id: &str,
    now: Timestamp,
) -> ApiResult {
    let mut role = find(world, id)?.clone();
    let before = role.permissions.len();
    role.permissions.retain(|own| own.id != permission_id);
    if role.permissions.len() == before {
        let code = codes::ORGANIZATION_ROLE_PERMISSION_ASSOCIATION_NOT_FOUND;
        let message = "The role does not have the permission.";
        return Err(ApiError::new(code, message));
    }
    check_permissions(world, &role)?;
    Ok(replace(world, role, now))
}

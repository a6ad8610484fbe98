//! The operations on the permissions that roles can have.

use clerk_core::Timestamp;
use clerk_core::models::{Permission, PermissionType};
use serde_json::{Map, Value};

use crate::fake::operations::body::body;
use crate::fake::operations::codes;
use crate::fake::operations::form::Form;
use crate::fake::operations::keyed::{Keyed, list_keyed};
use crate::fake::operations::organization_roles::find_permission;
use crate::fake::operations::query::Pairs;
use crate::fake::operations::response::{ApiError, ApiResult, deleted, value};
use crate::fake::state::world::World;
use crate::requests::recorded_request::RecordedRequest;

/// Runs an operation on permissions. Returns `None` if the fake does not model the operation.
pub(crate) fn dispatch(
    world: &mut World,
    request: &RecordedRequest,
    now: Timestamp,
    method: &str,
    rest: &[&str],
) -> Option<ApiResult> {
    Some(match (method, rest) {
        ("GET", []) => list_organization_permissions(world, &request.query()),
        ("POST", []) => {
            body(request).and_then(|body| create_organization_permission(world, &body, now))
        }
        ("GET", [id]) => find_permission(world, id).map(value),
        ("PATCH", [id]) => {
            body(request).and_then(|body| update_organization_permission(world, id, &body, now))
        }
        ("DELETE", [id]) => delete_organization_permission(world, id),
        _ => return None,
    })
}

fn list_organization_permissions(world: &World, query: Pairs<'_>) -> ApiResult {
    list_keyed(world.organizations.permissions.iter(), query, |of| Keyed {
        id: of.id.as_str(),
        name: &of.name,
        key: &of.key,
        created_at: of.created_at,
    })
}

fn create_organization_permission(
    world: &mut World,
    body: &Map<String, Value>,
    now: Timestamp,
) -> ApiResult {
    let mut form = Form::new(body);
    let name = form.required("name").unwrap_or_default();
    let key = form.required("key").unwrap_or_default();
    check_key(&mut form, world, key, "");
    let description = form.text("description").unwrap_or_default();
    form.finish()?;
    let mut permission = Permission::default();
    permission.id = world.new_id("perm").into();
    (permission.name, permission.key) = (name.into(), key.into());
    permission.description = description.into();
    permission.kind = PermissionType::User;
    (permission.created_at, permission.updated_at) = (now, now);
    let response = value(&permission);
    let permissions = &mut world.organizations.permissions;
    permissions.put(permission.id.clone().as_str(), permission);
    Ok(response)
}

/// Reports an error if a key is malformed or reserved, or another permission has it.
fn check_key(form: &mut Form<'_>, world: &World, key: &str, id: &str) {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    let is_part = |part: &str| !part.is_empty() && part.bytes().all(allowed);
    let parts = key
        .strip_prefix("org:")
        .and_then(|rest| rest.split_once(':'));
    let is_key = parts.is_some_and(|(feature, action)| is_part(feature) && is_part(action));
    let mut permissions = world.organizations.permissions.iter();
    if key.is_empty() {
    } else if !is_key {
        let message =
            "key must be org:feature:action, with only a-z, 0-9 and _ in feature and action.";
        form.refuse(codes::FORM_PARAM_FORMAT_INVALID, "key", message);
    } else if key.starts_with("org:sys_") {
        let message = "key must not start with org:sys_, which is reserved.";
        form.refuse(codes::FORM_PARAM_VALUE_INVALID, "key", message);
    } else if permissions.any(|of| of.key == key && of.id != id) {
        let message = "That key is taken. Please try another.";
        form.refuse(codes::FORM_IDENTIFIER_EXISTS, "key", message);
    }
}

/// Returns a permission that may be changed. Returns an error if it does not exist or is a system
/// permission.
fn find_modifiable(world: &World, id: &str) -> Result<Permission, ApiError> {
    let permission = find_permission(world, id)?.clone();
    if permission.kind == PermissionType::System {
        return Err(ApiError::new(
            codes::ORGANIZATION_SYSTEM_PERMISSION_NOT_MODIFIABLE,
            "System permissions cannot be updated or deleted.",
        ));
    }
    Ok(permission)
}

fn update_organization_permission(
    world: &mut World,
    id: &str,
    body: &Map<String, Value>,
    now: Timestamp,
) -> ApiResult {
    let mut permission = find_modifiable(world, id)?;
    let mut form = Form::new(body);
    let name = form.text("name").filter(|name| !name.is_empty());
    let key = form.text("key").filter(|key| !key.is_empty());
    check_key(&mut form, world, key.unwrap_or_default(), id);
    let description = form.text("description");
    form.finish()?;
    for (field, new) in [
        (&mut permission.name, name),
        (&mut permission.key, key),
        (&mut permission.description, description),
    ] {
        if let Some(new) = new {
            *field = new.into();
        }
    }
    permission.updated_at = now;
    let state = &mut world.organizations;
    let in_roles = state
        .roles
        .iter_mut()
        .flat_map(|role| &mut role.permissions);
    for known in in_roles.filter(|known| known.id == id) {
        *known = permission.clone();
    }
    let response = value(&permission);
    state.permissions.put(id, permission);
    Ok(response)
}

fn delete_organization_permission(world: &mut World, id: &str) -> ApiResult {
    find_modifiable(world, id)?;
    let state = &mut world.organizations;
    for role in state.roles.iter_mut() {
        role.permissions.retain(|own| own.id != id);
    }
    state.permissions.remove(id);
    Ok(deleted("permission", id).into())
}

//! The operations on organizations. This module also dispatches the operations on members,
//! invitations, domains, roles and permissions.

pub(crate) mod listing;
pub(crate) mod logo;
pub(crate) mod metadata;
pub(crate) mod organization;

use clerk_core::Timestamp;

use crate::fake::operations::body::body;
use crate::fake::operations::codes;
use crate::fake::operations::response::{ApiError, ApiResult};
use crate::fake::operations::users::metadata::takes_metadata;
use crate::fake::operations::{
    organization_domains, organization_invitations, organization_memberships,
    organization_permissions, organization_roles,
};
use crate::fake::state::world::World;
use crate::requests::recorded_request::RecordedRequest;

/// If the settings disable organizations, returns an error for each path whose first segment is
/// `role_sets` or starts with `organization`. Paths such as `users/{id}/organization_memberships`
/// get this error, too. If the settings disable domains, also returns an error for the paths of
/// organization domains.
pub(crate) fn check_enabled(world: &World, segments: &[&str]) -> Result<(), ApiError> {
    let (["users", _, noun, ..] | [noun, ..]) = segments else {
        return Ok(());
    };
    if !noun.starts_with("organization") && *noun != "role_sets" {
        return Ok(());
    }
    let is_domain = matches!(
        segments,
        ["organization_domains", ..] | ["organizations", _, "domains", ..]
    );
    refuse_if_disabled(world)?;
    if is_domain && !world.settings.organization_domains_enabled {
        let message = "Domains of organizations are not enabled for this instance.";
        return Err(ApiError::new(
            codes::ORGANIZATION_DOMAINS_NOT_ENABLED,
            message,
        ));
    }
    Ok(())
}

/// Returns an error if the settings disable organizations.
pub(crate) fn refuse_if_disabled(world: &World) -> Result<(), ApiError> {
    if world.settings.organizations_enabled {
        return Ok(());
    }
    Err(ApiError::new(
        codes::ORGANIZATION_NOT_ENABLED_IN_INSTANCE,
        "Organizations are not enabled for this instance.",
    ))
}

/// Runs an operation on organizations. Returns `None` if the fake does not model the operation.
pub(crate) fn dispatch(
    world: &mut World,
    request: &RecordedRequest,
    now: Timestamp,
    method: &str,
    segments: &[&str],
) -> Option<ApiResult> {
    let query = request.query();
    let result = match (method, segments) {
        ("GET", ["organizations"]) => listing::list_organizations(world, &query),
        ("POST", ["organizations"]) => {
            body(request).and_then(|body| organization::create_organization(world, &body, now))
        }
        (_, ["organizations", id, "memberships", rest @ ..]) => {
            return organization_memberships::dispatch(world, request, now, method, id, rest);
        }
        (_, ["organizations", id, "invitations", rest @ ..]) => {
            return organization_invitations::dispatch(world, request, now, method, id, rest);
        }
        (_, ["organizations", id, "domains", rest @ ..]) => {
            return organization_domains::dispatch(world, request, now, method, id, rest);
        }
        (_, ["organizations", id, rest @ ..]) => {
            return dispatch_organization(world, request, now, method, id, rest);
        }
        ("GET", ["organization_memberships"]) => {
            organization_memberships::instance_get_organization_memberships(world, &query)
        }
        ("GET", ["organization_invitations"]) => {
            organization_invitations::list_instance_organization_invitations(world, &query, now)
        }
        ("GET", ["organization_domains"]) => {
            organization_domains::list_all_organization_domains(world, &query)
        }
        (_, ["organization_roles", rest @ ..]) => {
            return organization_roles::dispatch(world, request, now, method, rest);
        }
        (_, ["organization_permissions", rest @ ..]) => {
            return organization_permissions::dispatch(world, request, now, method, rest);
        }
        _ => return None,
    };
    Some(result)
}

/// Runs an operation on one organization. `rest` is the path below the organization.
fn dispatch_organization(
    world: &mut World,
    request: &RecordedRequest,
    now: Timestamp,
    method: &str,
    id: &str,
    rest: &[&str],
) -> Option<ApiResult> {
    let with_body = || body(request);
    Some(match (method, rest) {
        ("GET", []) => organization::get_organization(world, id, &request.query()),
        ("PATCH", []) => with_body().and_then(|body| {
            organization::update_organization(world, id, &body, takes_metadata(request), now)
        }),
        ("DELETE", []) => organization::delete_organization(world, id),
        ("PATCH", ["metadata"]) => with_body()
            .and_then(|body| metadata::merge_organization_metadata(world, id, &body, now)),
        ("PUT", ["metadata"]) => with_body()
            .and_then(|body| metadata::replace_organization_metadata(world, id, &body, now)),
        ("PUT", ["logo"]) => logo::upload_organization_logo(world, id, request, now),
        ("DELETE", ["logo"]) => logo::delete_organization_logo(world, id, now),
        _ => return None,
    })
}

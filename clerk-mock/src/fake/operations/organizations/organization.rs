//! The operations that create, read, update and delete an organization.

use clerk_core::Timestamp;
use clerk_core::models::{Organization, OrganizationMembership};
use serde_json::{Map, Value};

use crate::fake::operations::codes;
use crate::fake::operations::form::Form;
use crate::fake::operations::query::{Pairs, first, type_error};
use crate::fake::operations::response::{ApiError, ApiResult, deleted, value};
use crate::fake::operations::shelves::settings::of_organizations;
use crate::fake::operations::users::metadata::replace;
use crate::fake::state::organizations::roles::OF_CREATORS;
use crate::fake::state::world::World;

/// The maximum number of characters of a name.
const MAX_NAME: usize = 256;

pub(crate) fn create_organization(
    world: &mut World,
    body: &Map<String, Value>,
    now: Timestamp,
) -> ApiResult {
    check_slugs_enabled(world, body)?;
    let settings = of_organizations(world);
    let mut form = Form::new(body);
    let id = world.new_id("org");
    let mut organization = Organization::new(id.clone());
    if let Some(name) = form.required("name") {
        organization.name = name.into();
    }
    check_name(&mut form, &organization.name);
    organization.slug = read_slug(&mut form, world, &id);
    let creator = form.text("created_by");
    organization.created_by = creator.map(Into::into);
    organization.public_metadata = form.metadata("public_metadata").unwrap_or_default();
    organization.private_metadata = form.metadata("private_metadata").unwrap_or_default();
    let limit = form.count("max_allowed_memberships");
    organization.max_allowed_memberships = limit.unwrap_or(settings.max_allowed_memberships);
    organization.admin_delete_enabled = settings.admin_delete_enabled;
    organization.created_at = form.time("created_at").unwrap_or(now);
    organization.updated_at = now;
    let role_set = form.text("role_set_key");
    organization.role_set_key = role_set.map(Into::into);
    form.finish()?;
    if let Some(creator) = creator {
        check_creator(world, creator)?;
    }
    let organization_id = organization.id.clone();
    world.add_organization(organization, now);
    if let Some(creator) = creator {
        let mut membership = OrganizationMembership::new(world.new_id("orgmem"));
        let role = role_set.and_then(|key| world.creator_role_of(key));
        membership.role = role.map_or(settings.creator_role, str::to_owned);
        world.join(&organization_id, creator, membership, now);
    }
    get_organization(world, &id, &[])
}

/// Returns an error if a user does not exist, or has created the maximum number of organizations
/// that this user may create.
fn check_creator(world: &World, creator: &str) -> Result<(), ApiError> {
    let Some(user) = world.user(creator) else {
        let message = format!("No user was found with id {creator}.");
        return Err(ApiError::new(
            codes::ORGANIZATION_CREATOR_NOT_FOUND,
            &message,
        ));
    };
    let all = world.organizations.all.iter();
    let created = all.filter(|of| of.created_by.as_deref() == Some(creator));
    let created = i64::try_from(created.count()).unwrap_or(i64::MAX);
    match user.user.create_organizations_limit {
        Some(limit) if limit > 0 && created >= limit => Err(ApiError::new(
            codes::ORGANIZATION_QUOTA_EXCEEDED,
            &format!("The user can create no more than {limit} organizations."),
        )),
        _ => Ok(()),
    }
}

fn check_name(form: &mut Form<'_>, name: &str) {
    if name.chars().count() > MAX_NAME {
        let message = format!("name must have no more than {MAX_NAME} characters.");
        form.refuse(codes::FORM_PARAM_MAX_LENGTH_EXCEEDED, "name", &message);
    }
    if name.contains("://") || name.contains(['<', '>']) {
        let message = "name must contain no URLs and no HTML.";
        form.refuse(codes::FORM_PARAM_FORMAT_INVALID, "name", message);
    }
}

/// Returns an error if a request sets a slug, but the settings do not enable slugs.
fn check_slugs_enabled(world: &World, body: &Map<String, Value>) -> Result<(), ApiError> {
    let is_set = body.get("slug").is_some_and(|slug| !slug.is_null());
    if is_set && !world.settings.organization_slugs_enabled {
        let message = "Slugs of organizations are not enabled for this instance.";
        return Err(ApiError::new(codes::ORGANIZATION_SLUGS_DISABLED, message));
    }
    Ok(())
}

/// Reads the slug of an organization. Reports an error if the slug is malformed, or if another
/// organization has it.
fn read_slug(form: &mut Form<'_>, world: &World, id: &str) -> Option<String> {
    let slug = form.text("slug").filter(|slug| !slug.is_empty())?;
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if !slug.bytes().all(allowed) {
        let message = "slug must contain only lowercase letters, digits and hyphens.";
        form.refuse(codes::FORM_PARAM_FORMAT_INVALID, "slug", message);
    }
    let mut all = world.organizations.all.iter();
    if all.any(|of| of.id != id && of.slug.as_deref() == Some(slug)) {
        let message = "That slug is taken. Please try another.";
        form.refuse(codes::FORM_IDENTIFIER_EXISTS, "slug", message);
    }
    Some(slug.to_owned())
}

pub(crate) fn get_organization(world: &World, id: &str, query: Pairs<'_>) -> ApiResult {
    let organization = find(world, id)?;
    view(world, organization, query).map(|view| value(&view))
}

/// Returns an organization, or a 404. The id may be a slug.
pub(crate) fn find<'a>(world: &'a World, id: &str) -> Result<&'a Organization, ApiError> {
    world.organization(id).ok_or_else(|| not_found(id))
}

/// Returns a mutable organization, or a 404.
pub(crate) fn find_mut<'a>(
    world: &'a mut World,
    id: &str,
) -> Result<&'a mut Organization, ApiError> {
    let organization = world.organizations.all.get_mut(id);
    organization.ok_or_else(|| not_found(id))
}

fn not_found(id: &str) -> ApiError {
    ApiError::not_found(&format!("No organization was found with id {id}."))
}

/// Returns an organization with the optional fields that a query requests.
pub(crate) fn view(
    world: &World,
    organization: &Organization,
    query: Pairs<'_>,
) -> Result<Organization, ApiError> {
    let mut view = organization.clone();
    if flag(query, "include_members_count")? {
        let count = world.members(organization.id.as_str()).count();
        view.members_count = i64::try_from(count).ok();
    }
    if flag(query, "include_missing_member_with_elevated_permissions")? {
        let mut members = world.members(organization.id.as_str());
        let is_elevated = members.any(|(_, membership)| {
            let own = world.permissions_of(membership);
            let mut needed = OF_CREATORS.iter();
            needed.all(|needed| own.iter().any(|own| own == needed))
        });
        view.missing_member_with_elevated_permissions = Some(!is_elevated);
    }
    Ok(view)
}

/// Reads a parameter that is true or false. The default is false.
pub(crate) fn flag(query: Pairs<'_>, name: &str) -> Result<bool, ApiError> {
    match first(query, name) {
        None | Some("false") => Ok(false),
        Some("true") => Ok(true),
        Some(_) => Err(type_error(name, "a boolean")),
    }
}

pub(crate) fn update_organization(
    world: &mut World,
    id: &str,
    body: &Map<String, Value>,
    takes_metadata: bool,
    now: Timestamp,
) -> ApiResult {
    find_mut(world, id)?;
    check_slugs_enabled(world, body)?;
    let mut form = Form::new(body);
    let mut metadata = |name| takes_metadata.then(|| form.metadata(name)).flatten();
    let (public, private) = (metadata("public_metadata"), metadata("private_metadata"));
    let name = form.text("name");
    check_name(&mut form, name.unwrap_or_default());
    if name.is_some_and(str::is_empty) {
        form.refuse(codes::FORM_PARAM_MISSING, "name", "name must be included.");
    }
    let slug = read_slug(&mut form, world, id);
    let limit = form.count("max_allowed_memberships");
    let delete = form.flag("admin_delete_enabled");
    let created_at = form.time("created_at");
    let role_set_key = form.text("role_set_key");
    form.finish()?;

    let organization = find_mut(world, id)?;
    if let Some(name) = name {
        organization.name = name.into();
    }
    organization.slug = slug.or(organization.slug.take());
    replace(&mut organization.public_metadata, public);
    replace(&mut organization.private_metadata, private);
    if let Some(limit) = limit {
        organization.max_allowed_memberships = limit;
    }
    if let Some(delete) = delete {
        organization.admin_delete_enabled = delete;
    }
    if let Some(created_at) = created_at {
        organization.created_at = created_at;
    }
    if let Some(key) = role_set_key {
        organization.role_set_key = Some(key.into());
    }
    organization.updated_at = now;
    Ok(value(organization))
}

pub(crate) fn delete_organization(world: &mut World, id: &str) -> ApiResult {
    let removed = world.remove_organization(id);
    removed.ok_or_else(|| not_found(id))?;
    Ok(deleted("organization", id).into())
}

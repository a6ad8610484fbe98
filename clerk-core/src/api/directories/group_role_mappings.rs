use crate::api::directories::DirectoriesApi;
use crate::api::enterprise_connections::requests::equal;
use crate::api::operations::operations;
use crate::api::organization_roles::{Role, RoleId};
use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::models::deleted_object::DeletedObject;
use crate::models::page::Page;
use crate::requests::body::{body, not_blank};
use crate::requests::limits;
use crate::types::id::{DirectoryId, id};
use crate::types::timestamp::Timestamp;

operations! {
    /// # Group role mappings
    impl DirectoriesApi = "Directories";

    /// Lists the group role mappings of a directory, in the order of precedence. A mapping gives a
    /// role to the members of a group at the identity provider (IdP).
    ListDirectoryGroupRoleMappings: GET "/directories/{directory_id}/group_role_mappings", idempotent, [
        401, 403,
        404 = "the directory does not exist.",
    ];
    fn list_directory_group_role_mappings(directory_id: DirectoryId) -> Page<DirectoryGroupRoleMapping>;

    /// Maps a group to the role that its members get. The directory must have group role mapping
    /// enabled.
    CreateDirectoryGroupRoleMapping: POST "/directories/{directory_id}/group_role_mappings", once = "Call [`list_directory_group_role_mappings`](Self::list_directory_group_role_mappings) to see whether the mapping exists.", [
        400, 401, 403,
        404 = "the directory or the role does not exist.",
        422,
    ], unsent = "`directory_group_id` is blank, `precedence` is 0, or `scim_group_id` differs from `directory_group_id`.";
    fn create_directory_group_role_mapping(directory_id: DirectoryId, request: CreateDirectoryGroupRoleMappingRequest) -> DirectoryGroupRoleMapping;

    /// Replaces all group role mappings of a directory. An empty list removes all mappings.
    ///
    /// The directory must have group role mapping enabled.
    ReplaceDirectoryGroupRoleMappings: PUT "/directories/{directory_id}/group_role_mappings", once = "Repeat the call with the same list. The result is the same, even if the first call took effect.", [
        400, 401, 403,
        404 = "the directory or a role does not exist.",
        422,
    ], unsent = "a `directory_group_id` is blank, or a `scim_group_id` differs from the `directory_group_id` of the same group.";
    fn replace_directory_group_role_mappings(directory_id: DirectoryId, request: ReplaceDirectoryGroupRoleMappingsRequest) -> Page<DirectoryGroupRoleMapping>;

    /// Deletes a mapping of a group to a role. The directory must have group role mapping enabled.
    DeleteDirectoryGroupRoleMapping: DELETE "/directories/{directory_id}/group_role_mappings/{mapping_id}", idempotent, [
        400, 401, 403,
        404 = "the directory or the mapping does not exist. If [`attempts`](crate::Error::attempts) is above 1, an earlier attempt most likely deleted the mapping.",
    ];
    fn delete_directory_group_role_mapping(directory_id: DirectoryId, mapping_id: DirectoryGroupRoleMappingId) -> DeletedObject;
}

body! {
    /// The request body of
    /// [`create_directory_group_role_mapping`](crate::api::DirectoriesApi::create_directory_group_role_mapping).
    CreateDirectoryGroupRoleMappingRequest(created)
    required {
        /// The id of the group at the identity provider.
        directory_group_id: String,
        /// The id of the role that members of the group get.
        role_id: RoleId,
    } and {
        /// The older name of `directory_group_id`. If `scim_group_id` is set, it must be equal to
        /// `directory_group_id`.
        scim_group_id: String,
        /// The precedence: a number, at least 1. If a user is in several groups, the mapping with
        /// the lowest number applies. By default, Clerk adds the mapping after all others.
        precedence: u32,
    }
}

#[inline]
fn created(request: &CreateDirectoryGroupRoleMappingRequest) -> Result<(), String> {
    group(&request.directory_group_id, request.scim_group_id.as_ref())?;
    precedence(request.precedence)
}

body! {
    /// The request body of
    /// [`replace_directory_group_role_mappings`](crate::api::DirectoriesApi::replace_directory_group_role_mappings).
    ReplaceDirectoryGroupRoleMappingsRequest
    required {
        /// All mappings, in the order of precedence.
        mappings: Vec<DirectoryGroupRole>,
    } and {}
}

body! {
    /// An item of a [`ReplaceDirectoryGroupRoleMappingsRequest`]: a group, and the role that its
    /// members get.
    DirectoryGroupRole(replacing)
    required {
        /// The id of the group at the identity provider.
        directory_group_id: String,
        /// The id of the role that members of the group get.
        role_id: RoleId,
    } and {
        /// The older name of `directory_group_id`. If `scim_group_id` is set, it must be equal to
        /// `directory_group_id`.
        scim_group_id: String,
    }
}

#[inline]
fn replacing(request: &DirectoryGroupRole) -> Result<(), String> {
    group(&request.directory_group_id, request.scim_group_id.as_ref())
}

body! {
    /// An item of a [`CreateDirectoryRequest`](crate::requests::CreateDirectoryRequest): a group,
    /// and the role that its members get.
    NewDirectoryGroupRoleMapping(new_mapping)
    required {
        /// The id of the group at the identity provider.
        directory_group_id: String,
        /// The id of the role that members of the group get.
        role_id: RoleId,
    } and {
        /// The older name of `directory_group_id`. If `scim_group_id` is set, it must be equal to
        /// `directory_group_id`.
        scim_group_id: String,
        /// The name of the group, with up to 255 characters.
        directory_group_display_name: String,
        /// The older name of `directory_group_display_name`. If both are set, they must be equal.
        scim_group_display_name: String,
        /// The precedence: a number, at least 1. If a user is in several groups, the mapping with
        /// the lowest number applies. By default, the precedence is the position of the mapping in
        /// the list.
        precedence: u32,
    }
}

#[inline]
fn new_mapping(request: &NewDirectoryGroupRoleMapping) -> Result<(), String> {
    group(&request.directory_group_id, request.scim_group_id.as_ref())?;
    let older = request.scim_group_display_name.as_ref();
    let newer = request.directory_group_display_name.as_ref();
    equal(
        ("scim_group_display_name", older),
        ("directory_group_display_name", newer),
    )?;
    display_name("scim_group_display_name", older)?;
    display_name("directory_group_display_name", newer)?;
    precedence(request.precedence)
}

#[inline]
fn group(id: &String, older: Option<&String>) -> Result<(), String> {
    not_blank("directory_group_id", id)?;
    equal(("scim_group_id", older), ("directory_group_id", Some(id)))
}

#[inline]
pub(crate) fn display_name(field: &str, name: Option<&String>) -> Result<(), String> {
    name.map_or(Ok(()), |name| limits::length(field, name, 0..=255))
}

#[inline]
pub(crate) fn precedence(precedence: Option<u32>) -> Result<(), String> {
    match precedence {
        Some(0) => Err("invalid precedence: 0; it must be at least 1".to_owned()),
        _ => Ok(()),
    }
}

model! {
    /// A mapping of a group at the identity provider (IdP) to the role that the members of the
    /// group get in an organization.
    ///
    /// Both [`DirectoriesApi`](crate::api::DirectoriesApi) and
    /// [`ScimDirectoriesApi`](crate::api::ScimDirectoriesApi) return this type.
    DirectoryGroupRoleMapping {
        /// The kind of the object. It depends on the API that returned the mapping.
        object: DirectoryGroupRoleMappingObject,
        /// The id of the mapping.
        id: DirectoryGroupRoleMappingId,
        /// The id of the directory.
        directory_id: DirectoryId,
        /// The older name of `directory_id`, with the same value.
        scim_directory_id: DirectoryId,
        /// The id of the group at the IdP.
        directory_group_id: String,
        /// The older name of `directory_group_id`, with the same value.
        scim_group_id: String,
        /// The name of the group at the IdP.
        directory_group_display_name: String,
        /// The older name of `directory_group_display_name`, with the same value.
        scim_group_display_name: String,
        /// The role; `None` if the response does not include it.
        role: Option<Box<Role>> = optional,
        /// The precedence: a number, at least 1. If a user is in several groups, the mapping with
        /// the lowest number applies.
        precedence: i64,
        /// The creation time.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
    }
}

open_enum! {
    /// The kind of a [`DirectoryGroupRoleMapping`].
    DirectoryGroupRoleMappingObject {
        DirectoryGroupRoleMapping = "directory_group_role_mapping",
        ScimGroupRoleMapping = "scim_group_role_mapping",
    }
}

id! {
    /// The id of a group role mapping.
    DirectoryGroupRoleMappingId
}

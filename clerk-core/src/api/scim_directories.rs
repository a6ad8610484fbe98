//! The operations on directories, under older names that contain `scim`.

use crate::api::directories::directory::{Directory, UpdateDirectoryRequest};
use crate::api::directories::group_role_mappings::{
    DirectoryGroupRoleMapping, DirectoryGroupRoleMappingId, display_name, precedence,
};
use crate::api::enterprise_connections::models::EnterpriseConnectionId;
use crate::api::operations::{api, operations};
use crate::api::organization_roles::RoleId;
use crate::models::deleted_object::DeletedObject;
use crate::models::page::Page;
use crate::requests::body::{body, not_blank};
use crate::requests::page_params::PageParams;
use crate::types::id::DirectoryId;

api! {
    /// The operations on directories, under older names.
    /// [`Clerk::scim_directories`](crate::Clerk::scim_directories) returns this type.
    ///
    /// The directory of an enterprise connection lets the identity provider (IdP) create, change
    /// and deactivate users.
    ///
    /// [`DirectoriesApi`](crate::api::DirectoriesApi) has the same operations under newer names.
    /// Clerk has not deprecated the older names.
    ///
    /// ```no_run
    /// # clerk_client::doctest(async |users| {
    /// # let clerk = clerk_client::mock::FakeClerk::new().client();
    /// use clerk_client::requests::{
    ///     CreateScimDirectoryRequest, CreateScimGroupRoleMappingRequest, PageParams,
    ///     UpdateDirectoryRequest,
    /// };
    ///
    /// # fn store(_: &str) {}
    /// let directories = clerk.scim_directories();
    /// let request = CreateScimDirectoryRequest::new("connection_1", "okta").name("Example");
    /// let directory = directories.create_scim_directory(request).await?;
    /// if let Some(key) = &directory.api_key {
    ///     store(key.expose());
    /// }
    ///
    /// let enable = UpdateDirectoryRequest::new().enabled(true).group_role_mapping_enabled(true);
    /// directories.update_scim_directory(&directory.id, enable).await?;
    /// let admins = CreateScimGroupRoleMappingRequest::new("group_1", "role_1");
    /// directories.create_scim_group_role_mapping(&directory.id, admins).await?;
    ///
    /// let page = directories.list_scim_directories(PageParams::new().limit(100)).await?;
    /// assert_eq!(page.total_count, Some(1));
    ///
    /// directories.delete_scim_directory(&directory.id).await?;
    /// # Ok(()) });
    /// ```
    ///
    /// # Operations
    ///
    /// | method | Clerk's operation | retried |
    /// |---|---|---|
    /// | [`list_scim_directories`](Self::list_scim_directories) | `ListSCIMDirectories` | yes |
    /// | [`create_scim_directory`](Self::create_scim_directory) | `CreateSCIMDirectory` | no |
    /// | [`get_scim_directory`](Self::get_scim_directory) | `GetSCIMDirectory` | yes |
    /// | [`update_scim_directory`](Self::update_scim_directory) | `UpdateSCIMDirectory` | no |
    /// | [`delete_scim_directory`](Self::delete_scim_directory) | `DeleteSCIMDirectory` | yes |
    /// | [`rotate_scim_directory_api_key`](Self::rotate_scim_directory_api_key) | `RotateSCIMDirectoryAPIKey` | no |
    /// | [`list_scim_group_role_mappings`](Self::list_scim_group_role_mappings) | `ListSCIMGroupRoleMappings` | yes |
    /// | [`create_scim_group_role_mapping`](Self::create_scim_group_role_mapping) | `CreateSCIMGroupRoleMapping` | no |
    /// | [`replace_scim_group_role_mappings`](Self::replace_scim_group_role_mappings) | `ReplaceSCIMGroupRoleMappings` | no |
    /// | [`delete_scim_group_role_mapping`](Self::delete_scim_group_role_mapping) | `DeleteSCIMGroupRoleMapping` | yes |
    ///
    /// # Errors
    ///
    /// - 400, 403 or 422: Clerk refuses the request. [`code`](crate::Error::code) tells why, and
    ///   [`for_param`](crate::Error::for_param) returns the errors of one field.
    ScimDirectoriesApi:
        self,
}

operations! {
    /// # Directories
    impl ScimDirectoriesApi = "SCIM-Directories";

    /// Lists the directories of the instance.
    ListSCIMDirectories: GET "/scim_directories", idempotent, [401, 403],
        unsent = "the `limit` is not from 1 to 500.";
    fn list_scim_directories(page: PageParams) -> Page<Directory>, all list_all_scim_directories(page);

    /// Creates a directory. Store its [`api_key`](crate::models::Directory::api_key): Clerk returns
    /// the key only once.
    CreateSCIMDirectory: POST "/scim_directories", once = "Call [`list_scim_directories`](Self::list_scim_directories) to see whether the directory exists. If it exists, call [`rotate_scim_directory_api_key`](Self::rotate_scim_directory_api_key) to get a key.", [
        400, 401, 403,
        422 = "the enterprise connection already has a directory (`scim_directory_enterprise_connection_already_used`), among other causes.",
    ], unsent = "the `provider` or a `scim_group_id` is blank, a `scim_group_display_name` is longer than 255 characters, or a `precedence` is 0.";
    fn create_scim_directory(request: CreateScimDirectoryRequest) -> Directory;

    /// Returns a directory.
    GetSCIMDirectory: GET "/scim_directories/{scim_directory_id}", idempotent, [
        401, 403,
        404 = "the directory does not exist.",
    ];
    fn get_scim_directory(scim_directory_id: DirectoryId) -> Directory;

    /// Updates a directory. Fields that are not set stay unchanged.
    UpdateSCIMDirectory: PATCH "/scim_directories/{scim_directory_id}", once = "Call [`get_scim_directory`](Self::get_scim_directory) to see whether the update took effect.", [
        400, 401, 403,
        404 = "the directory does not exist.",
        422,
    ];
    fn update_scim_directory(scim_directory_id: DirectoryId, request: UpdateDirectoryRequest) -> Directory;

    /// Deletes a directory. The identity provider (IdP) can no longer provision users.
    DeleteSCIMDirectory: DELETE "/scim_directories/{scim_directory_id}", idempotent, [
        401, 403,
        404 = "the directory does not exist. If [`attempts`](crate::Error::attempts) is above 1, an earlier attempt most likely deleted the directory.",
    ];
    fn delete_scim_directory(scim_directory_id: DirectoryId) -> DeletedObject;

    /// Creates a new API key for a directory, and returns the directory with the new key.
    ///
    /// Store the new key at the identity provider (IdP): Clerk returns the key only once. The old
    /// key expires after a short time.
    RotateSCIMDirectoryAPIKey: POST "/scim_directories/{scim_directory_id}/rotate_api_key", once = "Repeat the call to get another key.", [
        401, 403,
        404 = "the directory does not exist.",
    ];
    fn rotate_scim_directory_api_key(scim_directory_id: DirectoryId) -> Directory;

    /// Lists the group role mappings of a directory, in the order of precedence. A mapping gives a
    /// role to the members of a group at the identity provider (IdP).
    ListSCIMGroupRoleMappings: GET "/scim_directories/{scim_directory_id}/group_role_mappings", idempotent, [
        401, 403,
        404 = "the directory does not exist.",
    ];
    fn list_scim_group_role_mappings(scim_directory_id: DirectoryId) -> Page<DirectoryGroupRoleMapping>;

    /// Maps a group to the role that its members get. Group role mapping must be enabled in the
    /// directory.
    CreateSCIMGroupRoleMapping: POST "/scim_directories/{scim_directory_id}/group_role_mappings", once = "Call [`list_scim_group_role_mappings`](Self::list_scim_group_role_mappings) to see whether the mapping exists.", [
        400, 401, 403,
        404 = "the directory or the role does not exist.",
        422,
    ], unsent = "the `scim_group_id` is blank, or the `precedence` is 0.";
    fn create_scim_group_role_mapping(scim_directory_id: DirectoryId, request: CreateScimGroupRoleMappingRequest) -> DirectoryGroupRoleMapping;

    /// Replaces all mappings of groups to roles. An empty list removes all mappings.
    ///
    /// Group role mapping must be enabled in the directory.
    ReplaceSCIMGroupRoleMappings: PUT "/scim_directories/{scim_directory_id}/group_role_mappings", once = "Repeat the call with the same list. The result is the same, even if the first call took effect.", [
        400, 401, 403,
        404 = "the directory or a role does not exist.",
        422,
    ], unsent = "a `scim_group_id` is blank.";
    fn replace_scim_group_role_mappings(scim_directory_id: DirectoryId, request: ReplaceScimGroupRoleMappingsRequest) -> Page<DirectoryGroupRoleMapping>;

    /// Deletes a mapping of a group to a role. Group role mapping must be enabled in the directory.
    DeleteSCIMGroupRoleMapping: DELETE "/scim_directories/{scim_directory_id}/group_role_mappings/{mapping_id}", idempotent, [
        400, 401, 403,
        404 = "the directory or the mapping does not exist. If [`attempts`](crate::Error::attempts) is above 1, an earlier attempt most likely deleted the mapping.",
    ];
    fn delete_scim_group_role_mapping(scim_directory_id: DirectoryId, mapping_id: DirectoryGroupRoleMappingId) -> DeletedObject;
}

body! {
    /// The request body of
    /// [`create_scim_directory`](crate::api::ScimDirectoriesApi::create_scim_directory).
    CreateScimDirectoryRequest(provider)
    required {
        /// The id of the enterprise connection to which the directory belongs.
        enterprise_connection_id: EnterpriseConnectionId,
        /// The identity provider (IdP).
        provider: String,
    } and {
        /// The name of the directory.
        name: String,
        /// The mappings of groups to roles. By default, the position of a mapping in the list is its
        /// precedence.
        group_role_mappings: [NewScimGroupRoleMapping],
    }
}

#[inline]
fn provider(request: &CreateScimDirectoryRequest) -> Result<(), String> {
    not_blank("provider", &request.provider)
}

body! {
    /// A mapping of a group to the role that its members get. Part of a
    /// [`CreateScimDirectoryRequest`].
    NewScimGroupRoleMapping(new_mapping)
    required {
        /// The id of the group at the identity provider.
        scim_group_id: String,
        /// The id of the role that members of the group get.
        role_id: RoleId,
    } and {
        /// The name of the group, with up to 255 characters.
        scim_group_display_name: String,
        /// The precedence: a number of at least 1. If a user is in several groups, the mapping with
        /// the lowest number applies. The default is the position of the mapping in the list.
        precedence: u32,
    }
}

#[inline]
fn new_mapping(request: &NewScimGroupRoleMapping) -> Result<(), String> {
    not_blank("scim_group_id", &request.scim_group_id)?;
    let name = request.scim_group_display_name.as_ref();
    display_name("scim_group_display_name", name)?;
    precedence(request.precedence)
}

body! {
    /// The request body of
    /// [`create_scim_group_role_mapping`](crate::api::ScimDirectoriesApi::create_scim_group_role_mapping).
    CreateScimGroupRoleMappingRequest(created)
    required {
        /// The id of the group at the identity provider.
        scim_group_id: String,
        /// The id of the role that members of the group get.
        role_id: RoleId,
    } and {
        /// The precedence: a number of at least 1. If a user is in several groups, the mapping with
        /// the lowest number applies. By default, Clerk adds the mapping after all others.
        precedence: u32,
    }
}

#[inline]
fn created(request: &CreateScimGroupRoleMappingRequest) -> Result<(), String> {
    not_blank("scim_group_id", &request.scim_group_id)?;
    precedence(request.precedence)
}

body! {
    /// The request body of
    /// [`replace_scim_group_role_mappings`](crate::api::ScimDirectoriesApi::replace_scim_group_role_mappings).
    ReplaceScimGroupRoleMappingsRequest
    required {
        /// All mappings, in the order of precedence.
        mappings: Vec<ScimGroupRole>,
    } and {}
}

body! {
    /// A mapping of a group to the role that its members get. Part of a
    /// [`ReplaceScimGroupRoleMappingsRequest`].
    ScimGroupRole(replacing)
    required {
        /// The id of the group at the identity provider.
        scim_group_id: String,
        /// The id of the role that members of the group get.
        role_id: RoleId,
    } and {}
}

#[inline]
fn replacing(request: &ScimGroupRole) -> Result<(), String> {
    not_blank("scim_group_id", &request.scim_group_id)
}

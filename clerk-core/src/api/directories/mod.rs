//! The operations on directories, which provision users from an identity provider.

pub(crate) mod attribute_mapping;
pub(crate) mod directory;
pub(crate) mod group_role_mappings;

use crate::api::operations::api;

api! {
    /// The operations on directories.
    /// [`Clerk::directories`](crate::Clerk::directories) returns this type.
    ///
    /// The directory of an enterprise connection lets the identity provider (IdP) create, change
    /// and deactivate users. The directory can also give users roles in an organization, based on
    /// their groups at the IdP.
    ///
    /// ```no_run
    /// # clerk_client::doctest(async |users| {
    /// # let clerk = clerk_client::mock::FakeClerk::new().client();
    /// use clerk_client::requests::{
    ///     CreateDirectoryGroupRoleMappingRequest, CreateDirectoryRequest, PageParams,
    ///     UpdateDirectoryRequest,
    /// };
    ///
    /// # fn store(_: &str) {}
    /// let directories = clerk.directories();
    /// let request = CreateDirectoryRequest::new("connection_1", "okta").name("Example");
    /// let directory = directories.create_directory(request).await?;
    /// if let Some(key) = &directory.api_key {
    ///     store(key.expose());
    /// }
    ///
    /// let enable = UpdateDirectoryRequest::new().enabled(true).group_role_mapping_enabled(true);
    /// directories.update_directory(&directory.id, enable).await?;
    /// let admins = CreateDirectoryGroupRoleMappingRequest::new("group_1", "role_1");
    /// directories.create_directory_group_role_mapping(&directory.id, admins).await?;
    ///
    /// let page = directories.list_directories(PageParams::new().limit(100)).await?;
    /// assert_eq!(page.total_count, Some(1));
    ///
    /// directories.delete_directory(&directory.id).await?;
    /// # Ok(()) });
    /// ```
    ///
    /// # Operations
    ///
    /// | method | Clerk's operation | retried |
    /// |---|---|---|
    /// | [`list_directories`](Self::list_directories) | `ListDirectories` | yes |
    /// | [`create_directory`](Self::create_directory) | `CreateDirectory` | no |
    /// | [`get_directory`](Self::get_directory) | `GetDirectory` | yes |
    /// | [`update_directory`](Self::update_directory) | `UpdateDirectory` | no |
    /// | [`delete_directory`](Self::delete_directory) | `DeleteDirectory` | yes |
    /// | [`rotate_directory_api_key`](Self::rotate_directory_api_key) | `RotateDirectoryAPIKey` | no |
    /// | [`list_directory_group_role_mappings`](Self::list_directory_group_role_mappings) | `ListDirectoryGroupRoleMappings` | yes |
    /// | [`create_directory_group_role_mapping`](Self::create_directory_group_role_mapping) | `CreateDirectoryGroupRoleMapping` | no |
    /// | [`replace_directory_group_role_mappings`](Self::replace_directory_group_role_mappings) | `ReplaceDirectoryGroupRoleMappings` | no |
    /// | [`delete_directory_group_role_mapping`](Self::delete_directory_group_role_mapping) | `DeleteDirectoryGroupRoleMapping` | yes |
    ///
    /// # Errors
    ///
    /// - 400, 403 or 422: Clerk refuses the request. [`code`](crate::Error::code) tells why, and
    ///   [`for_param`](crate::Error::for_param) returns the errors of one field.
    DirectoriesApi:
        directory,
        group_role_mappings,
}

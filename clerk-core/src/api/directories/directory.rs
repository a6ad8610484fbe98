use std::collections::BTreeMap;

use crate::api::directories::DirectoriesApi;
use crate::api::directories::attribute_mapping::AttributeMappingChanges;
use crate::api::directories::group_role_mappings::NewDirectoryGroupRoleMapping;
use crate::api::enterprise_connections::models::{
    EnterpriseConnectionCustomAttribute, EnterpriseConnectionId,
};
use crate::api::operations::operations;
use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::models::deleted_object::DeletedObject;
use crate::models::page::{Page, PageItem};
use crate::requests::body::{body, not_blank};
use crate::requests::page_params::PageParams;
use crate::types::id::DirectoryId;
use crate::types::secret::SecretString;
use crate::types::timestamp::Timestamp;

operations! {
    /// # Directories
    impl DirectoriesApi = "Directories";

    /// Lists the directories of the instance.
    ListDirectories: GET "/directories", idempotent, [401, 403],
        unsent = "the `limit` is not from 1 to 500.";
    fn list_directories(page: PageParams) -> Page<Directory>, all list_all_directories(page);

    /// Creates a directory. Store its [`api_key`](crate::models::Directory::api_key): Clerk returns
    /// the key only once.
    CreateDirectory: POST "/directories", once = "Call [`list_directories`](Self::list_directories) to see whether the directory exists. If it exists, call [`rotate_directory_api_key`](Self::rotate_directory_api_key) to get a key.", [
        400, 401, 403,
        422 = "the enterprise connection already has a directory (`scim_directory_enterprise_connection_already_used`), among other causes.",
    ], unsent = "the `provider` or a `directory_group_id` is blank, the display name of a group is longer than 255 characters, the `precedence` of a group is 0, or a `scim_…` field of a group differs from the `directory_…` field that replaces it.";
    fn create_directory(request: CreateDirectoryRequest) -> Directory;

    /// Returns a directory.
    GetDirectory: GET "/directories/{directory_id}", idempotent, [
        401, 403,
        404 = "the directory does not exist.",
    ];
    fn get_directory(directory_id: DirectoryId) -> Directory;

    /// Updates a directory. Fields that are not set stay unchanged.
    UpdateDirectory: PATCH "/directories/{directory_id}", once = "Call [`get_directory`](Self::get_directory) to see whether the update took effect.", [
        400, 401, 403,
        404 = "the directory does not exist.",
        422,
    ];
    fn update_directory(directory_id: DirectoryId, request: UpdateDirectoryRequest) -> Directory;

    /// Deletes a directory. The identity provider (IdP) can no longer provision users.
    DeleteDirectory: DELETE "/directories/{directory_id}", idempotent, [
        401, 403,
        404 = "the directory does not exist. If [`attempts`](crate::Error::attempts) is above 1, an earlier attempt most likely deleted the directory.",
    ];
    fn delete_directory(directory_id: DirectoryId) -> DeletedObject;

    /// Creates a new API key for a directory, and returns the directory with the new key.
    ///
    /// Store the new key at the identity provider: Clerk returns the key only once. The old key
    /// expires after a short time.
    RotateDirectoryAPIKey: POST "/directories/{directory_id}/rotate_api_key", once = "Repeat the call to get another new key.", [
        401, 403,
        404 = "the directory does not exist.",
    ];
    fn rotate_directory_api_key(directory_id: DirectoryId) -> Directory;
}

body! {
    /// The request body of [`create_directory`](crate::api::DirectoriesApi::create_directory).
    CreateDirectoryRequest(provider)
    required {
        /// The id of the enterprise connection to which the directory belongs.
        enterprise_connection_id: EnterpriseConnectionId,
        /// The identity provider (IdP).
        provider: String,
    } and {
        /// The name.
        name: String,
        /// The groups, and the role that the members of each group get. By default, the position of
        /// a group in the list is its precedence.
        group_role_mappings: [NewDirectoryGroupRoleMapping],
    }
}

#[inline]
fn provider(request: &CreateDirectoryRequest) -> Result<(), String> {
    not_blank("provider", &request.provider)
}

body! {
    /// The request body of [`update_directory`](crate::api::DirectoriesApi::update_directory) and
    /// [`update_scim_directory`](crate::api::ScimDirectoriesApi::update_scim_directory).
    UpdateDirectoryRequest {
        /// The name.
        name: String,
        /// Whether the directory is enabled.
        enabled: bool,
        /// The identity provider (IdP).
        provider: String,
        /// The changes to the attribute mapping.
        attribute_mapping: AttributeMappingChanges,
        /// Whether members of groups at the IdP get roles in an organization (group role mapping).
        group_role_mapping_enabled: bool,
    }
}

model! {
    /// A directory: the settings for an identity provider (IdP) that provisions users.
    ///
    /// Both [`DirectoriesApi`](crate::api::DirectoriesApi) and
    /// [`ScimDirectoriesApi`](crate::api::ScimDirectoriesApi) return this type.
    Directory {
        /// The kind of the object. It depends on the API that returned the directory.
        object: DirectoryObject,
        /// The id of the directory.
        id: DirectoryId,
        /// The name.
        name: String,
        /// The id of the directory's enterprise connection; `None` if there is none.
        enterprise_connection_id: Option<EnterpriseConnectionId>,
        /// The URL to which the IdP sends requests.
        endpoint_url: String,
        /// The identity provider (IdP).
        provider: String,
        /// Whether the directory is enabled.
        enabled: bool,
        /// Whether members of groups at the IdP get roles in an organization (group role mapping).
        group_role_mapping_enabled: bool,
        /// The attribute mapping: the path of each user attribute in the IdP's data.
        attribute_mapping: BTreeMap<String, String>,
        /// The custom attributes that Clerk copies from the IdP to the user.
        custom_attributes: Vec<EnterpriseConnectionCustomAttribute>,
        /// The key with which the IdP authenticates. Clerk returns the key only when it creates the
        /// directory or rotates the key. In all other responses, the key is `None`. Hidden from
        /// `Debug`.
        api_key: Option<SecretString>,
        /// The creation time.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
    }
}

open_enum! {
    /// The kind of a [`Directory`].
    DirectoryObject {
        Directory = "directory",
        ScimDirectory = "scim_directory",
    }
}

impl PageItem for Directory {
    #[inline]
    fn key(&self) -> String {
        self.id.to_string()
    }
}

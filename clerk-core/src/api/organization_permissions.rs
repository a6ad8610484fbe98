//! The operations on the permissions that roles can have.

use crate::api::operations::{api, operations};
use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::models::deleted_object::DeletedObject;
use crate::models::page::{Page, PageItem};
use crate::requests::body::{body, not_blank};
use crate::requests::order::orders;
use crate::requests::params::params;
use crate::types::id::id;
use crate::types::timestamp::Timestamp;

id! {
    /// The id of a permission: `perm_…`.
    PermissionId
}

api! {
    /// The operations on the permissions that roles can have.
    /// [`Clerk::organization_permissions`](crate::Clerk::organization_permissions) returns this
    /// type.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// # let clerk = clerk_client::mock::FakeClerk::new().client();
    /// use clerk_client::requests::{
    ///     CreateOrganizationPermissionRequest, OrganizationPermissionListParams,
    ///     UpdateOrganizationPermissionRequest,
    /// };
    ///
    /// let permissions = clerk.organization_permissions();
    /// let request = CreateOrganizationPermissionRequest::new("Read teams", "org:team:read");
    /// let permission = permissions.create_organization_permission(request).await?;
    ///
    /// let params = OrganizationPermissionListParams::new().query("org:team");
    /// let page = permissions.list_organization_permissions(params).await?;
    /// assert_eq!(page.data[0].id, permission.id);
    ///
    /// let request = UpdateOrganizationPermissionRequest::new().description("See the teams.");
    /// permissions.update_organization_permission(&permission.id, request).await?;
    ///
    /// permissions.delete_organization_permission(&permission.id).await?;
    /// # Ok(()) });
    /// ```
    ///
    /// # Operations
    ///
    /// | method | Clerk's operation | retried |
    /// |---|---|---|
    /// | [`create_organization_permission`](Self::create_organization_permission) | `CreateOrganizationPermission` | no |
    /// | [`list_organization_permissions`](Self::list_organization_permissions) | `ListOrganizationPermissions` | yes |
    /// | [`get_organization_permission`](Self::get_organization_permission) | `GetOrganizationPermission` | yes |
    /// | [`update_organization_permission`](Self::update_organization_permission) | `UpdateOrganizationPermission` | no |
    /// | [`delete_organization_permission`](Self::delete_organization_permission) | `DeleteOrganizationPermission` | yes |
    ///
    /// [`list_all`](Self::list_all) pages through the whole list.
    ///
    /// # Errors
    ///
    /// - 400 or 422: Clerk refuses the request. [`code`](crate::Error::code) tells why, and
    ///   [`for_param`](crate::Error::for_param) returns the errors of one field.
    /// - 403 with the code `organization_not_enabled_in_instance`: organizations are disabled in
    ///   the instance.
    OrganizationPermissionsApi:
        self,
}

operations! {
    /// # Permissions
    impl OrganizationPermissionsApi = "Organization-Permissions";

    /// Creates a permission.
    CreateOrganizationPermission: POST "/organization_permissions", once = "Call [`list_organization_permissions`](Self::list_organization_permissions) to see whether the permission exists.", [400, 401, 402, 404, 422], unsent = "the name or the key is blank.";
    fn create_organization_permission(request: CreateOrganizationPermissionRequest) -> Permission;

    /// Lists the permissions of the instance.
    ListOrganizationPermissions: GET "/organization_permissions", idempotent, [401, 422],
        unsent = "the `limit` is not from 1 to 500, or the `query` is blank.";
    fn list_organization_permissions(params: OrganizationPermissionListParams) -> Page<Permission>, all list_all(params);

    /// Returns a permission.
    GetOrganizationPermission: GET "/organization_permissions/{permission_id}", idempotent, [
        401,
        404 = "the permission does not exist.",
    ];
    fn get_organization_permission(permission_id: PermissionId) -> Permission;

    /// Updates a permission. Fields that are not set stay unchanged.
    UpdateOrganizationPermission: PATCH "/organization_permissions/{permission_id}", once = "Call [`get_organization_permission`](Self::get_organization_permission) to see whether the update took effect.", [
        400, 401,
        403 = "the permission is a system permission, which cannot be changed (`organization_system_permission_not_modifiable`).",
        404 = "the permission does not exist.",
        422,
    ];
    fn update_organization_permission(permission_id: PermissionId, request: UpdateOrganizationPermissionRequest) -> Permission;

    /// Deletes a permission.
    DeleteOrganizationPermission: DELETE "/organization_permissions/{permission_id}", idempotent, [
        401,
        403 = "the permission is a system permission, which cannot be deleted (`organization_system_permission_not_modifiable`).",
        404 = "the permission does not exist. If [`attempts`](crate::Error::attempts) is above 1, an earlier attempt most likely deleted the permission.",
    ];
    fn delete_organization_permission(permission_id: PermissionId) -> DeletedObject;
}

params! {
    /// The parameters of a list of permissions: a filter, the order, the limit and the offset.
    OrganizationPermissionListParams paged 500 {
        /// Permissions that have this text as their id, or in their name or key.
        query: String,
        /// The order of the list.
        order_by: OrganizationPermissionOrder,
    }
}

orders! {
    /// The properties by which permissions can be ordered.
    OrganizationPermissionOrderBy, OrganizationPermissionOrder {
        /// The time at which the permission was created.
        CreatedAt = "created_at",
        /// The name.
        Name = "name",
        /// The key.
        Key = "key",
    }
}

body! {
    /// The request body of
    /// [`create_organization_permission`](crate::api::OrganizationPermissionsApi::create_organization_permission).
    CreateOrganizationPermissionRequest(has_name_and_key)
    required {
        /// The name.
        name: String,
        /// The key, in the form `org:feature:action`. The feature and the action consist of
        /// lowercase letters, digits and underscores. Clerk reserves keys that start with
        /// `org:sys_`.
        key: String,
    } and {
        /// The description.
        description: String,
    }
}

#[inline]
fn has_name_and_key(request: &CreateOrganizationPermissionRequest) -> Result<(), String> {
    not_blank("name", &request.name)?;
    not_blank("key", &request.key)
}

body! {
    /// The request body of
    /// [`update_organization_permission`](crate::api::OrganizationPermissionsApi::update_organization_permission).
    UpdateOrganizationPermissionRequest {
        /// The name.
        name: String,
        /// The key, in the form `org:feature:action`. The feature and the action consist of
        /// lowercase letters, digits and underscores. Clerk reserves keys that start with
        /// `org:sys_`.
        key: String,
        /// The description.
        description: String,
    }
}

model! {
    /// A permission that roles can have.
    Permission("permission") {
        /// The id of the permission.
        id: PermissionId,
        /// The name.
        name: String,
        /// The key, such as `org:team:read`.
        key: String,
        /// The description.
        description: String,
        /// The origin of the permission.
        kind as "type": PermissionType,
        /// The creation time.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
    }
}

impl PageItem for Permission {
    #[inline]
    fn key(&self) -> String {
        self.id.to_string()
    }
}

open_enum! {
    /// The origin of a [`Permission`].
    PermissionType {
        /// A system permission of Clerk, which cannot be changed or deleted.
        System = "system",
        /// A custom permission of the instance.
        User = "user",
    }
}

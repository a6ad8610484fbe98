//! The operations on the roles that members of organizations can have.

use crate::api::operations::{api, operations};
use crate::api::organization_permissions::{Permission, PermissionId};
use crate::json::model::model;
use crate::models::deleted_object::DeletedObject;
use crate::models::page::{Page, PageItem};
use crate::requests::body::{body, not_blank};
use crate::requests::order::orders;
use crate::requests::params::params;
use crate::types::id::id;
use crate::types::timestamp::Timestamp;

id! {
    /// The id of a role: `role_…`. Memberships and invitations contain the role's key instead.
    RoleId
}

api! {
    /// The operations on the roles that members of organizations can have.
    /// [`Clerk::organization_roles`](crate::Clerk::organization_roles) returns this type.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// # let clerk = clerk_client::mock::FakeClerk::new().client();
    /// use clerk_client::requests::{
    ///     CreateOrganizationPermissionRequest, CreateOrganizationRoleRequest,
    ///     OrganizationRoleListParams, UpdateOrganizationRoleRequest,
    /// };
    ///
    /// let request = CreateOrganizationPermissionRequest::new("Pay bills", "org:bills:pay");
    /// let pay = clerk.organization_permissions().create_organization_permission(request).await?;
    ///
    /// let roles = clerk.organization_roles();
    /// let request = CreateOrganizationRoleRequest::new("Accountant", "org:accountant");
    /// let role = roles.create_organization_role(request).await?;
    /// roles.assign_permission_to_organization_role(&role.id, &pay.id).await?;
    ///
    /// let params = OrganizationRoleListParams::new().query("org:accountant");
    /// let page = roles.list_organization_roles(params).await?;
    /// assert_eq!(page.data[0].permissions[0].id, pay.id);
    ///
    /// let request = UpdateOrganizationRoleRequest::new().description("Pays the bills.");
    /// roles.update_organization_role(&role.id, request).await?;
    ///
    /// roles.delete_organization_role(&role.id).await?;
    /// # Ok(()) });
    /// ```
    ///
    /// # Operations
    ///
    /// | method | Clerk's operation | retried |
    /// |---|---|---|
    /// | [`create_organization_role`](Self::create_organization_role) | `CreateOrganizationRole` | no |
    /// | [`list_organization_roles`](Self::list_organization_roles) | `ListOrganizationRoles` | yes |
    /// | [`get_organization_role`](Self::get_organization_role) | `GetOrganizationRole` | yes |
    /// | [`update_organization_role`](Self::update_organization_role) | `UpdateOrganizationRole` | no |
    /// | [`delete_organization_role`](Self::delete_organization_role) | `DeleteOrganizationRole` | yes |
    /// | [`assign_permission_to_organization_role`](Self::assign_permission_to_organization_role) | `AssignPermissionToOrganizationRole` | no |
    /// | [`remove_permission_from_organization_role`](Self::remove_permission_from_organization_role) | `RemovePermissionFromOrganizationRole` | yes |
    ///
    /// [`list_all`](Self::list_all) pages through the whole list.
    ///
    /// # Errors
    ///
    /// - 400 or 422: Clerk refuses the request. [`code`](crate::Error::code) tells why, and
    ///   [`for_param`](crate::Error::for_param) returns the errors of one field.
    /// - 403 with the code `organization_not_enabled_in_instance`: organizations are disabled in
    ///   the instance.
    OrganizationRolesApi:
        self,
}

operations! {
    /// # Roles
    impl OrganizationRolesApi = "Organization-Roles";

    /// Creates a role.
    CreateOrganizationRole: POST "/organization_roles", once = "Call [`list_organization_roles`](Self::list_organization_roles) to see whether the role exists.", [
        400, 401, 402,
        403 = "the instance has too many roles (`organization_instance_roles_quota_exceeded`), among other causes.",
        404 = "a permission does not exist.",
        422,
    ], unsent = "the name or the key is blank.";
    fn create_organization_role(request: CreateOrganizationRoleRequest) -> Role;

    /// Lists the roles of the instance, the newest first by default.
    ListOrganizationRoles: GET "/organization_roles", idempotent, [400, 401, 403, 422],
        unsent = "the `limit` is not from 1 to 500, or the `query` is blank.";
    fn list_organization_roles(params: OrganizationRoleListParams) -> Page<Role>, all list_all(params);

    /// Returns a role.
    GetOrganizationRole: GET "/organization_roles/{organization_role_id}", idempotent, [
        401, 403,
        404 = "the role does not exist.",
    ];
    fn get_organization_role(organization_role_id: RoleId) -> Role;

    /// Updates a role. Fields that are not set stay unchanged.
    ///
    /// The organization settings contain the keys of two roles: the creator role, and the default
    /// role of members who join through a domain. If you change the key of one of these roles,
    /// Clerk also changes the settings.
    UpdateOrganizationRole: PATCH "/organization_roles/{organization_role_id}", once = "Call [`get_organization_role`](Self::get_organization_role) to see whether the update took effect.", [
        400, 401, 403,
        404 = "the role or a permission does not exist.",
        422 = "the creator role would lack required permissions (`organization_missing_creator_role_permissions`), among other causes.",
    ];
    fn update_organization_role(organization_role_id: RoleId, request: UpdateOrganizationRoleRequest) -> Role;

    /// Deletes a role. Clerk refuses to delete a role that is in use.
    DeleteOrganizationRole: DELETE "/organization_roles/{organization_role_id}", idempotent, [
        401, 403,
        404 = "the role does not exist. If [`attempts`](crate::Error::attempts) is above 1, an earlier attempt most likely deleted the role.",
        422 = "the role is in use (`organization_role_assigned_members`, `organization_role_exists_in_invitations`, `organization_role_default_creator_role` or `organization_role_domain_default_role`).",
    ];
    fn delete_organization_role(organization_role_id: RoleId) -> DeletedObject;

    /// Adds a permission to a role.
    AssignPermissionToOrganizationRole: POST "/organization_roles/{organization_role_id}/permissions/{permission_id}", once = "Call [`get_organization_role`](Self::get_organization_role) to see which permissions the role has.", [
        401, 403,
        404 = "the role or the permission does not exist.",
        409 = "the role already has the permission (`organization_role_permission_association_exists`).",
    ];
    fn assign_permission_to_organization_role(organization_role_id: RoleId, permission_id: PermissionId) -> Role;

    /// Removes a permission from a role.
    RemovePermissionFromOrganizationRole: DELETE "/organization_roles/{organization_role_id}/permissions/{permission_id}", idempotent, [
        401, 403,
        404 = "the role does not exist, or does not have the permission. If [`attempts`](crate::Error::attempts) is above 1, an earlier attempt most likely removed the permission.",
        422 = "the creator role would lack required permissions (`organization_missing_creator_role_permissions`), among other causes.",
    ];
    fn remove_permission_from_organization_role(organization_role_id: RoleId, permission_id: PermissionId) -> Role;
}

params! {
    /// The parameters of a list of roles: a filter, the order, the limit and the offset.
    OrganizationRoleListParams paged 500 {
        /// Roles that have this text as their id, or in their name or key.
        query: String,
        /// The order. Clerk's default is the newest first.
        order_by: OrganizationRoleOrder,
    }
}

orders! {
    /// The properties by which roles can be ordered.
    OrganizationRoleOrderBy, OrganizationRoleOrder {
        /// The time at which the role was created.
        CreatedAt = "created_at",
        /// The name.
        Name = "name",
        /// The key.
        Key = "key",
    }
}

body! {
    /// The request body of
    /// [`create_organization_role`](crate::api::OrganizationRolesApi::create_organization_role).
    CreateOrganizationRoleRequest(has_name_and_key)
    required {
        /// The name.
        name: String,
        /// The key, unique in the instance: `org:` followed by lowercase letters, digits and
        /// underscores.
        key: String,
    } and {
        /// The description.
        description / clear_description: String,
        /// The ids of the role's permissions.
        permissions / clear_permissions: [PermissionId],
        /// Whether the role becomes part of the initial role set, which new organizations get.
        include_in_initial_role_set / clear_include_in_initial_role_set: bool,
    }
}

#[inline]
fn has_name_and_key(request: &CreateOrganizationRoleRequest) -> Result<(), String> {
    not_blank("name", &request.name)?;
    not_blank("key", &request.key)
}

body! {
    /// The request body of
    /// [`update_organization_role`](crate::api::OrganizationRolesApi::update_organization_role).
    UpdateOrganizationRoleRequest {
        /// The name.
        name / clear_name: String,
        /// The key, unique in the instance: `org:` followed by lowercase letters, digits and
        /// underscores.
        key / clear_key: String,
        /// The description.
        description / clear_description: String,
        /// The ids of the permissions that replace the role's current permissions.
        permissions / clear_permissions: [PermissionId],
    }
}

model! {
    /// A role that members of organizations can have.
    Role("role") {
        /// The id of the role.
        id: RoleId,
        /// The name.
        name: String,
        /// The key, such as `org:admin`.
        key: String,
        /// The description; `None` if there is none.
        description: Option<String>,
        /// Whether the role can be the creator role, which creators of organizations get.
        is_creator_eligible: bool,
        /// The permissions of the role.
        permissions: Vec<Permission>,
        /// The creation time.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
    }
}

impl PageItem for Role {
    #[inline]
    fn key(&self) -> String {
        self.id.to_string()
    }
}

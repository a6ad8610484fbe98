//! The operations on role sets. A role set contains the roles that the members of an organization
//! can have.

pub(crate) mod models;
pub(crate) mod requests;

use crate::api::operations::{api, operations};
use crate::api::role_sets::models::{RoleSet, RoleSetId};
use crate::api::role_sets::requests::{
    AddRolesToRoleSetRequest, CreateRoleSetRequest, ReplaceRoleInRoleSetRequest,
    ReplaceRoleSetRequest, RoleSetListParams, UpdateRoleSetRequest,
};
use crate::models::deleted_object::DeletedObject;
use crate::models::page::Page;

api! {
    /// The operations on role sets. [`Clerk::role_sets`](crate::Clerk::role_sets) returns this
    /// type.
    ///
    /// A role set contains the roles that the members of an organization can have.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// # let clerk = clerk_client::mock::FakeClerk::new().client();
    /// use clerk_client::requests::{
    ///     AddRolesToRoleSetRequest, CreateRoleSetRequest, ReplaceRoleSetRequest, RoleSetListParams,
    ///     UpdateRoleSetRequest,
    /// };
    ///
    /// let role_sets = clerk.role_sets();
    /// let roles = ["org:member", "org:admin"];
    /// let request = CreateRoleSetRequest::new("Basic", "org:member", "org:admin", roles);
    /// let role_set = role_sets.create_role_set(request.key("role_set:basic")).await?;
    ///
    /// let page = role_sets.list_role_sets(RoleSetListParams::new().query("basic")).await?;
    /// assert_eq!(page.data[0].id, role_set.id);
    ///
    /// let request = UpdateRoleSetRequest::new().description("For the free plan.");
    /// role_sets.update_role_set(&role_set.id, request).await?;
    /// let request = AddRolesToRoleSetRequest::new(["org:accountant"]);
    /// role_sets.add_roles_to_role_set("role_set:basic", request).await?;
    ///
    /// let request = ReplaceRoleSetRequest::new("role_set:default");
    /// role_sets.replace_role_set("role_set:basic", request).await?;
    /// # Ok(()) });
    /// ```
    ///
    /// # Operations
    ///
    /// | method | Clerk's operation | retried |
    /// |---|---|---|
    /// | [`create_role_set`](Self::create_role_set) | `CreateRoleSet` | no |
    /// | [`list_role_sets`](Self::list_role_sets) | `ListRoleSets` | yes |
    /// | [`get_role_set`](Self::get_role_set) | `GetRoleSet` | yes |
    /// | [`update_role_set`](Self::update_role_set) | `UpdateRoleSet` | no |
    /// | [`replace_role_set`](Self::replace_role_set) | `ReplaceRoleSet` | no |
    /// | [`add_roles_to_role_set`](Self::add_roles_to_role_set) | `AddRolesToRoleSet` | no |
    /// | [`replace_role_in_role_set`](Self::replace_role_in_role_set) | `ReplaceRoleInRoleSet` | no |
    ///
    /// [`list_all`](Self::list_all) pages through the whole list.
    ///
    /// # Errors
    ///
    /// - 400 or 422: Clerk refuses the request. [`code`](crate::Error::code) tells why, and
    ///   [`for_param`](crate::Error::for_param) returns the errors of one field.
    /// - 403 with the code `organization_not_enabled_in_instance`: organizations are disabled in
    ///   the instance.
    RoleSetsApi:
        self,
}

operations! {
    /// # Role sets
    impl RoleSetsApi = "Role-Sets";

    /// Creates a role set.
    CreateRoleSet: POST "/role_sets", once = "Call [`list_role_sets`](Self::list_role_sets) to see whether the role set exists.", [
        400, 401, 402,
        403 = "the instance has too many role sets (`organization_instance_role_sets_quota_exceeded`), among other causes.",
        404 = "a role does not exist.",
        422,
    ], unsent = "the name, the `key` or the key of a role is blank, the number of `roles` is not from 1 to 10, or `roles` lacks the `default_role_key` or the `creator_role_key`.";
    fn create_role_set(request: CreateRoleSetRequest) -> RoleSet;

    /// Lists the role sets of the instance, the newest first by default.
    ListRoleSets: GET "/role_sets", idempotent, [400, 401, 403, 422],
        unsent = "the `limit` is not from 1 to 500, or the `query` is blank.";
    fn list_role_sets(params: RoleSetListParams) -> Page<RoleSet>, all list_all(params);

    /// Returns a role set.
    GetRoleSet: GET "/role_sets/{role_set_key_or_id}", idempotent, [
        401, 403,
        404 = "the role set does not exist.",
    ];
    fn get_role_set(role_set_key_or_id: RoleSetId) -> RoleSet;

    /// Updates a role set. Fields that are not set stay unchanged.
    ///
    /// New organizations get the role set of the type `initial`. If you set the type `initial`,
    /// Clerk changes the type of the previous initial role set to `custom`.
    UpdateRoleSet: PATCH "/role_sets/{role_set_key_or_id}", once = "Call [`get_role_set`](Self::get_role_set) to see whether the update took effect.", [
        400, 401, 403,
        404 = "the role set or a role does not exist.",
        422,
    ], unsent = "the type is set to a value other than `initial`.";
    fn update_role_set(role_set_key_or_id: RoleSetId, request: UpdateRoleSetRequest) -> RoleSet;

    /// Deletes a role set, and moves its organizations to another role set.
    ReplaceRoleSet: POST "/role_sets/{role_set_key_or_id}/replace", once = "Call [`get_role_set`](Self::get_role_set) to see whether the role set still exists.", [
        400, 401, 403,
        404 = "one of the two role sets does not exist.",
        422 = "members have roles that the destination role set lacks, and the request does not map these roles to others (`organization_role_set_reassignment_mappings_missing`), among other causes.",
    ], unsent = "the `dest_role_set_key` is blank.";
    fn replace_role_set(role_set_key_or_id: RoleSetId, request: ReplaceRoleSetRequest) -> DeletedObject;

    /// Adds roles to a role set.
    AddRolesToRoleSet: POST "/role_sets/{role_set_key_or_id}/roles", once = "Call [`get_role_set`](Self::get_role_set) to see which roles the role set has.", [
        400, 401, 403,
        404 = "the role set or a role does not exist.",
        422,
    ], unsent = "the number of `role_keys` is not from 1 to 10, the key of a role is blank, or a given `default_role_key` or `creator_role_key` is not one of the `role_keys`.";
    fn add_roles_to_role_set(role_set_key_or_id: RoleSetId, request: AddRolesToRoleSetRequest) -> RoleSet;

    /// Removes a role from a role set. Members who had this role get another role of the role set.
    ReplaceRoleInRoleSet: POST "/role_sets/{role_set_key_or_id}/roles/replace", once = "Call [`get_role_set`](Self::get_role_set) to see which roles the role set has.", [
        400, 401, 403,
        404 = "the role set or a role does not exist.",
        422,
    ], unsent = "the key of a role is blank.";
    fn replace_role_in_role_set(role_set_key_or_id: RoleSetId, request: ReplaceRoleInRoleSetRequest) -> RoleSet;
}

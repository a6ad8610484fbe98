use crate::api::operations::operations;
use crate::api::organizations::OrganizationsApi;
use crate::api::organizations::requests::{
    CreateOrganizationRequest, GetOrganizationParams, OrganizationListParams,
    UpdateOrganizationRequest,
};
use crate::models::deleted_object::DeletedObject;
use crate::models::organization::Organization;
use crate::models::page::Page;
use crate::types::id::OrganizationId;

operations! {
    /// # Organizations
    impl OrganizationsApi = "Organizations";

    /// Creates an organization.
    ///
    /// The user in `created_by` becomes an admin. If this user activates no other organization
    /// before their next session, the new organization becomes active in that session.
    CreateOrganization: POST "/organizations", once = "Call [`list_organizations`](Self::list_organizations) to see whether the organization exists.", [
        400, 402,
        403 = "the maximum number of organizations is reached (`organization_quota_exceeded`), or slugs are disabled (`organization_slugs_disabled`), among other causes.",
        422,
    ], unsent = "the name is blank, the name is longer than 256 characters, or `created_at` is not in the years 0000 to 9999.";
    fn create_organization(request: CreateOrganizationRequest) -> Organization;

    /// Lists the organizations of the instance, the newest first by default.
    ListOrganizations: GET "/organizations", idempotent, [400, 403, 422],
        unsent = "the `limit` is not from 1 to 500, or a filter is blank, has no values or has more than 100 values.";
    fn list_organizations(params: OrganizationListParams) -> Page<Organization>, all list_all(params);

    /// Returns an organization. You can pass its slug in place of its id.
    GetOrganization: GET "/organizations/{organization_id}", idempotent, [
        403,
        404 = "the organization does not exist.",
    ];
    fn get_organization(organization_id: OrganizationId, params: GetOrganizationParams) -> Organization;

    /// Updates an organization. Fields that are not set stay unchanged.
    ///
    /// To change metadata, call [`merge_organization_metadata`](Self::merge_organization_metadata).
    UpdateOrganization: PATCH "/organizations/{organization_id}", once = "Call [`get_organization`](Self::get_organization) to see whether the update took effect.", [
        400, 402,
        403 = "slugs are disabled (`organization_slugs_disabled`), among other causes.",
        404 = "the organization does not exist.",
        422,
    ], unsent = "the name is blank, the name is longer than 256 characters, or `created_at` is not in the years 0000 to 9999.";
    fn update_organization(organization_id: OrganizationId, request: UpdateOrganizationRequest) -> Organization;

    /// Deletes an organization with its memberships and invitations.
    ///
    /// The organization is no longer active in any session. The deletion cannot be undone.
    DeleteOrganization: DELETE "/organizations/{organization_id}", idempotent, [
        404 = "the organization does not exist. If [`attempts`](crate::Error::attempts) is above 1, an earlier attempt most likely deleted the organization.",
    ];
    fn delete_organization(organization_id: OrganizationId) -> DeletedObject;
}

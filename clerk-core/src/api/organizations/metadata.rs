use crate::api::operations::operations;
use crate::api::organizations::OrganizationsApi;
use crate::api::organizations::requests::{
    MergeOrganizationMetadataRequest, ReplaceOrganizationMetadataRequest,
};
use crate::models::organization::Organization;
use crate::types::id::OrganizationId;

operations! {
    /// # Metadata
    impl OrganizationsApi = "Organizations";

    /// Merges new metadata into an organization's metadata, including nested objects. If a key is
    /// null in the new metadata, Clerk removes the key.
    #[doc(alias = "update_organization_metadata")]
    MergeOrganizationMetadata: PATCH "/organizations/{organization_id}/metadata", once = "Call [`get_organization`](Self::get_organization) to see whether your metadata was merged. A second call can overwrite changes that other requests made after the first call.", [
        400, 401,
        404 = "the organization does not exist.",
        422,
    ];
    fn merge_organization_metadata(organization_id: OrganizationId, request: MergeOrganizationMetadataRequest) -> Organization;

    /// Replaces an organization's metadata. A new `public_metadata` or `private_metadata` replaces
    /// the whole old value. Fields that are not set stay unchanged.
    ReplaceOrganizationMetadata: PUT "/organizations/{organization_id}/metadata", once = "Call [`get_organization`](Self::get_organization) to see whether your metadata replaced the old metadata. A second call can overwrite changes that other requests made after the first call.", [
        400, 401,
        404 = "the organization does not exist.",
        422,
    ];
    fn replace_organization_metadata(organization_id: OrganizationId, request: ReplaceOrganizationMetadataRequest) -> Organization;
}

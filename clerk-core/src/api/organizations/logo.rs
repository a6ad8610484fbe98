use crate::api::operations::operations;
use crate::api::organizations::OrganizationsApi;
use crate::models::organization::Organization;
use crate::requests::logo_image::LogoImage;
use crate::types::id::OrganizationId;

operations! {
    /// # Logos
    impl OrganizationsApi = "Organizations";

    /// Sets or replaces an organization's logo.
    UploadOrganizationLogo: PUT "/organizations/{organization_id}/logo", once = "Call [`get_organization`](Self::get_organization) to see which logo the organization has.", [
        400 = "the file is not a PNG, JPEG, GIF or WebP image.",
        403,
        404 = "the organization does not exist.",
        413 = "the file is larger than 10 MB.",
    ], unsent = "the file is empty, the file name is empty or has a control character, the content type is not a media type, or `uploader_user_id` is blank or has a control character.";
    fn upload_organization_logo(organization_id: OrganizationId, logo: LogoImage) -> Organization;

    /// Removes an organization's logo. Clerk then shows a default image.
    DeleteOrganizationLogo: DELETE "/organizations/{organization_id}/logo", idempotent, [
        404 = "the organization does not exist.",
    ];
    fn delete_organization_logo(organization_id: OrganizationId) -> Organization;
}

use crate::api::operations::operations;
use crate::api::users::UsersApi;
use crate::api::users::requests::organization_invitation_list_params::OrganizationInvitationListParams;
use crate::models::organization_invitation::OrganizationInvitation;
use crate::models::organization_membership::OrganizationMembership;
use crate::models::page::Page;
use crate::requests::page_params::PageParams;
use crate::types::id::UserId;

operations! {
    /// # Organizations
    impl UsersApi = "Users";

    /// Lists a user's memberships of organizations, with the user's role in each organization.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// use clerk_client::requests::PageParams;
    ///
    /// let page = PageParams::new().limit(100);
    /// let memberships = users.users_get_organization_memberships("user_1", page).await?;
    /// assert_eq!(memberships.total_count, Some(0));
    /// # Ok(()) });
    /// ```
    #[doc(alias = "get_organization_membership_list")]
    #[doc(alias = "list_user_organization_memberships")]
    UsersGetOrganizationMemberships: GET "/users/{user_id}/organization_memberships", idempotent, [
        403 = "organizations are disabled in the instance (`organization_not_enabled_in_instance`), among other causes.",
        404 = "the user does not exist.",
    ], unsent = "the `limit` is not from 1 to 500.";
    fn users_get_organization_memberships(user_id: UserId, page: PageParams) -> Page<OrganizationMembership>,
        all list_all_organization_memberships(page);

    /// Lists a user's invitations to organizations.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// use clerk_client::models::OrganizationInvitationStatus;
    /// use clerk_client::requests::OrganizationInvitationListParams;
    ///
    /// let pending = OrganizationInvitationListParams::new().status(OrganizationInvitationStatus::Pending);
    /// let invitations = users.users_get_organization_invitations("user_1", pending).await?;
    /// assert!(invitations.data.is_empty());
    /// # Ok(()) });
    /// ```
    #[doc(alias = "get_organization_invitation_list")]
    #[doc(alias = "list_user_organization_invitations")]
    UsersGetOrganizationInvitations: GET "/users/{user_id}/organization_invitations", idempotent, [
        400,
        403 = "organizations are disabled in the instance (`organization_not_enabled_in_instance`), among other causes.",
        404 = "the user does not exist.",
    ], unsent = "the `limit` is not from 1 to 500, or the `status` is blank.";
    fn users_get_organization_invitations(user_id: UserId, params: OrganizationInvitationListParams) -> Page<OrganizationInvitation>,
        all list_all_organization_invitations(params);
}

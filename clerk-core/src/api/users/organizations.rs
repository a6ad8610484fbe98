use crate::api::users::UsersApi;
use crate::api::users::requests::organization_invitation_list_params::OrganizationInvitationListParams;
use crate::client::call::Call;
use crate::models::organization_invitation::OrganizationInvitation;
use crate::models::organization_membership::OrganizationMembership;
use crate::models::page::Page;
use crate::requests::page_params::PageParams;
use crate::transport::HttpTransport;
use crate::types::id::UserId;
use crate::uri::operation;

impl<T: HttpTransport> UsersApi<T> {
    /// Lists the organizations that a user belongs to, and as what.
    ///
    /// # Errors
    ///
    /// - 404, [`is_not_found`](crate::Error::is_not_found): there is no such user.
    /// - 403: Clerk refuses the request; [`code`](crate::Error::code) says why:
    ///   `organization_not_enabled_in_instance` …
    /// - Not sent, [`is_not_sent`](crate::Error::is_not_sent): the `limit` is not 1 to 500.
    ///
    /// [Clerk's page](https://clerk.com/docs/reference/backend-api/tag/Users#operation/UsersGetOrganizationMemberships)
    ///
    /// ```
    /// # use clerk_client::{Error, User, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let fake = FakeClerk::new();
    /// # fake.add_user(User::new("user_1"));
    /// # let users = fake.client().users();
    /// use clerk_client::PageParams;
    ///
    /// let memberships = users
    ///     .users_get_organization_memberships("user_1", PageParams::new().limit(100))
    ///     .await?;
    /// assert_eq!(memberships.total_count, Some(0));
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "get_organization_membership_list")]
    pub fn users_get_organization_memberships(
        &self,
        user_id: impl Into<UserId>,
        page: PageParams,
    ) -> Call<Page<OrganizationMembership>, T> {
        self.call(
            operation::USERS_GET_ORGANIZATION_MEMBERSHIPS,
            &[user_id.into().as_str()],
        )
        .params(&page)
    }

    /// Lists the invitations of a user to organizations.
    ///
    /// # Errors
    ///
    /// - 404, [`is_not_found`](crate::Error::is_not_found): there is no such user.
    /// - 400 or 403: Clerk refuses the request; [`code`](crate::Error::code) says why:
    ///   `organization_not_enabled_in_instance` …
    /// - Not sent, [`is_not_sent`](crate::Error::is_not_sent): the `limit` is not 1 to 500.
    ///
    /// [Clerk's page](https://clerk.com/docs/reference/backend-api/tag/Users#operation/UsersGetOrganizationInvitations)
    ///
    /// ```
    /// # use clerk_client::{Error, User, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let fake = FakeClerk::new();
    /// # fake.add_user(User::new("user_1"));
    /// # let users = fake.client().users();
    /// use clerk_client::OrganizationInvitationListParams;
    /// use clerk_client::models::OrganizationInvitationStatus;
    ///
    /// let pending = OrganizationInvitationListParams::new().status(OrganizationInvitationStatus::Pending);
    /// let invitations = users.users_get_organization_invitations("user_1", pending).await?;
    /// assert!(invitations.data.is_empty());
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "get_organization_invitation_list")]
    pub fn users_get_organization_invitations(
        &self,
        user_id: impl Into<UserId>,
        params: impl Into<OrganizationInvitationListParams>,
    ) -> Call<Page<OrganizationInvitation>, T> {
        self.call(
            operation::USERS_GET_ORGANIZATION_INVITATIONS,
            &[user_id.into().as_str()],
        )
        .params(&params.into())
    }
}

//! The operations on invitations to organizations.

use crate::api::operations::{api, operations};
use crate::models::organization_invitation::{
    OrganizationInvitation, OrganizationInvitationStatus,
};
use crate::models::page::Page;
use crate::requests::body::{body, not_blank};
use crate::requests::limits::range;
use crate::requests::order::orders;
use crate::requests::page_params::PageParams;
use crate::requests::params::params;
use crate::types::id::{OrganizationId, OrganizationInvitationId, UserId};
use crate::types::metadata::Metadata;

api! {
    /// The operations on invitations to organizations.
    /// [`Clerk::organization_invitations`](crate::Clerk::organization_invitations) returns this
    /// type.
    ///
    /// [`users_get_organization_invitations`](crate::UsersApi::users_get_organization_invitations)
    /// lists the invitations that one user has received.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// # use clerk_client::mock::FakeClerk;
    /// # let fake = FakeClerk::new();
    /// # fake.add_organization(clerk_client::models::Organization::new("org_1"));
    /// # let clerk = fake.client();
    /// use clerk_client::models::OrganizationInvitationStatus;
    /// use clerk_client::requests::{
    ///     CreateOrganizationInvitationRequest, RevokeOrganizationInvitationRequest,
    ///     SentOrganizationInvitationListParams,
    /// };
    ///
    /// let invitations = clerk.organization_invitations();
    /// let request = CreateOrganizationInvitationRequest::new("ada@example.com", "org:member")
    ///     .redirect_url("https://example.com/welcome");
    /// let invitation = invitations.create_organization_invitation("org_1", request).await?;
    ///
    /// let pending = SentOrganizationInvitationListParams::new()
    ///     .status(OrganizationInvitationStatus::Pending);
    /// let page = invitations.list_organization_invitations("org_1", pending).await?;
    /// assert_eq!(page.data[0].id, invitation.id);
    ///
    /// let request = RevokeOrganizationInvitationRequest::new();
    /// let revoked =
    ///     invitations.revoke_organization_invitation("org_1", &invitation.id, request).await?;
    /// assert_eq!(revoked.status, OrganizationInvitationStatus::Revoked);
    /// # Ok(()) });
    /// ```
    ///
    /// # Operations
    ///
    /// | method | Clerk's operation | retried |
    /// |---|---|---|
    /// | [`create_organization_invitation`](Self::create_organization_invitation) | `CreateOrganizationInvitation` | no |
    /// | [`create_organization_invitation_bulk`](Self::create_organization_invitation_bulk) | `CreateOrganizationInvitationBulk` | no |
    /// | [`list_organization_invitations`](Self::list_organization_invitations) | `ListOrganizationInvitations` | yes |
    /// | [`list_pending_organization_invitations`](Self::list_pending_organization_invitations) (deprecated) | `ListPendingOrganizationInvitations` | yes |
    /// | [`list_instance_organization_invitations`](Self::list_instance_organization_invitations) | `ListInstanceOrganizationInvitations` | yes |
    /// | [`get_organization_invitation`](Self::get_organization_invitation) | `GetOrganizationInvitation` | yes |
    /// | [`revoke_organization_invitation`](Self::revoke_organization_invitation) | `RevokeOrganizationInvitation` | no |
    ///
    /// [`list_all_organization_invitations`](Self::list_all_organization_invitations),
    /// [`list_all_pending_organization_invitations`](Self::list_all_pending_organization_invitations)
    /// and
    /// [`list_all_instance_organization_invitations`](Self::list_all_instance_organization_invitations)
    /// page through the whole lists.
    ///
    /// # Errors
    ///
    /// - 400 or 422: Clerk refuses the request. [`code`](crate::Error::code) tells why, and
    ///   [`for_param`](crate::Error::for_param) returns the errors of one field.
    /// - 403 with the code `organization_not_enabled_in_instance`: organizations are disabled in
    ///   the instance.
    /// - The client sends no request if the id of an invitation is `bulk` or `pending`, because
    ///   Clerk has endpoints with these names.
    OrganizationInvitationsApi:
        self,
}

operations! {
    /// # Invitations
    impl OrganizationInvitationsApi = "Organization-Invitations";

    /// Creates an invitation to an organization. Clerk sends the invitation by e-mail if `notify`
    /// is true, which is the default.
    ///
    /// Anyone who has the `url` of the invitation can join the organization. If the invitee joins,
    /// Clerk copies the invitation's metadata to the new membership.
    CreateOrganizationInvitation: POST "/organizations/{organization_id}/invitations", once = "Call [`list_organization_invitations`](Self::list_organization_invitations) to see whether the invitation exists. If you invite the address again without this check, the invitee may get two e-mails.", [
        400 = "the address is already invited (`organization_invitation_not_unique`) or belongs to a member (`already_a_member_in_organization`), among other causes.",
        402,
        403 = "the organization has too many members (`organization_membership_quota_exceeded`), or the inviter is not an admin, among other causes.",
        404 = "the organization, the inviter or the role does not exist.",
        422,
    ], unsent = "the address is blank, the role is blank, or `expires_in_days` is not from 1 to 365.";
    fn create_organization_invitation(organization_id: OrganizationId, request: CreateOrganizationInvitationRequest) -> OrganizationInvitation;

    /// Creates 1 to 10 invitations to an organization. Clerk sends an invitation by e-mail if its
    /// `notify` is true, which is the default.
    ///
    /// Anyone who has the `url` of an invitation can join the organization. If an invitee joins,
    /// Clerk copies the invitation's metadata to the new membership.
    CreateOrganizationInvitationBulk: POST "/organizations/{organization_id}/invitations/bulk", once = "Call [`list_organization_invitations`](Self::list_organization_invitations) to see which invitations exist. If you invite the addresses again without this check, the invitees may get two e-mails.", [
        400 = "an address is already invited (`organization_invitation_not_unique`) or belongs to a member (`already_a_member_in_organization`), among other causes.",
        403 = "the organization has too many members (`organization_membership_quota_exceeded`), or an inviter is not an admin, among other causes.",
        404 = "the organization, an inviter or a role does not exist.",
        422,
    ], unsent = "the number of requests is not from 1 to 10, an address is blank, a role is blank, or an `expires_in_days` is not from 1 to 365.";
    fn create_organization_invitation_bulk(organization_id: OrganizationId, requests: Vec<CreateOrganizationInvitationRequest>) -> Page<OrganizationInvitation>;

    /// Lists the invitations of an organization, the newest first by default.
    ///
    /// The list does not include invitations that Clerk created because of an organization domain.
    ListOrganizationInvitations: GET "/organizations/{organization_id}/invitations", idempotent, [
        400,
        404 = "the organization does not exist.",
        422,
    ], unsent = "the `limit` is not from 1 to 500, or a filter is blank.";
    fn list_organization_invitations(organization_id: OrganizationId, params: SentOrganizationInvitationListParams) -> Page<OrganizationInvitation>,
        all list_all_organization_invitations(params);

    /// Lists the pending invitations of an organization, the newest first.
    ///
    /// The list does not include invitations that Clerk created because of an organization domain.
    #[deprecated = "use `list_organization_invitations` with the status `pending`"]
    ListPendingOrganizationInvitations: GET "/organizations/{organization_id}/invitations/pending", idempotent, [
        400,
        404 = "the organization does not exist.",
    ], unsent = "the `limit` is not from 1 to 500.";
    fn list_pending_organization_invitations(organization_id: OrganizationId, page: PageParams) -> Page<OrganizationInvitation>,
        all list_all_pending_organization_invitations(page);

    /// Lists the invitations of all organizations of the instance, the newest first by default.
    ListInstanceOrganizationInvitations: GET "/organization_invitations", idempotent, [400, 404, 422, 500],
        unsent = "the `limit` is not from 1 to 500, or a filter is blank.";
    fn list_instance_organization_invitations(params: InstanceOrganizationInvitationListParams) -> Page<OrganizationInvitation>,
        all list_all_instance_organization_invitations(params);

    /// Returns an invitation to an organization.
    GetOrganizationInvitation: GET "/organizations/{organization_id}/invitations/{invitation_id}", idempotent, [
        400, 403,
        404 = "the organization or the invitation does not exist.",
    ];
    fn get_organization_invitation(organization_id: OrganizationId, invitation_id: OrganizationInvitationId) -> OrganizationInvitation;

    /// Revokes a pending invitation. The invitee can no longer accept it.
    RevokeOrganizationInvitation: POST "/organizations/{organization_id}/invitations/{invitation_id}/revoke", once = "Call [`get_organization_invitation`](Self::get_organization_invitation) to see whether the invitation is revoked.", [
        400,
        403 = "the requesting user is not an admin, among other causes.",
        404 = "the organization or the invitation does not exist, or the invitation is not pending (`organization_invitation_not_pending`).",
    ];
    fn revoke_organization_invitation(organization_id: OrganizationId, invitation_id: OrganizationInvitationId, request: RevokeOrganizationInvitationRequest) -> OrganizationInvitation;
}

params! {
    /// The parameters of a list of an organization's invitations: filters, the order, the limit and
    /// the offset.
    SentOrganizationInvitationListParams paged 500 {
        /// Invitations with this status. To filter by several statuses, add each further status to
        /// the call with [`query`](crate::Call::query).
        status: OrganizationInvitationStatus,
        /// Invitations to this e-mail address.
        email_address: String,
        /// The order. Clerk's default is the newest first.
        order_by: OrganizationInvitationOrder,
    }
}

params! {
    /// The parameters of a list of the invitations of all organizations: filters, the order, the
    /// limit and the offset.
    InstanceOrganizationInvitationListParams paged 500 {
        /// The order. Clerk's default is the newest first.
        order_by: OrganizationInvitationOrder,
        /// Invitations with this status. To filter by several statuses, add each further status to
        /// the call with [`query`](crate::Call::query).
        status: OrganizationInvitationStatus,
        /// Invitations whose e-mail address matches this text.
        query: String,
    }
}

orders! {
    /// The properties by which invitations to organizations can be ordered.
    OrganizationInvitationOrderBy, OrganizationInvitationOrder {
        /// The time at which the invitation was created.
        CreatedAt = "created_at",
        /// The invited e-mail address.
        EmailAddress = "email_address",
    }
}

body! {
    /// The request body of
    /// [`create_organization_invitation`](crate::api::OrganizationInvitationsApi::create_organization_invitation),
    /// and an item of the body of
    /// [`create_organization_invitation_bulk`](crate::api::OrganizationInvitationsApi::create_organization_invitation_bulk).
    ///
    /// ```
    /// use clerk_client::requests::CreateOrganizationInvitationRequest;
    ///
    /// let request = CreateOrganizationInvitationRequest::new("ada@example.com", "org:member")
    ///     .inviter_user_id("user_1")
    ///     .expires_in_days(7);
    /// ```
    CreateOrganizationInvitationRequest(is_valid) bulk 10
    required {
        /// The e-mail address to invite.
        email_address: String,
        /// The key of the invitee's role, such as `org:member`.
        role: String,
    } and {
        /// The id of the inviting user, who must be an admin of the organization.
        inviter_user_id / clear_inviter_user_id: UserId,
        /// Metadata that both the frontend and the backend can see.
        public_metadata / clear_public_metadata: Metadata,
        /// Metadata that only the backend can see. Hidden from `Debug`.
        private_metadata / clear_private_metadata: Metadata = secret,
        /// The URL to which the link in the e-mail redirects the invitee.
        redirect_url / clear_redirect_url: String,
        /// The number of days after which the invitation expires: 1 to 365. Clerk's default is 30.
        expires_in_days / clear_expires_in_days: u32,
        /// Whether Clerk sends an e-mail. Clerk's default is yes.
        notify / clear_notify: bool,
    }
}

#[inline]
fn is_valid(request: &CreateOrganizationInvitationRequest) -> Result<(), String> {
    not_blank("email_address", &request.email_address)?;
    not_blank("role", &request.role)?;
    range("expires_in_days", request.expires_in_days.as_set(), 1..=365)
}

body! {
    /// The request body of
    /// [`revoke_organization_invitation`](crate::api::OrganizationInvitationsApi::revoke_organization_invitation).
    RevokeOrganizationInvitationRequest {
        /// The id of the revoking user, who must be an admin of the organization.
        requesting_user_id / clear_requesting_user_id: UserId,
    }
}

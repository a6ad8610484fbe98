//! The operations on invitations to sign up.

use crate::api::operations::{api, operations};
use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::models::page::{Page, PageItem};
use crate::requests::body::{body, not_blank};
use crate::requests::limits::range;
use crate::requests::order::orders;
use crate::requests::params::params;
use crate::types::id::id;
use crate::types::metadata::Metadata;
use crate::types::timestamp::Timestamp;

api! {
    /// The operations on invitations to sign up.
    /// [`Clerk::invitations`](crate::Clerk::invitations) returns this type.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// # let clerk = clerk_client::mock::FakeClerk::new().client();
    /// use clerk_client::models::InvitationStatus;
    /// use clerk_client::requests::{CreateInvitationRequest, InvitationListParams};
    ///
    /// let request = CreateInvitationRequest::new("ada@example.com").expires_in_days(7);
    /// let invitation = clerk.invitations().create_invitation(request).await?;
    ///
    /// let pending = InvitationListParams::new().status(InvitationStatus::Pending);
    /// let invitations = clerk.invitations().list_invitations(pending).await?;
    /// assert_eq!(invitations.data[0].id, invitation.id);
    ///
    /// let revoked = clerk.invitations().revoke_invitation(&invitation.id).await?;
    /// assert_eq!(revoked.status, InvitationStatus::Revoked);
    /// # Ok(()) });
    /// ```
    ///
    /// # Operations
    ///
    /// | method | Clerk's operation | retried |
    /// |---|---|---|
    /// | [`create_invitation`](Self::create_invitation) | `CreateInvitation` | no |
    /// | [`list_invitations`](Self::list_invitations) | `ListInvitations` | yes |
    /// | [`create_bulk_invitations`](Self::create_bulk_invitations) | `CreateBulkInvitations` | no |
    /// | [`revoke_invitation`](Self::revoke_invitation) | `RevokeInvitation` | no |
    ///
    /// # Errors
    ///
    /// - 400 or 422: Clerk refuses the request. [`code`](crate::Error::code) tells why, and
    ///   [`for_param`](crate::Error::for_param) returns the errors of one field.
    /// - The client sends no request if an id is `bulk`, the name of one of Clerk's endpoints.
    InvitationsApi:
        self,
}

operations! {
    /// # Invitations
    impl InvitationsApi = "Invitations";

    /// Creates an invitation to sign up. Clerk sends the invitation by e-mail if `notify` is true,
    /// which is the default.
    ///
    /// By default, Clerk refuses an address that is already invited or belongs to a user. If
    /// `ignore_existing` is true, Clerk accepts the address.
    CreateInvitation: POST "/invitations", once = "Call [`list_invitations`](Self::list_invitations) to see whether the invitation exists.", [
        400 = "the address is already invited (`duplicate_record`), among other causes.",
        422 = "the address belongs to a user (`form_identifier_exists`) or is malformed (`form_param_format_invalid`), among other causes. [`for_param`](crate::Error::for_param) returns the errors of one field.",
    ], unsent = "the address is blank, or `expires_in_days` is not from 1 to 365.";
    fn create_invitation(request: CreateInvitationRequest) -> Invitation;

    /// Lists the invitations. By default, the list has no revoked invitations.
    ListInvitations: GET "/invitations", idempotent, [], unsent = "the `limit` is not from 1 to 500.";
    fn list_invitations(params: InvitationListParams) -> Page<Invitation>,
        all list_all(params);

    /// Creates 1 to 10 invitations to sign up. Clerk sends an invitation by e-mail if its `notify`
    /// is true, which is the default.
    ///
    /// In this operation, `ignore_existing` allows addresses that are already invited, but not
    /// addresses of users.
    #[doc(alias = "bulk_create_invitations")]
    CreateBulkInvitations: POST "/invitations/bulk", once = "Call [`list_invitations`](Self::list_invitations) to see which invitations exist.", [
        400 = "an address is already invited (`duplicate_record`), among other causes.",
        422,
    ], unsent = "the number of requests is not from 1 to 10, an address is blank, or an `expires_in_days` is not from 1 to 365.";
    fn create_bulk_invitations(requests: Vec<CreateInvitationRequest>) -> Vec<Invitation>;

    /// Revokes an invitation: its link no longer works.
    ///
    /// The invitee can still sign up without the link, if the settings of the instance allow it.
    RevokeInvitation: POST "/invitations/{invitation_id}/revoke", once = "Repeat the call. The error `invitation_already_revoked` means that the invitation is revoked.", [
        400 = "the invitation is already accepted (`invitation_already_accepted`) or revoked (`invitation_already_revoked`).",
        404 = "the invitation does not exist.",
    ];
    fn revoke_invitation(invitation_id: InvitationId) -> Invitation;
}

id! {
    /// The id of an invitation to sign up: `inv_…`.
    InvitationId
}

params! {
    /// The parameters of a list of invitations: filters, the order, the limit and the offset.
    InvitationListParams paged 500 as paginated {
        /// Invitations with this status.
        status: InvitationStatus,
        /// A text to search for in the e-mail address and the id.
        query: String,
        /// The order. Clerk's default is the newest first.
        order_by: InvitationOrder,
    }
}

orders! {
    /// The properties by which invitations can be ordered.
    InvitationOrderBy, InvitationOrder {
        /// The creation time.
        CreatedAt = "created_at",
        /// The invited e-mail address.
        EmailAddress = "email_address",
        /// The time of expiry.
        ExpiresAt = "expires_at",
    }
}

body! {
    /// The request body of [`create_invitation`](crate::api::InvitationsApi::create_invitation),
    /// and an item of the body of
    /// [`create_bulk_invitations`](crate::api::InvitationsApi::create_bulk_invitations).
    CreateInvitationRequest(address_and_days) bulk 10
    required {
        /// The e-mail address to invite.
        email_address: String,
    } and {
        /// The public metadata that the user gets after signing up.
        public_metadata: Metadata,
        /// The URL to which the link of the invitation redirects the user. It is required if you
        /// use your own sign-up page instead of Clerk's.
        redirect_url: String,
        /// Whether Clerk sends the invitation by e-mail. Clerk's default is yes.
        notify / clear_notify: bool,
        /// Whether Clerk accepts an address that is already invited. In
        /// [`create_invitation`](crate::api::InvitationsApi::create_invitation), the field also
        /// decides whether Clerk accepts the address of a user. Clerk's default is no.
        ignore_existing / clear_ignore_existing: bool,
        /// The number of days until the invitation expires: 1 to 365. Clerk's default is 30.
        expires_in_days / clear_expires_in_days: u32,
        /// The template of the e-mail. Clerk's default is
        /// [`Invitation`](InvitationTemplateSlug::Invitation).
        template_slug: InvitationTemplateSlug,
    }
}

#[inline]
fn address_and_days(request: &CreateInvitationRequest) -> Result<(), String> {
    range("expires_in_days", request.expires_in_days.as_set(), 1..=365)?;
    not_blank("email_address", &request.email_address)
}

open_enum! {
    /// The template of an invitation's e-mail.
    InvitationTemplateSlug {
        Invitation = "invitation",
        /// The template for an address on the waitlist.
        WaitlistInvitation = "waitlist_invitation",
    }
}

model! {
    /// An invitation to sign up.
    Invitation("invitation") {
        /// The id of the invitation.
        id: InvitationId,
        /// The invited e-mail address.
        email_address: String,
        /// The public metadata that the user gets after signing up.
        public_metadata: Metadata,
        /// Whether the invitation is revoked.
        revoked: bool,
        /// The invitation's status.
        status: InvitationStatus,
        /// The URL that accepts the invitation; `None` if the response does not include it. Hidden
        /// from `Debug`: the URL is enough to accept the invitation.
        url: Option<String> = secret,
        /// The time of expiry; `None` if the invitation does not expire.
        expires_at: Option<Timestamp>,
        /// The creation time.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
    }
}

open_enum! {
    /// The status of an [`Invitation`].
    InvitationStatus {
        Pending = "pending",
        Accepted = "accepted",
        Revoked = "revoked",
        Expired = "expired",
    }
}

impl PageItem for Invitation {
    #[inline]
    fn key(&self) -> String {
        self.id.to_string()
    }
}

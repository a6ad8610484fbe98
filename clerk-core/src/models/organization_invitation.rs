use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::models::page::PageItem;
use crate::types::id::{OrganizationId, OrganizationInvitationId, UserId};
use crate::types::metadata::Metadata;
use crate::types::timestamp::Timestamp;

model! {
    /// An invitation to an organization, sent to an e-mail address.
    OrganizationInvitation("organization_invitation") {
        /// The id of the invitation.
        id: OrganizationInvitationId,
        /// The invited e-mail address.
        email_address: String,
        /// The key of the invitee's role, such as `org:member`.
        role: String,
        /// The name of the role.
        role_name: String,
        /// The id of the organization.
        organization_id: OrganizationId,
        /// The id of the inviter; `None` if the response does not include it.
        inviter_id: Option<String>,
        /// The inviter's public data; `None` if the response does not include it.
        public_inviter_data: Option<Box<OrganizationInvitationPublicUserData>>,
        /// The invitation's status.
        status: OrganizationInvitationStatus,
        /// Metadata that the frontend and the backend can read.
        public_metadata: Metadata,
        /// Metadata that only the backend can read. Hidden from `Debug`.
        private_metadata: Metadata = secret,
        /// The URL at which the invitee accepts the invitation. Hidden from `Debug`, because the
        /// URL is enough to accept the invitation. `None` if the response does not include it.
        url: Option<String> = secret,
        /// The time of expiry; `None` if the invitation does not expire.
        expires_at: Option<Timestamp>,
        /// The creation time.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
        /// The organization's public data; `None` if the response does not include it.
        public_organization_data: Option<Box<OrganizationInvitationPublicOrganizationData>> = optional,
        /// The id of the user who accepted the invitation; `None` if the invitation does not come
        /// from the webhook event `organizationInvitation.accepted`.
        user_id: Option<UserId> = optional,
        /// The data that a webhook event adds; `None` if the invitation comes from a response.
        data: Option<Box<OrganizationInvitationEventData>> = optional,
    }
}

model! {
    /// The public data of an inviter.
    ///
    /// A name is `None` if the inviter has none.
    OrganizationInvitationPublicUserData {
        /// The id of the user.
        user_id: UserId,
        /// The first name.
        first_name: Option<String>,
        /// The last name.
        last_name: Option<String>,
        /// The URL of the profile image.
        image_url: String,
        /// Whether the user has uploaded a profile image.
        has_image: bool,
        /// The user's identifier: an e-mail address, a phone number …
        identifier: String,
    }
}

model! {
    /// The public data of an organization in an invitation.
    ///
    /// An optional field is `None` if the organization has no such value.
    OrganizationInvitationPublicOrganizationData {
        /// The id of the organization.
        id: OrganizationId,
        /// The name.
        name: String,
        /// The URL slug.
        slug: Option<String> = optional,
        /// The URL of the logo.
        image_url: Option<String> = optional,
        /// Whether a logo has been uploaded.
        has_image: bool,
    }
}

model! {
    /// The data that a webhook event adds to an invitation.
    OrganizationInvitationEventData {
        /// The organization's public data; `None` if the event does not include it.
        public_organization_data: Option<Box<OrganizationInvitationPublicOrganizationData>>,
    }
}

open_enum! {
    /// The status of an [`OrganizationInvitation`].
    OrganizationInvitationStatus {
        Pending = "pending",
        Accepted = "accepted",
        Revoked = "revoked",
        Expired = "expired",
    }
}

impl PageItem for OrganizationInvitation {
    #[inline]
    fn key(&self) -> String {
        self.id.to_string()
    }
}

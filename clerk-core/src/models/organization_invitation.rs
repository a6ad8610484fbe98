use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::models::page::PageItem;
use crate::types::id::{OrganizationId, OrganizationInvitationId, UserId};
use crate::types::metadata::Metadata;
use crate::types::timestamp::Timestamp;

model! {
    /// An invitation of a user to an organization.
    OrganizationInvitation("organization_invitation") {
        /// The id of the invitation.
        id: OrganizationInvitationId,
        /// The e-mail address that was invited.
        email_address: String,
        /// The key of the role that the user is to have, such as `org:member`.
        role: String,
        /// What the role is called.
        role_name: String,
        /// The organization.
        organization_id: OrganizationId,
        /// Who invited.
        inviter_id: Option<String>,
        /// What others see of who invited.
        public_inviter_data: Option<Box<OrganizationInvitationPublicUserData>>,
        /// What became of it.
        status: OrganizationInvitationStatus,
        /// Metadata that both frontend and backend can see.
        public_metadata: Metadata,
        /// Metadata that only the backend can see. Hidden from `Debug`.
        private_metadata: Metadata = secret,
        /// Where it is accepted. Whoever has it can accept: hidden from `Debug`.
        url: Option<String> = secret,
        /// When it runs out; `None` where it does not.
        expires_at: Option<Timestamp>,
        /// When it was sent.
        created_at: Timestamp,
        /// When it was last changed.
        updated_at: Timestamp,
        /// What others see of the organization.
        public_organization_data: Option<Box<OrganizationInvitationPublicOrganizationData>> = optional,
    }
}

model! {
    /// What others see of the user who invited.
    OrganizationInvitationPublicUserData {
        /// The id of the user.
        user_id: UserId,
        /// The first name.
        first_name: Option<String>,
        /// The last name.
        last_name: Option<String>,
        /// Where the profile image is.
        image_url: String,
        /// Whether the user has a profile image of their own.
        has_image: bool,
        /// The identifier that the user is known by: an e-mail address, phone number …
        identifier: String,
    }
}

model! {
    /// What others see of an organization that invites.
    OrganizationInvitationPublicOrganizationData {
        /// The id of the organization.
        id: OrganizationId,
        /// What it is called.
        name: String,
        /// What it is called in URLs.
        slug: Option<String> = optional,
        /// Where its logo is.
        image_url: Option<String> = optional,
        /// Whether it has a logo of its own.
        has_image: bool,
    }
}

open_enum! {
    /// What became of an [`OrganizationInvitation`].
    OrganizationInvitationStatus {
        Pending = "pending",
        Accepted = "accepted",
        Revoked = "revoked",
        Expired = "expired",
    }
}

impl PageItem for OrganizationInvitation {
    fn key(&self) -> String {
        self.id.to_string()
    }
}

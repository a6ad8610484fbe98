use crate::models::organization_invitation::OrganizationInvitationStatus;
use crate::requests::params::params;

params! {
    /// The filter and the part of the list of a user's invitations to organizations.
    OrganizationInvitationListParams paged 500 {
        /// The status of the invitations to list.
        status: OrganizationInvitationStatus,
    }
}

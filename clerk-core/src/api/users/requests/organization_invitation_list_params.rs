use crate::models::organization_invitation::OrganizationInvitationStatus;
use crate::requests::params::params;

params! {
    /// The invitations of a user to list, and the part of the list.
    OrganizationInvitationListParams paged 500 {
        /// Only invitations with this status.
        status: OrganizationInvitationStatus,
    }
}

use crate::models::organization_invitation::OrganizationInvitationStatus;
use crate::requests::params::params;

params! {
    /// The parameters of a list of a user's invitations to organizations: a filter, the limit and
    /// the offset.
    OrganizationInvitationListParams paged 500 {
        /// The status of the invitations to list.
        status: OrganizationInvitationStatus,
    }
}

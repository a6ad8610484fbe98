//! The organizations of an instance. A membership is not stored here, but in the user who has it.

pub(crate) mod invitations;
pub(crate) mod memberships;
pub(crate) mod organization;
pub(crate) mod roles;

use clerk_core::models::{
    Organization, OrganizationDomain, OrganizationInvitation, Permission, Role,
};

use crate::fake::state::table::Table;

/// The organizations of an instance, with their invitations, domains, roles and permissions.
#[derive(Debug, Clone)]
pub(crate) struct Organizations {
    pub(crate) all: Table<Organization>,
    /// The invitations. An invitation with a `user_id` is for this user, and its e-mail address is
    /// ignored.
    pub(crate) invitations: Table<OrganizationInvitation>,
    pub(crate) domains: Table<OrganizationDomain>,
    pub(crate) roles: Table<Role>,
    pub(crate) permissions: Table<Permission>,
}

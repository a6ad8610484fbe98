//! The role and the permission of the application. You can also create them in Clerk's dashboard.

use clerk_client::requests::{
    CreateOrganizationPermissionRequest, CreateOrganizationRoleRequest, OrganizationRoleListParams,
};
use clerk_client::{Clerk, Error};

/// The permission to invite persons. Session tokens have only custom permissions, so the
/// application cannot use Clerk's own `org:sys_memberships:manage`.
pub const INVITE: &str = "org:team:invite";

/// A role with the permission [`INVITE`].
pub const RECRUITER: &str = "org:recruiter";

/// Creates the permission to invite, and the role of recruiters with this permission. Also gives
/// the permission to admins.
///
/// # Errors
///
/// Returns an error if a request fails, for example because the permission already exists.
pub async fn create(clerk: &Clerk) -> Result<(), Error> {
    let request = CreateOrganizationPermissionRequest::new("Invite persons", INVITE);
    let permissions = clerk.organization_permissions();
    let invite = permissions.create_organization_permission(request).await?;

    let roles = clerk.organization_roles();
    let recruiter = CreateOrganizationRoleRequest::new("Recruiter", RECRUITER);
    roles
        .create_organization_role(recruiter.permissions([&invite.id]))
        .await?;

    let admins = OrganizationRoleListParams::new().query("org:admin");
    let found = roles.list_organization_roles(admins).await?;
    for role in found.data.iter().filter(|role| role.key == "org:admin") {
        roles
            .assign_permission_to_organization_role(&role.id, &invite.id)
            .await?;
    }
    Ok(())
}

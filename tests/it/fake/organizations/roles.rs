//! Roles and permissions.

use clerk_client::Clerk;
use clerk_client::auth::Verifier;
use clerk_client::mock::{FakeClerk, FakeSession, FakeUser};
use clerk_client::models::Organization;
use clerk_client::requests::{
    CreateOrganizationPermissionRequest, CreateOrganizationRoleRequest, CreateRoleSetRequest,
    OrganizationMembershipListParams, OrganizationPermissionListParams, OrganizationRoleListParams,
    OrganizationRoleOrderBy, UpdateOrganizationMembershipRequest,
    UpdateOrganizationPermissionRequest, UpdateOrganizationRoleRequest,
};

/// Uses every operation on roles and permissions.
pub(super) async fn granted(clerk: &Clerk, engines: &Organization) {
    let roles = clerk.organization_roles();
    let permissions = clerk.organization_permissions();
    let request = CreateOrganizationPermissionRequest::new("Pay bills", "org:bills:pay");
    let pay = permissions
        .create_organization_permission(request)
        .await
        .unwrap();
    let request = CreateOrganizationRoleRequest::new("Accountant", "org:accountant");
    let role = roles.create_organization_role(request).await.unwrap();
    let assigned = roles
        .assign_permission_to_organization_role(&role.id, &pay.id)
        .await
        .unwrap();
    assert_eq!(assigned.permissions[0], pay);

    // The permissions of a member are those of the role, and change with the role.
    let memberships = clerk.organization_memberships();
    let id = &engines.id;
    let request = UpdateOrganizationMembershipRequest::new("org:accountant");
    let member = memberships.update_organization_membership(id, "user_alan", request);
    assert_eq!(member.await.unwrap().permissions, ["org:bills:pay"]);
    let request = UpdateOrganizationPermissionRequest::new().key("org:bills:sign");
    permissions
        .update_organization_permission(&pay.id, request)
        .await
        .unwrap();
    let request = UpdateOrganizationRoleRequest::new()
        .key("org:treasurer")
        .name("Treasurer");
    roles
        .update_organization_role(&role.id, request)
        .await
        .unwrap();
    let treasurers = OrganizationMembershipListParams::new().role(["org:treasurer"]);
    let page = memberships
        .list_organization_memberships(id, treasurers)
        .await
        .unwrap();
    assert_eq!(page.data[0].permissions, ["org:bills:sign"]);
    assert_eq!(page.data[0].role_name.as_deref(), Some("Treasurer"));

    let in_use = roles.delete_organization_role(&role.id).await.unwrap_err();
    assert_eq!(in_use.code(), Some("organization_role_assigned_members"));
    let request = UpdateOrganizationMembershipRequest::new("org:member");
    memberships
        .update_organization_membership(id, "user_alan", request)
        .await
        .unwrap();

    let by_key = OrganizationRoleListParams::new().order_by(OrganizationRoleOrderBy::Key);
    let page = roles.list_organization_roles(by_key).await.unwrap();
    let keys: Vec<&str> = page.data.iter().map(|role| &*role.key).collect();
    assert_eq!(keys, ["org:admin", "org:member", "org:treasurer"]);
    let removed = roles
        .remove_permission_from_organization_role(&role.id, &pay.id)
        .await
        .unwrap();
    assert!(removed.permissions.is_empty());
    assert_eq!(
        roles.get_organization_role(&role.id).await.unwrap(),
        removed
    );
    assert!(
        roles
            .delete_organization_role(&role.id)
            .await
            .unwrap()
            .deleted
    );

    let of_bills = OrganizationPermissionListParams::new().query("BILLS");
    let page = permissions
        .list_organization_permissions(of_bills)
        .await
        .unwrap();
    assert_eq!(page.total_count, Some(1));
    let found = permissions
        .get_organization_permission(&pay.id)
        .await
        .unwrap();
    assert_eq!(found.key, "org:bills:sign");
    assert!(
        permissions
            .delete_organization_permission(&pay.id)
            .await
            .unwrap()
            .deleted
    );
}

#[tokio::test]
async fn a_session_token_has_the_role_of_the_membership_at_that_time() {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada").member_of("org_engines", "org:member"));
    let clerk = fake.client();
    let session = fake.sign_in(FakeSession::new("user_ada").member_of("org_engines"));
    let verifier = Verifier::new(&clerk).unwrap();
    let claims = verifier.verify(session.token().expose()).await.unwrap();
    assert!(claims.has_role("org:member") && !claims.has_permission("org:bills:pay"));

    let request = CreateOrganizationPermissionRequest::new("Pay bills", "org:bills:pay");
    let permissions = clerk.organization_permissions();
    let pay = permissions
        .create_organization_permission(request)
        .await
        .unwrap();
    let request = CreateOrganizationRoleRequest::new("Accountant", "org:accountant");
    let roles = clerk.organization_roles();
    roles
        .create_organization_role(request.permissions([pay.id]))
        .await
        .unwrap();
    let request = UpdateOrganizationMembershipRequest::new("org:accountant");
    let memberships = clerk.organization_memberships();
    let updated = memberships.update_organization_membership("org_engines", "user_ada", request);
    updated.await.unwrap();
    // A fake that is created from the saved state has the same state.
    let again = FakeClerk::from_json(&fake.to_json().to_string()).unwrap();
    assert_eq!(again.to_json(), fake.to_json());
    let claims = verifier.verify(session.token().expose()).await.unwrap();
    assert!(claims.has_role("org:accountant") && claims.has_permission("org:bills:pay"));

    fake.remove_user("user_ada");
    fake.add(FakeUser::new("user_ada"));
    let stranger = fake.sign_in(FakeSession::new("user_ada").member_of("org_engines"));
    let claims = verifier.verify(stranger.token().expose()).await.unwrap();
    assert!(claims.organization.is_none());
}

#[tokio::test]
async fn a_role_set_shows_its_roles_as_they_are_now() {
    let clerk = FakeClerk::new().client();
    let request = CreateOrganizationRoleRequest::new("Accountant", "org:accountant");
    let roles = clerk.organization_roles();
    let role = roles.create_organization_role(request).await.unwrap();
    let keys = ["org:admin", "org:accountant"];
    let request = CreateRoleSetRequest::new("Firm", "org:accountant", "org:admin", keys);
    let set = clerk.role_sets().create_role_set(request).await.unwrap();
    let shown = |role: &clerk_client::models::RoleSetItem| {
        (role.id.clone(), role.name.clone(), role.key.clone())
    };
    let expected = (role.id.clone(), role.name, role.key);
    assert_eq!(shown(&set.roles[1]), expected);
    assert_eq!(shown(&set.default_role.unwrap()), expected);

    let request = UpdateOrganizationRoleRequest::new()
        .key("org:treasurer")
        .name("Treasurer");
    let role = roles
        .update_organization_role(&role.id, request)
        .await
        .unwrap();
    let set = clerk.role_sets().get_role_set(&set.id).await.unwrap();
    let expected = (role.id, "Treasurer".to_owned(), "org:treasurer".to_owned());
    assert_eq!(shown(&set.roles[1]), expected);
    assert_eq!(shown(&set.default_role.unwrap()), expected);
    assert_eq!(set.creator_role.unwrap().name, "Admin");
}

//! The operations on organizations that clerk-rs 0.4.2 does not have, or has without some
//! parameters.

use clerk_rs_05::apis::{
    organization_domains_api as domains, organization_invitations_api as invitations,
    organization_memberships_api as memberships, organization_permissions_api as permissions,
    organization_roles_api as roles, organizations_api as organizations, users_api as users,
};
use clerk_rs_05::models::{
    CreateOrganizationInvitationRequest, CreateOrganizationPermissionRequest,
    CreateOrganizationRoleRequest,
};
use serde_json::json;

use crate::sdk::{Sdk as _, lists, refused, request};
use crate::version_05::sdk::{Sdk, answer};
use crate::world::{image, serve};

#[tokio::test]
async fn an_organization_has_a_logo_domains_and_members_by_filter() {
    let server = serve().await;
    let clerk = Sdk::new(&server.url()).clerk.config;
    let navy = "org_navy";

    let user = Some(vec!["user_grace".to_owned()]);
    let by_name = Some("+name");
    let list = organizations::list_organizations(
        &clerk, None, None, None, user, None, by_name, None, None,
    );
    lists(&answer(list.await).unwrap(), &[navy, "org_univac"]);
    let counted = organizations::get_organization(&clerk, navy, Some(true), None)
        .await
        .unwrap();
    assert_eq!(counted.members_count, Some(1));
    let metadata = json!({ "public_metadata": { "only": true } });
    let replaced = organizations::replace_organization_metadata(&clerk, navy, request(metadata));
    assert_eq!(replaced.await.unwrap().public_metadata["only"], true);
    let by = Some("user_grace");
    let logo = organizations::upload_organization_logo(&clerk, navy, image("logo.png"), by);
    let logo = logo.await.unwrap();
    assert!(logo.has_image && logo.logo_url.is_some());
    assert!(
        !organizations::delete_organization_logo(&clerk, navy)
            .await
            .unwrap()
            .has_image
    );

    for (role, email, expected) in [
        ("org:admin", "grace@example.com", 1),
        ("org:member", "grace@example.com", 0),
        ("org:admin", "nobody@example.com", 0),
    ] {
        let role = Some(vec![role.to_owned()]);
        let email = Some(vec![email.to_owned()]);
        let page = memberships::list_organization_memberships(
            &clerk, navy, None, None, email, None, None, None, role, None, None, None, None, None,
            None, None, None, None, None, None,
        );
        assert_eq!(page.await.unwrap().total_count, expected);
    }
    let of_instance = memberships::instance_get_organization_memberships(&clerk, None, None, None);
    assert_eq!(of_instance.await.unwrap().total_count, 2);

    let domain = json!({
        "name": "navy.example",
        "enrollment_mode": "manual_invitation",
        "verified": true,
    });
    let domain = domains::create_organization_domain(&clerk, navy, request(domain)).await;
    let domain = domain.unwrap();
    assert_eq!(
        (domain.name.as_str(), domain.organization_id.as_str()),
        ("navy.example", navy)
    );
    let mode = json!({ "enrollment_mode": "automatic_suggestion" });
    let changed = domains::update_organization_domain(&clerk, navy, &domain.id, request(mode));
    let changed = answer(changed.await).unwrap();
    assert_eq!(changed["enrollment_mode"], "automatic_suggestion");
    let list = domains::list_organization_domains(&clerk, navy, None, None, None, None).await;
    lists(&answer(list).unwrap(), &[&domain.id]);
    let deleted = domains::delete_organization_domain(&clerk, navy, &domain.id).await;
    assert!(deleted.unwrap().deleted);
}

#[tokio::test]
async fn invitations_are_sent_in_bulk_and_found_by_status() {
    let server = serve().await;
    let sdk = Sdk::new(&server.url());
    let clerk = &sdk.clerk.config;
    let engines = sdk
        .create_organization(json!({ "name": "Engines" }))
        .await
        .unwrap();
    let engines = engines["id"].as_str().unwrap();

    let invite = |address: &str| {
        let role = "org:member".to_owned();
        CreateOrganizationInvitationRequest {
            expires_in_days: Some(Some(7)),
            ..CreateOrganizationInvitationRequest::new(address.to_owned(), role)
        }
    };
    let bulk = vec![invite("ada@example.com"), invite("grace@example.com")];
    let bulk = invitations::create_organization_invitation_bulk(clerk, engines, bulk).await;
    let bulk = bulk.unwrap().data;
    let [ada, grace] = bulk.as_slice() else {
        panic!("{bulk:?}");
    };
    assert_eq!(ada.email_address, "ada@example.com");
    assert_eq!(ada.expires_at, Some(ada.created_at + 7 * 86_400_000));
    let got = invitations::get_organization_invitation(clerk, engines, &ada.id)
        .await
        .unwrap();
    assert_eq!(got, *ada);
    let revoked = invitations::revoke_organization_invitation(clerk, engines, &ada.id, None).await;
    assert_eq!(revoked.unwrap().status.as_deref(), Some("revoked"));
    for (status, of) in [("pending", grace), ("revoked", ada)] {
        let list = invitations::list_organization_invitations;
        let list = list(clerk, engines, Some(status), None, None, None, None).await;
        lists(&answer(list).unwrap(), &[&of.id]);
        let list = invitations::list_instance_organization_invitations;
        let list = list(clerk, None, Some(status), None, None, None).await;
        lists(&answer(list).unwrap(), &[&of.id]);
    }
    let of_user = users::users_get_organization_invitations;
    let of_user = of_user(clerk, "user_grace", None, None, Some("pending"))
        .await
        .unwrap();
    let [of_user] = of_user.data.as_slice() else {
        panic!("{of_user:?}");
    };
    let organization = of_user.public_organization_data.as_ref().unwrap();
    assert_eq!(
        (&of_user.id, organization.id.as_str()),
        (&grace.id, engines)
    );
}

#[tokio::test]
async fn a_role_gives_its_permissions() {
    let server = serve().await;
    let sdk = Sdk::new(&server.url());
    let clerk = &sdk.clerk.config;

    let key = "org:docs:read";
    let create = CreateOrganizationPermissionRequest {
        description: Some("All".to_owned()),
        ..CreateOrganizationPermissionRequest::new("Read docs".to_owned(), key.to_owned())
    };
    let permission = permissions::create_organization_permission(clerk, create)
        .await
        .unwrap();
    assert_eq!(
        (permission.key.as_str(), permission.description.as_str()),
        (key, "All")
    );
    let create = CreateOrganizationRoleRequest {
        description: Some(Some("Reads".to_owned())),
        permissions: Some(Some(Vec::new())),
        ..CreateOrganizationRoleRequest::new("Reader".to_owned(), "org:reader".to_owned())
    };
    let role = roles::create_organization_role(clerk, create)
        .await
        .unwrap();
    assert_eq!(
        (role.key.as_str(), role.permissions.len()),
        ("org:reader", 0)
    );
    let assign = roles::assign_permission_to_organization_role;
    let assigned = assign(clerk, &role.id, &permission.id).await.unwrap();
    assert_eq!(assigned.permissions[0].key, key);

    let change = json!({ "role": "org:reader" });
    let reader = sdk
        .update_organization_membership("org_navy", "user_grace", change)
        .await;
    let reader = reader.unwrap();
    assert_eq!(
        (&reader["role"], &reader["permissions"]),
        (&json!("org:reader"), &json!([key]))
    );
    let remove = roles::remove_permission_from_organization_role;
    assert!(
        remove(clerk, &role.id, &permission.id)
            .await
            .unwrap()
            .permissions
            .is_empty()
    );
    let change = json!({ "role": "org:admin" });
    let admin = sdk
        .update_organization_membership("org_navy", "user_grace", change)
        .await;
    assert_eq!(admin.unwrap()["role"], "org:admin");
    let deleted = roles::delete_organization_role(clerk, &role.id)
        .await
        .unwrap();
    assert!(deleted.deleted);
    let gone = roles::get_organization_role(clerk, &role.id).await;
    refused(answer(gone), 404, "resource_not_found");
}

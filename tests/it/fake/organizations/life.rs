//! The lifecycle of an organization: creation, members, invitations, and deletion.

use std::time::Duration;

use clerk_client::Clerk;
use clerk_client::auth::Verifier;
use clerk_client::mock::{FakeClerk, FakeSession, FakeUser};
use clerk_client::models::{Organization, OrganizationInvitationStatus, OrganizationMembership};
use clerk_client::requests::{
    CreateOrganizationInvitationRequest, CreateOrganizationMembershipRequest,
    CreateOrganizationRequest, GetOrganizationParams, InstanceOrganizationInvitationListParams,
    InstanceOrganizationMembershipListParams, LogoImage, MergeOrganizationMetadataRequest,
    OrganizationInvitationListParams, OrganizationListParams, OrganizationMembershipListParams,
    OrganizationMembershipOrderBy, OrganizationOrderBy, PageParams, ProfileImage,
    ReplaceOrganizationMetadataRequest, RevokeOrganizationInvitationRequest,
    SentOrganizationInvitationListParams, UpdateOrganizationMembershipMetadataRequest,
    UpdateOrganizationMembershipRequest, UpdateOrganizationRequest,
};
use serde_json::{Value, json};

use super::domains::owned;
use super::roles::granted;
use crate::fake::checked::checked;

const DAY: Duration = Duration::from_secs(86_400);

fn people(fake: &FakeClerk) {
    for name in ["ada", "alan", "grace"] {
        let address = format!("{name}@example.com");
        let user = FakeUser::new(format!("user_{name}")).name(name, "Example");
        fake.add(user.email_address(&address));
        fake.clock().advance(Duration::from_secs(1));
    }
}

fn ids(page: impl IntoIterator<Item = OrganizationMembership>) -> Vec<String> {
    let users = page
        .into_iter()
        .map(|of| of.public_user_data.unwrap().user_id);
    users.map(|id| id.to_string()).collect()
}

/// Uses the operations on organizations that the fake models.
pub(crate) async fn live(fake: &FakeClerk, clerk: &Clerk) {
    people(fake);
    let engines = founded(clerk).await;
    joined(clerk, &engines).await;
    invited(fake, clerk, &engines).await;
    owned(clerk, &engines).await;
    granted(clerk, &engines).await;
    ended(fake, clerk, &engines).await;
}

async fn founded(clerk: &Clerk) -> Organization {
    let organizations = clerk.organizations();
    let request = CreateOrganizationRequest::new("Analytical Engines")
        .created_by("user_ada")
        .public_metadata(json!({ "plan": { "name": "pro", "seats": 5 } }));
    let engines = organizations.create_organization(request).await.unwrap();
    assert_eq!(engines.slug.as_deref(), Some("analytical-engines"));
    assert!(engines.admin_delete_enabled && engines.max_allowed_memberships == 5);
    assert_eq!(engines.created_by.as_deref(), Some("user_ada"));
    let id = &engines.id;

    let with_count = GetOrganizationParams::new()
        .include_members_count(true)
        .include_missing_member_with_elevated_permissions(true);
    let found = organizations
        .get_organization("analytical-engines", with_count)
        .await
        .unwrap();
    assert_eq!((&found.id, found.members_count), (id, Some(1)));
    assert_eq!(found.missing_member_with_elevated_permissions, Some(false));

    // Another organization has the slug of this name, so this organization gets a different slug.
    let again = CreateOrganizationRequest::new("Analytical Engines");
    let again = organizations.create_organization(again).await.unwrap();
    assert_eq!(again.slug.as_deref(), Some("analytical-engines-2"));
    let request = UpdateOrganizationRequest::new()
        .name("Looms")
        .slug("looms")
        .max_allowed_memberships(3)
        .admin_delete_enabled(false);
    let looms = organizations
        .update_organization(&again.id, request)
        .await
        .unwrap();
    assert_eq!(
        (&*looms.name, looms.slug.as_deref()),
        ("Looms", Some("looms"))
    );
    assert!(!looms.admin_delete_enabled && looms.max_allowed_memberships == 3);

    let listed = async |params: OrganizationListParams| {
        let page = organizations.list_organizations(params).await.unwrap();
        let names: Vec<String> = page.data.iter().map(|of| of.name.clone()).collect();
        (names.join(" "), page.total_count.unwrap())
    };
    let new = OrganizationListParams::new;
    for (params, names, total) in [
        (new(), "Looms Analytical Engines", 2),
        (new().limit(1), "Looms", 2),
        (new().query("LOOM"), "Looms", 1),
        (new().user_id(["user_ada"]), "Analytical Engines", 1),
        (new().exclude_user_id(["user_ada"]), "Looms", 1),
        (new().exclude_organization_id([id.clone()]), "Looms", 1),
        (
            new().order_by(OrganizationOrderBy::MembersCount.descending()),
            "Analytical Engines Looms",
            2,
        ),
    ] {
        assert_eq!(
            listed(params.clone()).await,
            (names.to_owned(), total),
            "{params:?}"
        );
    }

    let request = MergeOrganizationMetadataRequest::new()
        .public_metadata(json!({ "plan": { "seats": null } }));
    let merged = organizations
        .merge_organization_metadata(id, request)
        .await
        .unwrap();
    let metadata: Value = merged.public_metadata.get().unwrap();
    assert_eq!(metadata, json!({ "plan": { "name": "pro" } }));
    let request = ReplaceOrganizationMetadataRequest::new().public_metadata(json!({ "a": 1 }));
    let replaced = organizations
        .replace_organization_metadata(id, request)
        .await
        .unwrap();
    assert_eq!(
        replaced.public_metadata.get::<Value>().unwrap(),
        json!({ "a": 1 })
    );

    let logo = LogoImage::new(ProfileImage::new("logo.png", "image/png", "GIF89a"));
    let uploaded = organizations
        .upload_organization_logo(id, logo)
        .await
        .unwrap();
    assert!(uploaded.has_image && uploaded.logo_url == uploaded.image_url);
    let without = organizations.delete_organization_logo(id).await.unwrap();
    assert!(!without.has_image);
    organizations.delete_organization(&looms.id).await.unwrap();
    engines
}

async fn joined(clerk: &Clerk, engines: &Organization) {
    let memberships = clerk.organization_memberships();
    let id = &engines.id;
    let request = CreateOrganizationMembershipRequest::new("user_alan", "org:member")
        .public_metadata(json!({ "desk": 1 }));
    let alan = memberships
        .create_organization_membership(id, request)
        .await
        .unwrap();
    assert_eq!(alan.role_name.as_deref(), Some("Member"));
    assert_eq!(
        alan.permissions,
        ["org:sys_memberships:read", "org:sys_billing:read"]
    );
    assert_eq!(alan.organization.name, "Analytical Engines");

    let admin = UpdateOrganizationMembershipRequest::new("org:admin");
    let alan = memberships
        .update_organization_membership(id, "user_alan", admin)
        .await
        .unwrap();
    assert!(alan.role == "org:admin" && alan.permissions.len() > 2);
    let request =
        UpdateOrganizationMembershipMetadataRequest::new().public_metadata(json!({ "floor": 2 }));
    let alan = memberships.update_organization_membership_metadata(id, "user_alan", request);
    let metadata: Value = alan.await.unwrap().public_metadata.get().unwrap();
    assert_eq!(metadata, json!({ "desk": 1, "floor": 2 }));

    let new = OrganizationMembershipListParams::new;
    for (params, users) in [
        (new(), &["user_alan", "user_ada"][..]),
        (new().role(["org:member"]), &[]),
        (new().exclude_user_id(["user_ada"]), &["user_alan"]),
        (new().email_address(["ADA@example.com"]), &["user_ada"]),
        (new().name_query("alan ex"), &["user_alan"]),
        (
            new().order_by(OrganizationMembershipOrderBy::FirstName.ascending()),
            &["user_ada", "user_alan"],
        ),
    ] {
        let page = memberships
            .list_organization_memberships(id, params.clone())
            .await
            .unwrap();
        assert_eq!(ids(page), users, "{params:?}");
    }
    let all = InstanceOrganizationMembershipListParams::new();
    let all = memberships
        .instance_get_organization_memberships(all)
        .await
        .unwrap();
    assert_eq!(all.total_count, Some(2));

    // The list of a user's memberships has the same items as the list of the organization.
    let of_alan = clerk.users();
    let of_alan = of_alan.users_get_organization_memberships("user_alan", PageParams::new());
    let in_list = memberships.list_organization_memberships(id, new().user_id(["user_alan"]));
    assert_eq!(of_alan.await.unwrap().data, in_list.await.unwrap().data);
}

async fn invited(fake: &FakeClerk, clerk: &Clerk, engines: &Organization) {
    let invitations = clerk.organization_invitations();
    let id = &engines.id;
    let invite = |name: &str| {
        CreateOrganizationInvitationRequest::new(format!("{name}@example.com"), "org:member")
            .inviter_user_id("user_ada")
            .public_metadata(json!({ "via": "mail" }))
    };
    let grace = invitations
        .create_organization_invitation(id, invite("grace"))
        .await
        .unwrap();
    assert_eq!(
        grace.public_inviter_data.as_ref().unwrap().identifier,
        "ada@example.com"
    );
    assert!(grace.url.is_some());
    let others = vec![invite("joan"), invite("mary")];
    let others = invitations
        .create_organization_invitation_bulk(id, others)
        .await
        .unwrap()
        .data;
    assert_eq!(others.len(), 2);

    // Two members and three invitations reach the limit of five. After a revocation, only one of
    // two more invitations would fit. So the fake refuses both.
    let users = clerk.users();
    let revoke = RevokeOrganizationInvitationRequest::new().requesting_user_id("user_alan");
    let revoked = invitations.revoke_organization_invitation(id, &others[1].id, revoke);
    assert_eq!(
        revoked.await.unwrap().status,
        OrganizationInvitationStatus::Revoked
    );
    let too_many = vec![invite("edith"), invite("klara")];
    let refused = invitations
        .create_organization_invitation_bulk(id, too_many)
        .await;
    let code = "organization_membership_quota_exceeded";
    assert_eq!(refused.unwrap_err().code(), Some(code));

    let shown = users
        .users_get_organization_invitations("user_grace", OrganizationInvitationListParams::new());
    let shown = shown.await.unwrap().data;
    assert_eq!(shown[0].id, grace.id);
    let organization = shown[0].public_organization_data.as_ref().unwrap();
    assert_eq!(organization.name, "Analytical Engines");

    let membership = fake.accept_organization_invitation(&grace.id);
    assert_eq!(membership.public_user_data.unwrap().user_id, "user_grace");
    assert_eq!(
        membership.public_metadata.get::<Value>().unwrap(),
        json!({ "via": "mail" })
    );
    let grace = invitations
        .get_organization_invitation(id, &grace.id)
        .await
        .unwrap();
    assert_eq!(grace.status, OrganizationInvitationStatus::Accepted);

    // After 30 days, the last pending invitation has expired.
    fake.clock().advance(30 * DAY);
    let new = SentOrganizationInvitationListParams::new;
    for (params, expected) in [
        (new(), vec![&others[1].id, &others[0].id, &grace.id]),
        (new().status(OrganizationInvitationStatus::Pending), vec![]),
        (
            new().status(OrganizationInvitationStatus::Expired),
            vec![&others[0].id],
        ),
        (new().email_address("mary@example.com"), vec![&others[1].id]),
    ] {
        let page = invitations
            .list_organization_invitations(id, params.clone())
            .await
            .unwrap();
        let found: Vec<_> = page.data.iter().map(|of| &of.id).collect();
        assert_eq!(found, expected, "{params:?}");
    }
    let expired = new().status(OrganizationInvitationStatus::Expired);
    let or_revoked = invitations
        .list_organization_invitations(id, expired)
        .query("status", "revoked");
    assert_eq!(or_revoked.await.unwrap().total_count, Some(2));
    #[allow(deprecated)]
    let pending = invitations.list_pending_organization_invitations(id, PageParams::new());
    assert_eq!(pending.await.unwrap().total_count, Some(0));
    let of_mary = InstanceOrganizationInvitationListParams::new().query("MARY");
    let of_mary = invitations
        .list_instance_organization_invitations(of_mary)
        .await
        .unwrap();
    assert_eq!(of_mary.total_count, Some(1));
    let organization = of_mary.data[0].public_organization_data.as_ref();
    assert_eq!(organization.map(|of| &of.id), Some(id));
}

async fn ended(fake: &FakeClerk, clerk: &Clerk, engines: &Organization) {
    let id = &engines.id;
    let session = FakeSession::new("user_grace").organization(id.clone(), "org:member");
    let session = fake.sign_in(session);
    let memberships = clerk.organization_memberships();
    let left = memberships
        .delete_organization_membership(id, "user_alan")
        .await
        .unwrap();
    assert_eq!(left.public_user_data.unwrap().user_id, "user_alan");
    clerk.users().delete_user("user_ada").await.unwrap();
    let members = OrganizationMembershipListParams::new();
    let members = memberships
        .list_organization_memberships(id, members)
        .await
        .unwrap();
    assert_eq!(ids(members), ["user_grace"]);
    // As in Clerk, an organization can lose its last admin.
    let params =
        GetOrganizationParams::new().include_missing_member_with_elevated_permissions(true);
    let found = clerk
        .organizations()
        .get_organization(id, params)
        .await
        .unwrap();
    assert_eq!(found.missing_member_with_elevated_permissions, Some(true));

    assert!(
        clerk
            .organizations()
            .delete_organization(id)
            .await
            .unwrap()
            .deleted
    );
    assert!(fake.organization(id).is_none());
    let users = clerk.users();
    let left = users.users_get_organization_memberships("user_grace", PageParams::new());
    assert_eq!(left.await.unwrap().total_count, Some(0));
    let left = InstanceOrganizationInvitationListParams::new();
    let left = clerk
        .organization_invitations()
        .list_instance_organization_invitations(left);
    assert_eq!(left.await.unwrap().total_count, Some(0));
    let verifier = Verifier::new(&fake.client()).unwrap();
    let claims = verifier.verify(session.token().expose()).await.unwrap();
    assert!(claims.organization.is_none());
}

#[tokio::test]
async fn an_organization_lives_until_it_is_deleted_with_all_that_it_has() {
    let fake = FakeClerk::new();
    live(&fake, &checked(&fake)).await;
}

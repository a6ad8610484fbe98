//! Organizations that a test sets up, and their snapshots.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use clerk_client::mock::{FakeClerk, FakeUser};
use clerk_client::models::{
    Organization, OrganizationInvitation, OrganizationInvitationPublicOrganizationData,
    OrganizationInvitationStatus, OrganizationMembership,
};
use clerk_client::requests::{
    GetOrganizationParams, OrganizationMembershipListParams, SentOrganizationInvitationListParams,
};
use serde_json::json;

use crate::fake::checked::checked;
use crate::fake::refusals::request;

#[tokio::test]
async fn organizations_of_a_user_who_is_added_exist() {
    let fake = FakeClerk::new();
    let ada = FakeUser::new("user_ada").email_address("ada@example.com");
    fake.add(
        ada.member_of("org_engines", "org:accountant")
            .invited_to("org_navy", "org:member"),
    );
    let clerk = checked(&fake);
    let none = GetOrganizationParams::new();
    for id in ["org_engines", "org_navy"] {
        assert_eq!(
            clerk
                .organizations()
                .get_organization(id, none.clone())
                .await
                .unwrap()
                .id,
            id
        );
    }
    let members = OrganizationMembershipListParams::new();
    let members = clerk
        .organization_memberships()
        .list_organization_memberships("org_engines", members);
    let member = members.await.unwrap().data.remove(0);
    assert_eq!(
        (&*member.role, member.role_name.as_deref()),
        ("org:accountant", Some("Accountant"))
    );

    let sent = SentOrganizationInvitationListParams::new();
    let sent = clerk
        .organization_invitations()
        .list_organization_invitations("org_navy", sent);
    let sent = sent.await.unwrap().data.remove(0);
    assert_eq!(sent.email_address, "ada@example.com");
    assert_eq!(
        fake.accept_organization_invitation(&sent.id)
            .organization
            .id,
        "org_navy"
    );

    // A snapshot, in memory or as JSON, contains all organizations.
    let state = fake.to_json();
    let again = FakeClerk::from_json(&state.to_string()).unwrap();
    assert_eq!(again.to_json(), state);
    let before = fake.clone();
    clerk
        .organizations()
        .delete_organization("org_navy")
        .await
        .unwrap();
    assert!(before.organization("org_navy").is_some() && fake.organization("org_navy").is_none());
}

#[test]
fn an_organization_that_is_replaced_keeps_the_slug_of_its_name() {
    let fake = FakeClerk::new();
    let mut engines = Organization::new("org_engines");
    engines.name = "Analytical Engines".into();
    for limit in [1, 2] {
        engines.max_allowed_memberships = limit;
        fake.add_organization(engines.clone());
        let engines = fake.organization("analytical-engines").unwrap();
        assert_eq!(engines.max_allowed_memberships, limit);
    }
    engines.id = "org_others".into();
    fake.add_organization(engines);
    let others = fake.organization("org_others").unwrap();
    assert_eq!(others.slug.as_deref(), Some("analytical-engines-2"));
}

#[test]
fn an_organization_that_was_read_with_its_count_of_members_does_not_keep_the_count() {
    let fake = FakeClerk::new();
    let mut engines = Organization::new("org_engines");
    engines.members_count = Some(7);
    engines.missing_member_with_elevated_permissions = Some(false);
    fake.add_organization(engines);
    fake.add(FakeUser::new("user_ada").member_of("org_engines", "org:member"));
    let kept = fake.organization("org_engines").unwrap();
    assert_eq!(kept.members_count, None);
    assert_eq!(kept.missing_member_with_elevated_permissions, None);
    let path = "/v1/organizations/org_engines?include_members_count=true";
    let (_, shown, _) = request("GET", path).send(&fake);
    assert_eq!(shown["members_count"], 1);
}

#[test]
fn an_invitation_without_an_address_goes_to_the_first_address_of_the_user() {
    let fake = FakeClerk::new();
    // The address is added after the invitation.
    let ada = FakeUser::new("user_ada").invited_to("org_navy", "org:member");
    let ada = ada.email_address("ada@example.com");
    fake.add(ada.email_address("countess@example.com"));
    let mut invitation = OrganizationInvitation::default();
    invitation.organization_id = "org_navy".into();
    invitation.role = "org:admin".into();
    assert!(fake.add_organization_invitation("user_ada", invitation));
    let (_, page, _) = request("GET", "/v1/organizations/org_navy/invitations").send(&fake);
    let all = page["data"].as_array().unwrap();
    assert_eq!(all.len(), 2);
    for invitation in all {
        assert_eq!(invitation["email_address"], "ada@example.com");
    }
}

#[test]
fn a_user_has_one_membership_in_an_organization() {
    let fake = FakeClerk::new();
    fake.add(
        FakeUser::new("user_ada")
            .member_of("org_1", "org:member")
            .member_of("org_2", "org:member")
            .member_of("org_1", "org:admin")
            .member_of("org_3", "org:member"),
    );
    let memberships = || {
        let path = "/v1/users/user_ada/organization_memberships";
        let (_, page, _) = request("GET", path).send(&fake);
        let all = page["data"].as_array().unwrap().iter();
        let all = all.map(|of| {
            let [id, role] = [&of["id"], &of["role"]].map(|text| text.as_str().unwrap());
            let organization = of["organization"]["id"].as_str().unwrap();
            format!("{organization} {id} {role}")
        });
        all.collect::<BTreeSet<_>>()
    };
    let [first, second, third] = [
        "org_1 orgmem_ada_1 org:admin",
        "org_2 orgmem_ada_2 org:member",
        "org_3 orgmem_ada_3 org:member",
    ]
    .map(str::to_owned);
    assert_eq!(
        memberships(),
        BTreeSet::from([first.clone(), second, third.clone()])
    );
    let mut membership = OrganizationMembership::new("orgmem_new");
    membership.organization = Organization::new("org_2");
    membership.role = "org:admin".into();
    assert!(fake.add_membership("user_ada", membership));
    let second = "org_2 orgmem_new org:admin".to_owned();
    assert_eq!(memberships(), BTreeSet::from([first, second, third]));
}

#[test]
fn organizations_can_be_seeded() {
    let fake = FakeClerk::from_json(
        r#"{
            "organizations": [{ "id": "org_engines", "name": "Engines", "max_allowed_memberships": 1 }],
            "users": [{ "id": "user_ada", "organizations": { "org_engines": "org:admin" } }]
        }"#,
    )
    .unwrap();
    let engines = fake.organization("engines").unwrap();
    assert_eq!(
        (engines.id.as_str(), engines.max_allowed_memberships),
        ("org_engines", 1)
    );
    for (seed, place) in [
        (
            r#"{ "organizations": [{ "name": "Engines" }] }"#,
            "organizations[0]",
        ),
        (r#"{ "organizations": [{ "id": "" }] }"#, "organizations[0]"),
        (r#"{ "users": [{ "id": "" }] }"#, "users[0]"),
    ] {
        let error = FakeClerk::from_json(seed).unwrap_err().to_string();
        assert_eq!(error, format!("invalid seed: {place}: `id` is missing"));
    }
}

#[test]
fn the_missing_data_of_a_seed_is_set() {
    let seed = json!({
        "time": "2026-03-01T12:00:00Z",
        "organizations": [{ "id": "org_1" }],
        "organization_domains": [
            { "id": "orgdmn_1", "organization_id": "org_1", "name": "example.com" },
        ],
        "organization_invitations": [{
            "id": "orginv_1",
            "organization_id": "org_1",
            "email_address": "ada@example.com",
            "role": "org:member",
        }],
        "organization_permissions": [{ "id": "perm_1", "key": "org:docs:read" }],
        "organization_roles": [{ "id": "role_1", "key": "org:docs_reader" }],
    });
    let fake = FakeClerk::from_json(&seed.to_string()).unwrap();
    let state = fake.to_json();
    for (kind, id, name, value) in [
        (
            "organization_domains",
            "orgdmn_1",
            "enrollment_mode",
            "manual_invitation",
        ),
        ("organization_invitations", "orginv_1", "status", "pending"),
        ("organization_permissions", "perm_1", "type", "user"),
        ("organization_roles", "role_1", "name", "Docs reader"),
    ] {
        let all = state[kind].as_array().unwrap();
        let object = all.iter().find(|of| of["id"] == id).unwrap();
        assert_eq!(object[name], value, "{kind}");
        for time in ["created_at", "updated_at"] {
            assert_eq!(object[time], fake.time().as_millis(), "{kind}");
        }
    }
    fake.add(FakeUser::new("user_ada").email_address("ada@example.com"));
    fake.accept_organization_invitation("orginv_1");
}

#[test]
fn a_role_or_permission_of_a_seed_replaces_the_one_with_its_key() {
    let read = "org:sys_memberships:read";
    let seed = json!({
        "organization_permissions": [{ "id": "perm_1", "key": read, "name": "See members" }],
        "organization_roles": [{
            "id": "role_1",
            "key": "org:admin",
            "name": "Chief",
            "permissions": [{ "id": "perm_2", "key": "org:docs:read" }],
        }],
        "users": [{ "id": "user_ada", "organizations": { "org_1": "org:admin" } }],
    });
    let fake = FakeClerk::from_json(&seed.to_string()).unwrap();
    let state = fake.to_json();
    let with_key = |kind: &str, key: &str| {
        let all = state[kind].as_array().unwrap().iter();
        let ids = all.filter(|of| of["key"] == key).map(|of| &of["id"]);
        ids.cloned().collect::<Vec<_>>()
    };
    assert_eq!(with_key("organization_roles", "org:admin"), ["role_1"]);
    assert_eq!(with_key("organization_permissions", read), ["perm_1"]);
    let member = &state["organization_roles"][0];
    assert_eq!(member["id"], "role_member");
    let mut permissions = member["permissions"].as_array().unwrap().iter();
    assert!(permissions.any(|of| of["id"] == "perm_1"), "{member}");

    let path = "/v1/organizations/org_1/memberships";
    let (_, page, _) = request("GET", path).send(&fake);
    assert_eq!(page["data"][0]["role_name"], "Chief");
    assert_eq!(page["data"][0]["permissions"], json!(["org:docs:read"]));
    let again = FakeClerk::from_json(&state.to_string()).unwrap();
    assert_eq!(again.to_json(), state);
}

#[test]
fn only_a_pending_invitation_adds_its_role() {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada"));
    for (status, count) in [("revoked", 0), ("pending", 1)] {
        let mut invitation = OrganizationInvitation::default();
        invitation.id = format!("orginv_{status}").into();
        invitation.organization_id = "org_engines".into();
        invitation.role = "org:chief".into();
        invitation.role_name = "Chief engineer".into();
        invitation.status = status.into();
        fake.add_organization_invitation("user_ada", invitation);
        let (_, roles, _) = request("GET", "/v1/organization_roles?query=org:chief").send(&fake);
        assert_eq!(roles["total_count"], count, "{status}");
        let path = format!("/v1/organizations/org_engines/invitations/orginv_{status}");
        let (_, shown, _) = request("GET", &path).send(&fake);
        assert_eq!(shown["role_name"], "Chief engineer", "{status}");
    }
}

#[test]
#[should_panic(expected = "cannot accept the invitation orginv_1: it is revoked")]
fn a_revoked_invitation_cannot_be_accepted() {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada"));
    let mut invitation = OrganizationInvitation::default();
    invitation.id = "orginv_1".into();
    invitation.status = OrganizationInvitationStatus::Revoked;
    fake.add_organization_invitation("user_ada", invitation);
    fake.accept_organization_invitation("orginv_1");
}

#[test]
fn only_lists_of_users_and_of_the_instance_have_the_current_data_of_the_organization() {
    let fake = FakeClerk::new();
    let mut engines = Organization::new("org_engines");
    engines.name = "Engines".into();
    fake.add_organization(engines);
    fake.add(FakeUser::new("user_ada"));
    let mut invitation = OrganizationInvitation::default();
    invitation.organization_id = "org_engines".into();
    invitation.status = OrganizationInvitationStatus::Pending;
    let mut outdated = OrganizationInvitationPublicOrganizationData::default();
    outdated.name = "Looms".into();
    invitation.public_organization_data = Some(Box::new(outdated));
    fake.add_organization_invitation("user_ada", invitation);
    for (path, expected) in [
        ("organization_invitations", Some("Engines")),
        ("users/user_ada/organization_invitations", Some("Engines")),
        ("organizations/org_engines/invitations", None),
        ("organizations/org_engines/invitations/pending", None),
    ] {
        let (_, page, _) = request("GET", &format!("/v1/{path}")).send(&fake);
        assert_eq!(page["total_count"], 1, "{path}: {page}");
        let organization = &page["data"][0]["public_organization_data"];
        assert_eq!(organization["name"].as_str(), expected, "{path}: {page}");
    }
}

#[test]
fn an_invitation_of_an_unknown_user_stays_pending() {
    let seed = json!({ "organization_invitations": [{
        "id": "orginv_1", "organization_id": "org_1", "user_id": "user_1", "status": "pending",
    }] });
    let fake = FakeClerk::from_json(&seed.to_string()).unwrap();
    let accept = AssertUnwindSafe(|| fake.accept_organization_invitation("orginv_1"));
    let panic = catch_unwind(accept).unwrap_err();
    let text = panic.downcast_ref::<String>().unwrap();
    assert!(text.ends_with("the user user_1 does not exist"), "{text}");
    let invitation = &fake.to_json()["organization_invitations"][0];
    assert_eq!(invitation["status"], "pending");
}

//! The data of members and invitations that depends on the role, the user and the inviter.

use clerk_client::mock::{FakeClerk, FakeUser};
use clerk_client::models::{
    Organization, OrganizationInvitation, OrganizationInvitationStatus, OrganizationMembership,
    OrganizationMembershipPublicUserData,
};
use serde_json::{Value, json};

use crate::fake::refusals::request;

fn change(fake: &FakeClerk, path: &str, body: &Value) {
    let path = format!("/v1/{path}");
    let (status, response, _) = request("PATCH", &path).body(&body.to_string()).send(fake);
    assert_eq!(status, 200, "{path}: {response}");
}

/// Returns the first object of a list.
fn first(fake: &FakeClerk, path: &str) -> Value {
    let (status, page, _) = request("GET", &format!("/v1/{path}")).send(fake);
    assert_eq!(status, 200, "{path}: {page}");
    page["data"][0].clone()
}

/// Returns the data of a membership and its user, and the data of an invitation and its inviter:
/// the name of the role, the first name and the identifier.
fn shown(fake: &FakeClerk) -> [Value; 2] {
    let member = first(fake, "organizations/org_engines/memberships");
    let invitation = first(fake, "organizations/org_engines/invitations");
    [
        (&member, "public_user_data"),
        (&invitation, "public_inviter_data"),
    ]
    .map(|(object, of_user)| {
        let user = &object[of_user];
        json!([object["role_name"], user["first_name"], user["identifier"]])
    })
}

#[test]
fn members_and_invitations_have_the_current_data_of_the_role_and_the_user() {
    let fake = FakeClerk::new();
    let ada = FakeUser::new("user_ada").name("Ada", "Lovelace");
    let ada = ada.email_address("ada@example.com");
    fake.add(ada.email_address("countess@example.com"));
    fake.add(FakeUser::new("user_alan"));
    let mut membership = OrganizationMembership::new("orgmem_1");
    membership.organization = Organization::new("org_engines");
    membership.role = "org:chief".into();
    membership.role_name = Some("Chief engineer".into());
    let mut outdated = OrganizationMembershipPublicUserData::default();
    outdated.first_name = Some("Augusta".into());
    membership.public_user_data = Some(Box::new(outdated));
    assert!(fake.add_membership("user_ada", membership));
    let mut invitation = OrganizationInvitation::default();
    invitation.organization_id = "org_engines".into();
    invitation.role = "org:chief".into();
    invitation.role_name = "Apprentice".into();
    invitation.inviter_id = Some("user_ada".into());
    invitation.status = OrganizationInvitationStatus::Pending;
    assert!(fake.add_organization_invitation("user_alan", invitation));
    // The role did not exist, so the fake added it with the name in the membership.
    let both = json!(["Chief engineer", "Ada", "ada@example.com"]);
    assert_eq!(shown(&fake), [both.clone(), both]);

    let role = first(&fake, "organization_roles?query=org:chief");
    let path = format!("organization_roles/{}", role["id"].as_str().unwrap());
    change(&fake, &path, &json!({ "name": "Captain" }));
    fake.edit("user_ada", |ada| {
        ada.first_name = Some("Augusta Ada".into());
        ada.primary_email_address_id = Some(ada.email_addresses[1].id.clone());
    });
    let both = json!(["Captain", "Augusta Ada", "countess@example.com"]);
    assert_eq!(shown(&fake), [both.clone(), both]);

    let path = "organizations/org_engines/memberships/user_ada";
    change(&fake, path, &json!({ "role": "org:member" }));
    let [member, _] = shown(&fake);
    assert_eq!(member[0], "Member");
}

#[test]
fn a_primary_identifier_comes_before_the_first_ones() {
    let new = || FakeUser::new("user_1").username("ada_l");
    let (email, phone) = ("a@example.com", "+15555550100");
    for (user, expected) in [
        (new().email_address(email).phone_number(phone), email),
        (
            new().unverified_email_address(email).phone_number(phone),
            phone,
        ),
        (new().unverified_email_address(email), email),
        (new(), "ada_l"),
    ] {
        let fake = FakeClerk::new();
        fake.add(user.member_of("org_1", "org:member"));
        let member = first(&fake, "organizations/org_1/memberships");
        assert_eq!(member["public_user_data"]["identifier"], expected);
    }
}

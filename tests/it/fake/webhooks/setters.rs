//! The webhooks for the changes that a test makes with the methods of `FakeClerk`.

use clerk_client::mock::{FakeClerk, FakeSession, FakeUser};
use clerk_client::models::{
    Organization, OrganizationInvitation, OrganizationInvitationStatus, OrganizationMembership,
};

use super::verified;

/// A method that changes something, and the types of its events.
type Row = (&'static str, fn(&FakeClerk), &'static [&'static str]);

fn set_up() -> FakeClerk {
    let fake = FakeClerk::new();
    fake.add(
        FakeUser::new("user_ada")
            .email_address("ada@example.com")
            .member_of("org_1", "org:admin"),
    );
    let mut invitation = OrganizationInvitation::default();
    invitation.id = "orginv_1".into();
    invitation.organization_id = "org_1".into();
    invitation.role = "org:member".into();
    invitation.status = OrganizationInvitationStatus::Pending;
    fake.add(FakeUser::new("user_eve").email_address("eve@example.com"));
    fake.add_organization_invitation("user_eve", invitation);
    fake
}

fn membership() -> OrganizationMembership {
    let mut membership = OrganizationMembership::new("orgmem_1");
    membership.organization = Organization::new("org_2");
    membership.role = "org:poet".into();
    membership
}

const ROWS: [Row; 13] = [
    (
        "add: a user",
        |fake| fake.add(FakeUser::new("user_alan")),
        &["user.created"],
    ),
    (
        "add: a user who replaces another",
        |fake| fake.add(FakeUser::new("user_eve").username("eve")),
        &["user.updated"],
    ),
    (
        "add: a user with an organization and a role that are new",
        |fake| fake.add(FakeUser::new("user_alan").member_of("org_2", "org:poet")),
        &[
            "role.created",
            "user.created",
            "organization.created",
            "organizationMembership.created",
        ],
    ),
    (
        "remove_user",
        |fake| drop(fake.remove_user("user_ada").unwrap()),
        &["organizationMembership.deleted", "user.deleted"],
    ),
    (
        "add_trusted_device: no part of a user",
        |fake| {
            let device = clerk_client::models::TrustedDevice::new("device_1");
            assert!(fake.add_trusted_device("user_ada", device));
        },
        &[],
    ),
    (
        "add_organization",
        |fake| fake.add_organization(Organization::new("org_2")),
        &["organization.created"],
    ),
    (
        "add_membership",
        |fake| assert!(fake.add_membership("user_eve", membership())),
        &[
            "role.created",
            "organization.created",
            "organizationMembership.created",
        ],
    ),
    (
        "add_organization_invitation",
        |fake| {
            let mut invitation = OrganizationInvitation::default();
            invitation.id = "orginv_2".into();
            invitation.organization_id = "org_1".into();
            invitation.role = "org:member".into();
            invitation.status = OrganizationInvitationStatus::Pending;
            assert!(fake.add_organization_invitation("user_ada", invitation));
        },
        &["organizationInvitation.created"],
    ),
    (
        "accept_organization_invitation",
        |fake| {
            let accepted = fake.accept_organization_invitation("orginv_1");
            assert_eq!(accepted.organization.id, "org_1");
        },
        &[
            "organizationInvitation.accepted",
            "organizationMembership.created",
        ],
    ),
    (
        "sign_in",
        |fake| drop(fake.sign_in("user_ada")),
        &["session.created"],
    ),
    (
        "sign_in: a pending session",
        |fake| drop(fake.sign_in(FakeSession::new("user_ada").pending())),
        &["session.pending"],
    ),
    (
        "revoke_session: twice",
        |fake| {
            let session = fake.sign_in("user_ada");
            assert!(fake.revoke_session(session.session_id()));
            assert!(fake.revoke_session(session.session_id()));
        },
        &["session.created", "session.revoked"],
    ),
    (
        "set_time, restore",
        |fake| {
            let before = fake.clone();
            fake.set_time(clerk_client::Timestamp::from_millis(1_900_000_000_000));
            fake.restore(&before);
        },
        &[],
    ),
];

#[test]
fn each_method_sends_the_events_of_its_changes() {
    let mut wrong = Vec::new();
    for (what, change, expected) in ROWS {
        let fake = set_up();
        let webhooks = fake.webhooks();
        change(&fake);
        let webhooks = webhooks.take();
        let types: Vec<_> = webhooks
            .iter()
            .map(|webhook| verified(&fake, webhook).event.data.event_type().to_owned())
            .collect();
        if types != expected {
            wrong.push((what, types));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

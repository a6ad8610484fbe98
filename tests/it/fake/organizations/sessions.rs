//! The active organizations of sessions.

use clerk_client::auth::Verifier;
use clerk_client::mock::{FakeClerk, FakeSession, FakeUser};
use clerk_client::models::Organization;
use clerk_client::requests::UpdateOrganizationRequest;

#[tokio::test]
async fn a_deleted_organization_is_active_in_no_session() {
    let fake = FakeClerk::new();
    for id in ["org_1", "org_2"] {
        fake.add_organization(Organization::new(id));
    }
    // The user is a member of neither organization.
    fake.add(FakeUser::new("user_1"));
    let [cleared, kept] = ["org_1", "org_2"].map(|id| {
        let session = FakeSession::new("user_1").organization(id, "org:admin");
        fake.sign_in(session)
    });
    let organizations = fake.client().organizations();
    organizations.delete_organization("org_1").await.unwrap();

    let verifier = Verifier::new(&fake.client()).unwrap();
    for (session, expected) in [(cleared, None), (kept, Some("org_2"))] {
        let claims = verifier.verify(session.token().expose()).await.unwrap();
        let active = claims.organization.as_ref().map(|of| of.id.as_str());
        assert_eq!(active, expected);
    }
}

#[tokio::test]
async fn a_token_of_a_former_member_has_no_features_and_plans_of_the_organization() {
    let fake = FakeClerk::new();
    let member = || FakeUser::new("user_1").member_of("org_1", "org:admin");
    fake.add(member());
    let session = FakeSession::new("user_1")
        .member_of("org_1")
        .permissions(["org:docs:read"])
        .feature("o:seats")
        .feature("u:gold")
        .feature("ou:mail")
        .plan("o:pro")
        .plan("u:plus");
    let session = fake.sign_in(session);
    let verifier = Verifier::new(&fake.client()).unwrap();
    for is_member in [true, false, true] {
        fake.add(if is_member {
            member()
        } else {
            FakeUser::new("user_1")
        });
        let claims = verifier.verify(session.token().expose()).await.unwrap();
        assert_eq!(claims.organization.is_some(), is_member);
        for feature in ["o:docs", "o:seats", "o:mail"] {
            assert_eq!(claims.has_feature(feature), is_member, "{feature}");
        }
        assert_eq!(claims.has_plan("o:pro"), is_member);
        assert!(claims.has_feature("u:gold") && claims.has_plan("u:plus"));
        assert!(claims.has_feature("u:mail"));
    }
}

#[tokio::test]
async fn permissions_add_no_features_without_an_active_organization() {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_1"));
    let session = FakeSession::new("user_1")
        .permissions(["org:docs:read"])
        .feature("u:gold");
    let session = fake.sign_in(session);
    let verifier = Verifier::new(&fake.client()).unwrap();
    let claims = verifier.verify(session.token().expose()).await.unwrap();
    assert!(claims.organization.is_none());
    assert!(!claims.has_feature("o:docs") && claims.has_feature("u:gold"));
}

#[tokio::test]
async fn a_token_has_the_current_slug_of_the_organization() {
    let fake = FakeClerk::new();
    let mut organization = Organization::new("org_1");
    organization.slug = Some("old".into());
    fake.add_organization(organization);
    fake.add(FakeUser::new("user_1"));
    let [known, unknown] = ["org_1", "org_unknown"].map(|id| {
        let session = FakeSession::new("user_1").organization(id, "org:admin");
        fake.sign_in(session)
    });
    let rename = UpdateOrganizationRequest::new().slug("new");
    let organizations = fake.client().organizations();
    let verifier = Verifier::new(&fake.client()).unwrap();
    for (session, expected) in [(&known, Some("old")), (&unknown, None)] {
        let claims = verifier.verify(session.token().expose()).await.unwrap();
        let slug = claims.organization.as_ref().unwrap().slug.as_deref();
        assert_eq!(slug, expected);
    }
    let renamed = organizations.update_organization("org_1", rename);
    renamed.await.unwrap();
    let claims = verifier.verify(known.token().expose()).await.unwrap();
    let slug = claims.organization.as_ref().unwrap().slug.as_deref();
    assert_eq!(slug, Some("new"));
}

//! Session tokens of the fake.

use std::time::Duration;

use clerk_client::auth::{
    Authorization, Cookies, PublishableKey, Reverification, SessionStatus, Verifier,
};
use clerk_client::http::HeaderMap;
use clerk_client::http::header::COOKIE;
use clerk_client::mock::{FakeClerk, FakeSession, FakeUser};
use clerk_client::transport::HttpTransport;

use super::reason;

fn fake() -> FakeClerk {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_1"));
    fake
}

#[tokio::test]
async fn a_token_has_each_of_many_permissions() {
    let fake = fake();
    let action = |number: usize| format!("org:docs:action_{number}");
    let mut permissions: Vec<_> = (0..300).map(action).collect();
    permissions.extend(["org:notes:action_0", "org:notes:action_299"].map(str::to_owned));
    let session = FakeSession::new("user_1").organization("org_1", "org:admin");
    let session = fake.sign_in(session.permissions(&permissions));
    let verifier = Verifier::new(&fake.client()).unwrap();
    let claims = verifier.verify(session.token().expose()).await.unwrap();
    let organization = claims.organization.as_ref().unwrap();
    assert_eq!(organization.permissions, permissions);
}

#[tokio::test]
async fn a_signed_in_user_is_authenticated() {
    let fake = fake();
    let session = fake.sign_in(
        FakeSession::new("user_1")
            .organization("org_1", "org:admin")
            .permissions(["org:docs:read", "org:docs:write", "org:invoices:write"])
            .feature("u:gold")
            .plan("o:pro")
            .factor_ages(Some(3), None)
            .authorized_party("https://example.com")
            .claim("theme", "dark"),
    );
    let key = PublishableKey::new(FakeClerk::PUBLISHABLE_KEY).unwrap();
    let verifiers = [
        Verifier::new(&fake.client()).unwrap(),
        Verifier::from_publishable_key(fake.transport(), &key)
            .build()
            .unwrap(),
        Verifier::builder(&fake.client())
            .issuer(FakeClerk::ISSUER)
            .authorized_parties(["https://example.com"])
            .cookies(Cookies::of(&key))
            .build()
            .unwrap(),
    ];
    for verifier in &verifiers {
        let claims = verifier.authenticate(&session.headers()).await.unwrap();
        assert_eq!(claims.user_id, "user_1");
        assert_eq!(&claims.session_id, session.session_id());
        assert_eq!(claims.status, SessionStatus::Active);
        assert_eq!(
            claims.organization.as_ref().unwrap().permissions,
            ["org:docs:read", "org:docs:write", "org:invoices:write"]
        );
        let asked = Authorization::role("org:admin")
            .and_plan("o:pro")
            .and_feature("u:gold")
            .and_reverification(Reverification::STRICT);
        assert!(claims.has(&asked));
        let custom: serde_json::Value = claims.custom().unwrap();
        assert_eq!(custom["theme"], "dark");
    }
    let mut headers = HeaderMap::new();
    headers.insert(COOKIE, session.cookie().try_into().unwrap());
    assert!(verifiers[2].authenticate(&headers).await.is_ok());
    let local = Verifier::from_jwt_key(&fake.jwt_key()).build().unwrap();
    let verified = local.verify_at(session.token().expose(), fake.time()).await;
    assert!(verified.is_ok());
}

#[tokio::test]
async fn a_token_of_the_fake_expires_by_the_clock_of_the_fake() {
    let fake = fake();
    let session = fake.sign_in("user_1");
    let verifier = Verifier::new(&fake.client()).unwrap();
    let token = session.token();
    fake.clock().sleep(Duration::from_secs(64)).await;
    assert!(verifier.verify(token.expose()).await.is_ok());
    fake.clock().sleep(Duration::from_secs(1)).await;
    assert_eq!(
        reason(&verifier.verify(token.expose()).await),
        "token-expired"
    );
    assert!(verifier.verify(session.token().expose()).await.is_ok());
    let future = session.token_at(fake.time() + Duration::from_secs(60));
    assert_eq!(
        reason(&verifier.verify(future.expose()).await),
        "token-not-active-yet"
    );
    let pending = fake.sign_in(FakeSession::new("user_1").pending());
    let refused = verifier.verify(pending.token().expose()).await;
    assert_eq!(reason(&refused), "session-token-pending");
}

#[tokio::test]
async fn the_fake_rotates_its_key() {
    let fake = fake();
    let session = fake.sign_in("user_1");
    let verifier = Verifier::new(&fake.client()).unwrap();
    let old = session.token();
    assert!(verifier.verify(old.expose()).await.is_ok());
    for renamed in [true, false, true] {
        fake.clock().sleep(Duration::from_secs(10)).await;
        let before = session.token();
        if renamed {
            fake.rotate_signing_key();
        } else {
            fake.replace_signing_key();
        }
        assert!(verifier.verify(session.token().expose()).await.is_ok());
        assert!(verifier.verify(before.expose()).await.is_err());
    }
    let key = fake.client().jwks().get_jwks().await.unwrap();
    assert_eq!(key.keys[0].kid, "ins_fake_2");
}

#[test]
fn tokens_of_the_fake_are_the_same_on_every_run() {
    let token = || fake().sign_in("user_1").token();
    assert_eq!(token().expose(), token().expose());
    let fake = fake();
    let session = fake.sign_in("user_1");
    assert_ne!(session.token().expose(), session.token().expose());
    assert!(!format!("{session:?}").contains("eyJ"));
    assert!(fake.time_of_day().is_some());
}

#[test]
#[should_panic(expected = "cannot sign user_0 in: the user does not exist")]
fn an_unknown_user_cannot_be_signed_in() {
    let _ = FakeClerk::new().sign_in("user_0");
}

#[tokio::test]
#[should_panic(expected = "cannot make a token: the user user_1 is banned")]
async fn a_banned_user_gets_no_new_token() {
    let fake = fake();
    let session = fake.sign_in("user_1");
    fake.client().users().ban_user("user_1").await.unwrap();
    let _ = session.token();
}

//! The lifecycle of a session: the sign-in, the age of its factors, snapshots, and its end.

use std::time::Duration;

use clerk_client::Timestamp;
use clerk_client::auth::Verifier;
use clerk_client::mock::{FakeClerk, FakeSession, FakeUser};
use serde_json::{Value, json};

use super::{WEEK, fake, get, post, send};
use crate::fake::refusals::request;
use crate::support::run;

#[test]
fn a_ban_a_deletion_and_time_end_sessions() {
    let fake = fake();
    let users = fake.client().users();
    let (ada, alan) = (fake.sign_in("user_ada"), fake.sign_in("user_alan"));
    run(users.ban_user("user_ada")).unwrap();
    assert!(!ada.is_active() && alan.is_active());
    run(users.unban_user("user_ada")).unwrap();
    // The ban is over, but the user has to sign in again.
    assert!(!ada.is_active());
    let ada = fake.sign_in("user_ada");

    // A locked user stays signed in.
    run(users.lock_user("user_alan")).unwrap();
    let _ = alan.token();
    fake.clock().advance(WEEK - Duration::from_millis(1));
    assert!(ada.is_active());
    fake.clock().advance(Duration::from_millis(1));
    assert!(!ada.is_active());
    let path = format!("/v1/sessions/{}", ada.session_id());
    assert_eq!(get(&fake, &path)["status"], "expired");
    assert_eq!(
        post(&fake, &format!("{path}/revoke"), &Value::Null)["status"],
        "expired"
    );

    let ada = fake.sign_in("user_ada");
    run(users.delete_user("user_ada")).unwrap();
    assert!(!ada.is_active());
    let path = format!("/v1/sessions/{}/tokens", ada.session_id());
    assert_eq!(send(&fake, "POST", &path, &json!({})).0, 404);
}

#[test]
fn a_user_is_signed_out_when_the_password_changes() {
    let patch = ("PATCH", "/v1/users/user_ada");
    let remove = ("POST", "/v1/users/user_ada/remove_password");
    let compromised = ("POST", "/v1/users/user_ada/password/set_compromised");
    let password = "a new password";
    for ((method, path), body, stays) in [
        (
            patch,
            json!({ "password": password, "sign_out_of_other_sessions": true }),
            false,
        ),
        (patch, json!({ "sign_out_of_other_sessions": true }), true),
        (patch, json!({ "password": password }), true),
        (remove, json!({ "sign_out_of_other_sessions": true }), false),
        (remove, json!({}), true),
        (compromised, json!({ "revoke_all_sessions": true }), false),
        (compromised, json!({}), true),
    ] {
        let fake = FakeClerk::new();
        fake.add(FakeUser::new("user_ada").password("correct horse battery staple"));
        let session = fake.sign_in("user_ada");
        let (status, response, _) = request(method, path).body(&body.to_string()).send(&fake);
        assert_eq!(status, 200, "{response}");
        assert_eq!(session.is_active(), stays, "{path} {body}");
    }
}

#[test]
fn a_sign_in_and_a_token_move_the_times_of_a_user() {
    let fake = fake();
    let user = || fake.user("user_ada").unwrap();
    assert_eq!(user().last_sign_in_at, None);
    fake.clock().advance(Duration::from_secs(3_600));
    let session = fake.sign_in("user_ada");
    let signed_in_at = fake.time();
    assert_eq!(user().last_sign_in_at, Some(signed_in_at));
    let day = |millis: i64| {
        Some(Timestamp::from_millis(
            millis - millis.rem_euclid(86_400_000),
        ))
    };
    assert_eq!(user().last_active_at, day(signed_in_at.as_millis()));

    fake.clock().advance(2 * Duration::from_secs(86_400));
    let _ = session.token();
    assert_eq!(user().last_sign_in_at, Some(signed_in_at));
    assert_eq!(user().last_active_at, day(fake.time().as_millis()));
    let path = format!("/v1/sessions/{}", session.session_id());
    assert_eq!(get(&fake, &path)["last_active_at"], fake.time().as_millis());
}

#[test]
fn sessions_are_part_of_a_snapshot() {
    let fake = fake();
    let session = FakeSession::new("user_ada")
        .organization("org_engines", "org:admin")
        .permissions(["org:docs:read", "org:docs:write"])
        .feature("u:gold")
        .plan("o:pro")
        .factor_ages(Some(3), None)
        .claim("act", &json!({ "sub": "user_alan" }))
        .pending();
    let session = fake.sign_in(session);
    let path = format!("/v1/sessions/{}", session.session_id());
    let before = get(&fake, &path);
    assert_eq!(
        (&before["status"], &before["actor"]["sub"]),
        (&json!("pending"), &json!("user_alan"))
    );
    let snapshot = fake.clone();
    fake.revoke_session(session.session_id());
    assert!(!session.is_active());
    fake.restore(&snapshot);
    assert_eq!(get(&fake, &path), before);

    let copy = FakeClerk::from_json(&fake.to_json().to_string()).unwrap();
    assert_eq!(copy.to_json(), fake.to_json());
    let token = |of: &FakeClerk| post(of, &format!("{path}/tokens"), &json!({}));
    assert_eq!(token(&copy), token(&fake));
    assert_eq!(get(&copy, &path), before);
    // Setting the time does not shorten the remaining duration of the session.
    fake.set_time(fake.time() + 52 * WEEK);
    assert!(session.is_active());

    for (session, message) in [
        (json!({}), "sessions[0]: user_id must be included."),
        (
            json!({ "user_id": "user_0" }),
            r#"sessions[0]: unknown user id "user_0""#,
        ),
        (
            json!({ "user_id": "user_ada", "id": 7 }),
            "sessions[0].id: wrong type",
        ),
        (
            json!({ "user_id": "user_ada", "organization_id": "org_1" }),
            "sessions[0]: role must be included, because the user is not a member.",
        ),
    ] {
        let seed = json!({ "users": [{ "id": "user_ada" }], "sessions": [session] });
        let error = FakeClerk::from_json(&seed.to_string()).unwrap_err();
        assert_eq!(error.to_string(), format!("invalid seed: {message}"));
    }
}

#[tokio::test]
async fn the_factors_of_a_session_become_older() {
    let fake = fake();
    let session = FakeSession::new("user_ada").factor_ages(Some(3), None);
    let session = fake.sign_in(session);
    let ages = async |fake: &FakeClerk| {
        let path = format!("/v1/sessions/{}/tokens", session.session_id());
        let token = post(fake, &path, &json!({}));
        let verifier = Verifier::new(&fake.client()).unwrap();
        let claims = verifier.verify(token["jwt"].as_str().unwrap()).await;
        let ages = claims.unwrap().factor_ages.unwrap();
        (ages.first, ages.second)
    };
    assert_eq!(ages(&fake).await, (Some(3), None));
    fake.clock().advance(Duration::from_secs(7 * 60 + 59));
    assert_eq!(ages(&fake).await, (Some(10), None));
    // The JSON contains the ages at the time at which it is written.
    let copy = FakeClerk::from_json(&fake.to_json().to_string()).unwrap();
    assert_eq!(ages(&copy).await, (Some(10), None));
    copy.clock().advance(Duration::from_secs(60));
    assert_eq!(ages(&copy).await, (Some(11), None));
    // Setting the time does not make the factors older.
    fake.set_time(fake.time() + WEEK);
    assert_eq!(ages(&fake).await, (Some(10), None));
}

#[test]
fn the_oldest_session_makes_room_for_a_new_one() {
    let fake = fake();
    let first = fake.sign_in("user_ada");
    let second = fake.sign_in("user_ada");
    for _ in 2..10_000 {
        let _ = fake.sign_in("user_alan");
    }
    assert!(first.is_active());
    let last = fake.sign_in("user_alan");
    assert!(!first.is_active() && second.is_active() && last.is_active());
}

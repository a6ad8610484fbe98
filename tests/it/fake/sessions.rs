//! Sessions of the fake, and the operations on them.

use std::time::Duration;

use clerk_client::Timestamp;
use clerk_client::auth::{AuthErrorReason, Verifier};
use clerk_client::mock::{FakeClerk, FakeSession, FakeUser};
use serde_json::{Value, json};

use super::checked::assert_conforms;
use super::refusals::{assert_first_error, request};
use crate::support::run;

const WEEK: Duration = Duration::from_secs(7 * 86_400);

fn fake() -> FakeClerk {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada").member_of("org_engines", "org:admin"));
    fake.add(FakeUser::new("user_alan"));
    fake
}

/// Returns the operationId of a request in Clerk's specification.
fn operation(method: &str, path: &str) -> &'static str {
    let path = path.split('?').next().unwrap();
    let segments: Vec<&str> = path.split('/').skip(2).collect();
    match (method, segments.as_slice()) {
        ("GET", ["sessions"]) => "GetSessionList",
        ("POST", ["sessions"]) => "createSession",
        ("GET", ["sessions", _]) => "GetSession",
        ("POST", ["sessions", _, "revoke"]) => "RevokeSession",
        ("POST", ["sessions", _, "tokens"]) => "CreateSessionToken",
        ("POST", ["sessions", _, "tokens", _]) => "CreateSessionTokenFromTemplate",
        ("GET", ["clients"]) => "GetClientList",
        ("GET", ["clients", _]) => "GetClient",
        _ => panic!("{method} {path}"),
    }
}

/// Sends a request, and checks the response against the specification.
fn send(fake: &FakeClerk, method: &str, path: &str, body: &Value) -> (u16, Value) {
    let body = body.to_string();
    let (status, response, _) = request(method, path).body(&body).send(fake);
    // With `paginated=true`, the response is a page, but the specification describes an array.
    let data = match response.get("total_count") {
        Some(_) => &response["data"],
        None => &response,
    };
    assert_conforms(operation(method, path), status, data);
    (status, response)
}

fn post(fake: &FakeClerk, path: &str, body: &Value) -> Value {
    let (status, response) = send(fake, "POST", path, body);
    assert_eq!(status, 200, "{response}");
    response
}

fn get(fake: &FakeClerk, path: &str) -> Value {
    let (status, response) = send(fake, "GET", path, &Value::Null);
    assert_eq!(status, 200, "{response}");
    response
}

fn ids(list: &Value) -> Vec<&str> {
    let sessions = list.as_array().unwrap().iter();
    sessions.map(|of| of["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_created_session_has_tokens_until_it_is_revoked() {
    let fake = fake();
    let wanted = json!({ "user_id": "user_ada", "active_organization_id": "org_engines" });
    let session = post(&fake, "/v1/sessions", &wanted);
    assert_eq!(session["status"], "active");
    assert_eq!(session["last_active_organization_id"], "org_engines");
    let path = format!("/v1/sessions/{}", session["id"].as_str().unwrap());
    assert_eq!(get(&fake, &path), session);

    let verifier = Verifier::new(&fake.client()).unwrap();
    let token = post(&fake, &format!("{path}/tokens"), &json!({}));
    let claims = verifier
        .verify(token["jwt"].as_str().unwrap())
        .await
        .unwrap();
    assert_eq!(claims.session_id, session["id"].as_str().unwrap());
    assert!(claims.has_role("org:admin"));
    let week = json!({ "expires_in_seconds": 604_800 });
    let token = post(&fake, &format!("{path}/tokens"), &week);
    let claims = verifier
        .verify(token["jwt"].as_str().unwrap())
        .await
        .unwrap();
    assert_eq!(claims.expires_at, fake.time() + WEEK);

    let revoked = post(&fake, &format!("{path}/revoke"), &Value::Null);
    assert_eq!(revoked["status"], "revoked");
    assert_eq!(get(&fake, &path), revoked);
    for tokens in ["tokens", "tokens/hasura"] {
        let (status, _) = send(&fake, "POST", &format!("{path}/{tokens}"), &json!({}));
        assert_eq!(status, 404, "{tokens}");
    }
    // Revoking a second time changes nothing.
    assert_eq!(
        post(&fake, &format!("{path}/revoke"), &Value::Null),
        revoked
    );
}

#[tokio::test]
async fn a_token_of_a_template_is_not_a_session_token() {
    let fake = fake();
    let session = FakeSession::new("user_ada").claim("aud", "hasura");
    let session = fake.sign_in(session.organization("org_engines", "org:admin"));
    let path = format!("/v1/sessions/{}/tokens/hasura", session.session_id());
    let token = post(&fake, &path, &json!({ "expires_in_seconds": 3_600 }));
    let token = token["jwt"].as_str().unwrap();

    let verifier = Verifier::new(&fake.client()).unwrap();
    let error = verifier.verify(token).await.unwrap_err();
    assert_eq!(error.reason(), AuthErrorReason::TokenTypeMismatch);
    let payload = token.split('.').nth(1).unwrap();
    let payload = base64::Engine::decode(&base64::prelude::BASE64_URL_SAFE_NO_PAD, payload);
    let claims: Value = serde_json::from_slice(&payload.unwrap()).unwrap();
    assert_eq!(
        (&claims["sub"], &claims["aud"]),
        (&json!("user_ada"), &json!("hasura"))
    );
    let second = fake.time().as_millis() / 1_000;
    assert_eq!(claims["exp"], second + 3_600);
    for name in ["sid", "sts", "v", "fva", "o"] {
        assert_eq!(claims.get(name), None, "{name}");
    }
}

#[test]
fn refusals_have_clerks_statuses_and_codes() {
    let fake = fake();
    let session = fake.sign_in("user_ada");
    let revoked = fake.sign_in("user_alan");
    assert!(fake.revoke_session(revoked.session_id()));
    assert!(!fake.revoke_session("sess_0"));
    let mut banned = clerk_client::models::User::new("user_banned");
    banned.banned = true;
    let mut locked = clerk_client::models::User::new("user_locked");
    locked.locked = true;
    fake.add(banned);
    fake.add(locked);
    let mut deprovisioned = clerk_client::models::User::new("user_deprovisioned");
    deprovisioned.deprovisioned = true;
    fake.add(deprovisioned);
    let tokens = |of: &str| format!("/v1/sessions/{of}/tokens");
    let (live, ended) = (session.session_id().as_str(), revoked.session_id().as_str());
    for (method, path, body, expected) in [
        (
            "POST",
            "/v1/sessions",
            json!({}),
            (422, "form_param_missing", "user_id"),
        ),
        (
            "POST",
            "/v1/sessions",
            json!({ "user_id": 1 }),
            (422, "form_param_type_invalid", "user_id"),
        ),
        (
            "POST",
            "/v1/sessions",
            json!({ "user_id": "user_ada", "status": "active" }),
            (422, "form_param_unknown", "status"),
        ),
        (
            "POST",
            "/v1/sessions",
            json!({ "user_id": "user_0" }),
            (404, "resource_not_found", ""),
        ),
        (
            "POST",
            "/v1/sessions",
            json!({ "user_id": "user_alan", "active_organization_id": "org_engines" }),
            (404, "resource_not_found", ""),
        ),
        (
            "POST",
            "/v1/sessions",
            json!({ "user_id": "user_banned" }),
            (403, "user_banned", ""),
        ),
        (
            "POST",
            "/v1/sessions",
            json!({ "user_id": "user_locked" }),
            (403, "user_locked", ""),
        ),
        (
            "POST",
            "/v1/sessions",
            json!({ "user_id": "user_deprovisioned" }),
            (400, "deprovisioned", ""),
        ),
        (
            "GET",
            "/v1/sessions",
            json!(null),
            (400, "missing_query_parameter", ""),
        ),
        (
            "GET",
            "/v1/sessions?user_id=&status=active",
            json!(null),
            (400, "missing_query_parameter", ""),
        ),
        (
            "GET",
            "/v1/sessions?user_id=user_ada&status=pending",
            json!(null),
            (422, "form_param_value_invalid", "status"),
        ),
        (
            "GET",
            "/v1/sessions?user_id=user_ada&paginated=1",
            json!(null),
            (422, "form_param_type_invalid", "paginated"),
        ),
        (
            "GET",
            "/v1/sessions?user_id=user_ada&limit=0",
            json!(null),
            (422, "form_param_value_invalid", "limit"),
        ),
        (
            "GET",
            "/v1/sessions/sess_0",
            json!(null),
            (404, "resource_not_found", ""),
        ),
        (
            "POST",
            "/v1/sessions/sess_0/revoke",
            json!(null),
            (404, "resource_not_found", ""),
        ),
        (
            "POST",
            &tokens("sess_0"),
            json!(null),
            (404, "resource_not_found", ""),
        ),
        (
            "POST",
            &tokens(ended),
            json!(null),
            (404, "resource_not_found", ""),
        ),
        (
            "POST",
            &tokens(live),
            json!({ "expires_in_seconds": 29 }),
            (422, "form_param_value_invalid", "expires_in_seconds"),
        ),
        (
            "POST",
            &tokens(live),
            json!({ "expires_in_seconds": 315_360_001 }),
            (422, "form_param_value_invalid", "expires_in_seconds"),
        ),
        (
            "POST",
            &tokens(live),
            json!({ "expires_in_seconds": "60" }),
            (422, "form_param_type_invalid", "expires_in_seconds"),
        ),
        (
            "GET",
            "/v1/clients/client_0",
            json!(null),
            (404, "resource_not_found", ""),
        ),
    ] {
        let (status, response) = send(&fake, method, path, &body);
        let what = format!("{method} {path} {body}: {response}");
        assert_first_error(&response, status, expected, &what);
    }
    assert!(session.is_active() && !revoked.is_active());
}

#[test]
fn sessions_are_listed_by_user_client_and_status() {
    let fake = fake();
    let sign_in = |user| {
        fake.clock().advance(Duration::from_secs(1));
        fake.sign_in(user)
    };
    let (first, other, last) = (
        sign_in("user_ada"),
        sign_in("user_alan"),
        sign_in("user_ada"),
    );
    let (first, last) = (first.session_id().as_str(), last.session_id().as_str());
    let of_ada = get(&fake, "/v1/sessions?user_id=user_ada");
    assert_eq!(ids(&of_ada), [last, first]);
    let client = of_ada[1]["client_id"].as_str().unwrap();
    let of_client = get(&fake, &format!("/v1/sessions?client_id={client}"));
    assert_eq!(ids(&of_client), [first]);
    fake.revoke_session(last);
    let list = |query: &str| get(&fake, &format!("/v1/sessions?user_id=user_ada{query}"));
    assert_eq!(ids(&list("&status=active")), [first]);
    assert_eq!(ids(&list("&status=revoked")), [last]);
    assert!(ids(&list("&status=ended")).is_empty());
    assert_eq!(ids(&list("&limit=1")), [last]);
    assert_eq!(ids(&list("&limit=1&offset=1")), [first]);
    let page = list("&limit=1&paginated=true");
    assert_eq!(
        (ids(&page["data"]), &page["total_count"]),
        (vec![last], &json!(2))
    );
    assert_eq!(list("&paginated=false"), list(""));
    // Blank filters have no effect.
    assert_eq!(list("&client_id=&status="), list(""));

    let clients = get(&fake, "/v1/clients");
    assert_eq!(clients.as_array().unwrap().len(), 3);
    assert_eq!(
        clients[1]["last_active_session_id"],
        other.session_id().as_str()
    );
    assert_eq!(clients[0]["last_active_session_id"], Value::Null);
    let of_ada = get(&fake, &format!("/v1/clients/{client}"));
    assert_eq!(
        (&of_ada, &of_ada["session_ids"]),
        (&clients[2], &json!([first]))
    );
}

#[test]
fn the_first_session_of_a_client_decides_its_place_in_the_list() {
    let session =
        |id: &str, client: &str| json!({ "id": id, "user_id": "user_ada", "client_id": client });
    let seed = json!({
        "users": [{ "id": "user_ada" }],
        "sessions": [
            session("sess_1", "client_old"),
            session("sess_2", "client_new"),
            session("sess_3", "client_old"),
        ],
    });
    let fake = FakeClerk::from_json(&seed.to_string()).unwrap();
    let clients = get(&fake, "/v1/clients");
    assert_eq!(ids(&clients), ["client_new", "client_old"]);
    assert_eq!(clients[1]["session_ids"], json!(["sess_1", "sess_3"]));
    assert_eq!(clients[1], get(&fake, "/v1/clients/client_old"));
}

#[test]
fn sessions_of_a_seed_are_listed_by_their_time_of_creation() {
    let start = FakeClerk::new().time().as_millis();
    let session = |name: &str, age: i64| {
        json!({
            "id": format!("sess_{name}"),
            "client_id": format!("client_{name}"),
            "user_id": "user_ada",
            "created_at": start - age,
        })
    };
    let seed = json!({
        "users": [{ "id": "user_ada" }],
        "sessions": [session("new", 1), session("old", 3), session("middle", 2)],
    });
    let fake = FakeClerk::from_json(&seed.to_string()).unwrap();
    let sessions = get(&fake, "/v1/sessions?user_id=user_ada");
    assert_eq!(ids(&sessions), ["sess_new", "sess_middle", "sess_old"]);
    let clients = get(&fake, "/v1/clients");
    assert_eq!(ids(&clients), ["client_new", "client_middle", "client_old"]);
}

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
            "sessions[0]: unknown user id",
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

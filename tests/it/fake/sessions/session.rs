//! The operations that create, read and revoke a session, and those that create its tokens.

use clerk_client::auth::{AuthErrorReason, Verifier};
use clerk_client::mock::FakeSession;
use serde_json::{Value, json};

use super::{WEEK, fake, get, post, send};
use crate::fake::refusals::assert_first_error;

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

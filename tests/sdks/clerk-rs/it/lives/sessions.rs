//! The lifecycle of a session, and the verification of its tokens.

use std::time::{Duration, SystemTime};

use clerk_client::mock::FakeSession;
use serde_json::json;

use crate::sdk::{AppRequest, Sdk, ids, refused};
use crate::world::serve;

const USER: &str = "user_grace";

pub(crate) async fn live<S: Sdk>() {
    let server = serve().await;
    let fake = server.fake();
    let clerk = S::new(&server.url());
    let signed_in = fake.sign_in(session());
    let id = signed_in.session_id().as_str();

    // clerk-rs verifies these tokens with the keys of the fake.

    let token = signed_in.token();
    for request in [bearer(token.expose()), cookie(token.expose())] {
        let claims = clerk.authorize(&request).await.unwrap();
        assert_eq!((&claims["sub"], &claims["sid"]), (&json!(USER), &json!(id)));
        assert_eq!(claims["azp"], "https://example.com");
        // These tokens have claims of version 2. clerk-rs keeps their claim `o`, but reads the
        // organization only from the claims of version 1, such as `org_id`.
        assert_eq!(claims["o"]["id"], "org_navy");
        assert_eq!(claims.get("org_id"), None);
    }
    let an_hour_ago = SystemTime::now() - Duration::from_secs(3600);
    let expired = signed_in.token_at(an_hour_ago);
    let error = clerk
        .authorize(&bearer(expired.expose()))
        .await
        .unwrap_err();
    assert!(error.contains("ExpiredSignature"), "{error}");
    let broken = format!("{}x", token.expose());
    let error = clerk.authorize(&cookie(&broken)).await.unwrap_err();
    assert!(error.contains("Invalid JWT"), "{error}");
    let error = clerk.authorize(&AppRequest::default()).await.unwrap_err();
    assert!(error.contains("session cookie"), "{error}");

    // The session.

    let got = clerk.get_session(id).await.unwrap();
    assert_eq!((&got["id"], &got["user_id"]), (&json!(id), &json!(USER)));
    assert_eq!(got["status"], "active");
    assert_eq!(got["last_active_organization_id"], "org_navy");
    refused(
        clerk.get_session("sess_none").await,
        404,
        "resource_not_found",
    );
    let other = fake.sign_in(session());
    let list = clerk.get_session_list(USER, "active", 10).await.unwrap();
    assert_eq!(ids(&list), [other.session_id().as_str(), id]);
    let first = clerk.get_session_list(USER, "active", 1).await.unwrap();
    assert_eq!(ids(&first), [other.session_id().as_str()]);

    // A token of a template has the claims of the template, and no session.

    let template = json!({ "name": "hasura", "claims": { "aud_of": "db" } });
    let template = clerk.create_jwt_template(template).await.unwrap();
    let by_template = clerk.create_session_token_from_template(id, "hasura").await;
    let by_template = by_template.unwrap();
    let request = bearer(by_template["jwt"].as_str().unwrap());
    let claims = clerk.authorize(&request).await.unwrap();
    assert_eq!(
        (&claims["sub"], &claims["sid"]),
        (&json!(USER), &json!(null))
    );
    assert_eq!(claims["aud_of"], "db");
    let deleted = clerk
        .delete_jwt_template(template["id"].as_str().unwrap())
        .await;
    assert_eq!(deleted.unwrap()["deleted"], true);

    // The signing key changes.

    fake.rotate_signing_key();
    let error = clerk.authorize(&bearer(token.expose())).await.unwrap_err();
    assert!(error.contains("Invalid JWT"), "{error}");
    let rotated = other.token();
    let claims = clerk.authorize(&bearer(rotated.expose())).await.unwrap();
    assert_eq!(claims["sid"], other.session_id().as_str());

    // The end of a session.

    let revoked = clerk.revoke_session(id).await.unwrap();
    assert_eq!(
        (&revoked["id"], &revoked["status"]),
        (&json!(id), &json!("revoked"))
    );
    let list = clerk.get_session_list(USER, "active", 10).await.unwrap();
    assert_eq!(ids(&list), [other.session_id().as_str()]);
    clerk.ban_user(USER).await.unwrap();
    for session in [signed_in, other] {
        let token =
            clerk.create_session_token_from_template(session.session_id().as_str(), "hasura");
        refused(token.await, 404, "resource_not_found");
    }
}

/// Returns a session in an organization.
pub(crate) fn session() -> FakeSession {
    FakeSession::new(USER)
        .authorized_party("https://example.com")
        .organization("org_navy", "org:admin")
}

/// Returns a request with a token in its header.
pub(crate) fn bearer(token: &str) -> AppRequest {
    AppRequest {
        authorization: Some(format!("Bearer {token}")),
        ..AppRequest::default()
    }
}

fn cookie(token: &str) -> AppRequest {
    AppRequest {
        session_cookie: Some(token.to_owned()),
        ..AppRequest::default()
    }
}

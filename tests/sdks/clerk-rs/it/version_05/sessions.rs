//! The operations on sessions that clerk-rs 0.4.2 does not have, and sessions with the status
//! `pending`, which 0.4.2 cannot decode.

use clerk_client::mock::FakeSession;
use clerk_rs_05::apis::sessions_api as sessions;
use clerk_rs_05::models::session::Status;
use clerk_rs_05::models::{CreateSessionRequest, CreateSessionTokenRequest};
use serde_json::json;

use crate::lives::sessions::bearer;
use crate::sdk::{Sdk as _, refused};
use crate::version_05::sdk::{Sdk, answer};
use crate::world::serve;

#[tokio::test]
async fn a_created_session_has_tokens_until_it_is_revoked() {
    let server = serve().await;
    let sdk = Sdk::new(&server.url());
    let clerk = &sdk.clerk.config;
    let request = CreateSessionRequest {
        active_organization_id: Some("org_navy".to_owned()),
        ..CreateSessionRequest::new("user_grace".to_owned())
    };
    let session = sessions::create_session(clerk, Some(request))
        .await
        .unwrap();
    assert_eq!(
        (session.status, session.user_id.as_str()),
        (Status::Active, "user_grace")
    );

    let request = CreateSessionTokenRequest {
        expires_in_seconds: Some(Some(600)),
    };
    for (request, lifetime) in [(Some(request), 600), (None, 60)] {
        let token = sessions::create_session_token(clerk, &session.id, request)
            .await
            .unwrap();
        let claims = sdk.authorize(&bearer(&token.jwt.unwrap())).await.unwrap();
        assert_eq!(
            (&claims["sid"], &claims["o"]["id"]),
            (&json!(session.id), &json!("org_navy"))
        );
        let ends = claims["exp"].as_i64().unwrap();
        assert_eq!(ends - claims["iat"].as_i64().unwrap(), lifetime);
    }
    let revoked = sessions::revoke_session(clerk, &session.id).await.unwrap();
    assert_eq!(revoked.status, Status::Revoked);
    let token = sessions::create_session_token(clerk, &session.id, None).await;
    refused(answer(token), 404, "resource_not_found");
}

#[tokio::test]
async fn a_pending_session_is_read() {
    let server = serve().await;
    let sdk = Sdk::new(&server.url());
    let pending = server
        .fake()
        .sign_in(FakeSession::new("user_grace").pending());
    let got = sdk
        .get_session(pending.session_id().as_str())
        .await
        .unwrap();
    assert_eq!(got["status"], "pending");
}

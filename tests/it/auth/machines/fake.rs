//! The fake's tokens of machines, verified by a `Verifier` and by an `AuthLayer`.

use clerk_client::auth::{
    AuthLayer, Claims, MachineClaims, MachineTokenType, SessionClaims, TokenTypes, Verifier,
};
use clerk_client::http::Request;
use clerk_client::mock::{FakeClerk, FakeMachineToken, FakeUser};
use clerk_client::transport::HttpTransport;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::{SECOND, all, bearer, name_of};
use crate::specification::document::Document;
use crate::specification::validator::ResponseValidator;

#[tokio::test]
async fn machine_tokens_of_the_fake_expire_and_opaque_ones_can_be_revoked() {
    let fake = FakeClerk::new();
    let user = "user_2xhFjEI5X2qWRvtV13BzSj8H6Dk";
    let machine = "mch_2xhFjEI5X2qWRvtV13BzSj8H6Dk";
    let hour = SECOND * 3_600;
    let token = |subject: &str| {
        let token = FakeMachineToken::new(subject)
            .scopes(["read"])
            .name("export");
        token
            .client_id("client_1")
            .claim("plan", "gold")
            .expires_in(hour)
    };
    let opaque = [
        fake.add_api_key(token(user)),
        fake.add_m2m_token(token(machine)),
        fake.add_oauth_application_token(token(user)),
    ];
    let jwts = [fake.m2m_jwt(token(machine)), fake.oauth_jwt(token(user))];
    let verifier = Verifier::builder(&fake.client())
        .accept(all())
        .build()
        .unwrap();
    for secret in opaque.iter().chain(&jwts) {
        let claims = verifier.verify_machine(secret).await.unwrap();
        assert_eq!(claims.scopes, ["read"]);
        assert_eq!(claims.expires_at, Some(fake.time() + hour));
        let is_oauth = claims.token_type == MachineTokenType::OAuth;
        assert_eq!(claims.client_id.is_some(), is_oauth);
        let custom: Value = claims.custom().unwrap();
        let has_claims = !is_oauth || secret == &jwts[1];
        assert_eq!(custom["plan"].as_str(), has_claims.then_some("gold"));
    }
    // Tokens that the fake has not created are refused.
    for unknown in ["ak_12345678", "mt_12345678", "oat_12345678"] {
        let result = verifier.verify_machine(&unknown.into()).await;
        assert_eq!(name_of(&result), "token-invalid");
    }
    assert!(fake.revoke_machine_token(&opaque[0]));
    assert!(!fake.revoke_machine_token(&jwts[0]));
    let result = verifier.verify_machine(&opaque[0]).await;
    assert_eq!(name_of(&result), "token-invalid");
    fake.clock().sleep(hour).await;
    for secret in &opaque[1..] {
        let result = verifier.verify_machine(secret).await;
        assert_eq!(name_of(&result), "token-invalid");
    }
    fake.clock().sleep(SECOND * 5).await;
    for secret in &jwts {
        let result = verifier.verify_machine(secret).await;
        assert_eq!(name_of(&result), "token-expired");
    }
}

/// The responses of the fake conform to the specification, with and without `/v1` in the path.
#[tokio::test]
async fn answers_of_the_fake_conform_to_the_specification() {
    let validator = Document::from_env("CLERK_SPECIFICATION").map(ResponseValidator::new);
    if validator.is_none() {
        println!("skipped: CLERK_SPECIFICATION is not set");
    }
    let user = "user_2xhFjEI5X2qWRvtV13BzSj8H6Dk";
    let machine = "mch_2xhFjEI5X2qWRvtV13BzSj8H6Dk";
    for revoked in [false, true] {
        let fake = FakeClerk::new();
        let full = |subject: &str| {
            let token = FakeMachineToken::new(subject).scopes([machine]);
            token.claim("plan", "gold").expires_in(SECOND * 3_600)
        };
        for (operation, path, parameter, secrets) in [
            (
                "verifyApiKey",
                "api_keys/verify",
                "secret",
                [fake.add_api_key(user), fake.add_api_key(full(user))],
            ),
            (
                "verifyM2MToken",
                "m2m_tokens/verify",
                "token",
                [
                    fake.add_m2m_token(machine),
                    fake.add_m2m_token(full(machine)),
                ],
            ),
            (
                "verifyOAuthAccessToken",
                "oauth_applications/access_tokens/verify",
                "access_token",
                [
                    fake.add_oauth_application_token(user),
                    fake.add_oauth_application_token(full(user)),
                ],
            ),
        ] {
            let mut bodies = vec![
                (json!({ parameter: "ak_unknown" }), 404),
                (json!({ parameter: "" }), 400),
                (json!({}), 400),
            ];
            for secret in &secrets {
                assert!(!revoked || fake.revoke_machine_token(secret));
                let status = if revoked { 404 } else { 200 };
                bodies.push((json!({ parameter: secret.expose() }), status));
            }
            for (body, status) in bodies {
                for prefix in ["/v1", ""] {
                    let request = Request::post(format!("https://api.clerk.com{prefix}/{path}"))
                        .header("authorization", "Bearer sk_test_fake")
                        .header("content-type", "application/json")
                        .body(body.to_string().into())
                        .unwrap();
                    let response = fake.transport().send(request).await.unwrap();
                    assert_eq!(response.status(), status, "{operation} {body}");
                    let answer: Value = serde_json::from_slice(response.body()).unwrap();
                    if status == 200 {
                        assert_eq!(answer["revoked"], false);
                    }
                    let errors = validator
                        .as_ref()
                        .map(|validator| validator.check(operation, status, &answer));
                    assert!(
                        errors.unwrap_or_default().is_empty(),
                        "{operation} {answer:#}"
                    );
                }
            }
        }
    }
}

#[tokio::test]
async fn a_layer_passes_on_the_claims_of_machines() {
    use axum::Router;
    use axum::body::Body;
    use axum::routing::get;

    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_1"));
    let secret = fake.add_api_key(FakeMachineToken::new("org_1").scopes(["read"]));
    let session = fake.sign_in("user_1").headers();
    let verifier = Verifier::builder(&fake.client());
    let verifier = verifier.accept(TokenTypes::SESSION | TokenTypes::API_KEY);
    let layer = AuthLayer::new(verifier.build().unwrap());
    let router = Router::new()
        .route(
            "/machine",
            get(|claims: MachineClaims| async move { claims.subject }),
        )
        .route(
            "/session",
            get(|claims: SessionClaims| async move { claims.user_id.to_string() }),
        )
        .route(
            "/any",
            get(|claims: Claims| async move {
                match claims {
                    Claims::Session(claims) => claims.user_id.to_string(),
                    Claims::Machine(claims) => claims.subject,
                    _ => unreachable!(),
                }
            }),
        )
        .route(
            "/optional",
            get(|claims: Option<SessionClaims>| async move {
                claims.map_or("no session".to_owned(), |claims| claims.user_id.to_string())
            }),
        )
        .layer(layer.clone());
    let admins = clerk_client::auth::Authorization::role("org:admin");
    let admin = Router::new().route("/admin", get(|| async { "admin" }));
    let router = router.merge(admin.layer(layer.require(admins)));
    let key = bearer(secret.expose());
    for (path, headers, expected) in [
        ("/machine", &key, (200, "org_1")),
        ("/any", &key, (200, "org_1")),
        (
            "/session",
            &key,
            (401, r#"{"error":"token-type-mismatch"}"#),
        ),
        ("/optional", &key, (200, "no session")),
        ("/admin", &key, (403, r#"{"error":"forbidden"}"#)),
        (
            "/machine",
            &session,
            (401, r#"{"error":"token-type-mismatch"}"#),
        ),
        ("/any", &session, (200, "user_1")),
        ("/session", &session, (200, "user_1")),
        ("/optional", &session, (200, "user_1")),
        ("/admin", &session, (403, r#"{"error":"forbidden"}"#)),
    ] {
        let mut request = Request::get(path).body(Body::empty()).unwrap();
        *request.headers_mut() = headers.clone();
        let response = router.clone().oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        let body = axum::body::to_bytes(response.into_body(), 1_000)
            .await
            .unwrap();
        let body = String::from_utf8(body.to_vec()).unwrap();
        assert_eq!((status, body.as_str()), expected, "{path}");
    }
}

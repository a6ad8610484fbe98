//! Requests of Clerk's SDKs and of the crate clerk-rs that Clerk's specification does not describe.

use clerk_client::mock::{FakeClerk, FakeUser, Reply};
use clerk_client::models::Organization;
use serde_json::{Value, json};

use super::super::refusals::request;

/// Clerk's Go SDK sends parameters that the specification omits. It sends some of them as null.
#[test]
fn parameters_of_the_go_sdk_are_accepted() {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada"));
    for (method, path, body) in [
        (
            "POST",
            "oauth_applications",
            json!({
                "name": "CLI",
                "consent_screen_enabled": null,
                "device_authorization_grant_enabled": null,
                "pkce_required": null,
            }),
        ),
        (
            "POST",
            "domains",
            json!({ "name": "a.example", "is_satellite": true, "is_secondary": false }),
        ),
        (
            "POST",
            "enterprise_connections",
            json!({
                "name": "Okta",
                "provider": "saml_okta",
                "protocol": "saml",
                "domains": ["example.com"],
            }),
        ),
        (
            "POST",
            "organization_roles",
            json!({ "name": "Guest", "key": "org:guest", "is_managed": false }),
        ),
        ("PATCH", "users/user_ada", json!({ "profile_image": "img" })),
    ] {
        let request_path = format!("/v1/{path}");
        let body = body.to_string();
        let (status, response, _) = request(method, &request_path).body(&body).send(&fake);
        assert!(status < 300, "{method} {path}: {response}");
    }
    let (_, connections, _) = request("GET", "/v1/enterprise_connections").send(&fake);
    let directory = json!({
        "enterprise_connection_id": connections["data"][0]["id"],
        "provider": "okta",
    });
    let create = request("POST", "/v1/directories");
    let (_, directory, _) = create.body(&directory.to_string()).send(&fake);
    let path = format!("/v1/directories/{}", directory["id"].as_str().unwrap());
    let body = r#"{"disable_domain_enforcement":true}"#;
    let (status, response, _) = request("PATCH", &path).body(body).send(&fake);
    assert_eq!(status, 200, "{response}");
    let list = "/v1/oauth_applications?dynamically_registered";
    for (value, count) in [("false", 1), ("true", 0)] {
        let path = format!("{list}={value}");
        let (_, applications, _) = request("GET", &path).send(&fake);
        assert_eq!(applications["total_count"], count, "{value}");
    }
    let (_, applications, _) = request("GET", "/v1/oauth_applications").send(&fake);
    let application = &applications["data"][0];
    assert_eq!(application["consent_screen_enabled"], true);
    let path = format!(
        "/v1/oauth_applications/{}",
        application["id"].as_str().unwrap()
    );
    for ttl in [json!(600), Value::Null] {
        let body = json!({ "access_token_ttl": ttl }).to_string();
        let (status, response, _) = request("PATCH", &path).body(&body).send(&fake);
        assert_eq!(status, 200, "{response}");
    }
}

#[test]
fn settings_of_clerk_rs_0_4_2_are_accepted() {
    let fake = FakeClerk::new();
    let body = json!({
        "enhanced_email_deliverability": true,
        "session_token_template": "",
        "progressive_sign_up": true,
    });
    let update = request("PATCH", "/v1/beta_features/instance_settings");
    let (status, settings, _) = update.body(&body.to_string()).send(&fake);
    assert_eq!(status, 200, "{settings}");
    assert_eq!(settings["progressive_sign_up"], true);
}

/// Clerk's JavaScript SDK can delete an invitation. The specification has no such operation.
#[test]
fn an_invitation_of_any_status_can_be_deleted() {
    let fake = FakeClerk::new();
    for is_revoked in [false, true] {
        let body = r#"{"email_address":"bob@example.com"}"#;
        let create = request("POST", "/v1/invitations").body(body).send(&fake);
        let id = create.1["id"].as_str().unwrap();
        let path = format!("/v1/invitations/{id}");
        if is_revoked {
            let (status, ..) = request("POST", &format!("{path}/revoke")).send(&fake);
            assert_eq!(status, 200);
        }
        let (status, deleted, _) = request("DELETE", &path).send(&fake);
        assert_eq!(status, 200, "{deleted}");
        let expected = json!({ "object": "invitation", "id": id, "deleted": true });
        assert_eq!(deleted, expected);
        let (_, all, _) = request("GET", "/v1/invitations").send(&fake);
        assert_eq!(all, json!([]));
        let (_, all, _) = request("GET", "/v1/invitations?status=revoked").send(&fake);
        assert_eq!(all, json!([]));
        let (status, ..) = request("DELETE", &path).send(&fake);
        assert_eq!(status, 404);
    }
}

/// In Clerk's JavaScript SDK, an update of a SAML connection has a `provider`, and an update of an
/// organization's domain has a `name`. The specification omits both.
#[test]
fn an_update_cannot_change_a_provider_or_the_name_of_a_domain() {
    let fake = FakeClerk::new();
    fake.add_organization(Organization::new("org_1"));
    for (path, body, changes) in [
        (
            "/v1/saml_connections",
            json!({ "name": "Okta", "provider": "saml_okta", "domains": ["example.com"] }),
            json!({ "provider": "saml_google" }),
        ),
        (
            "/v1/organizations/org_1/domains",
            json!({ "name": "looms.example", "enrollment_mode": "manual_invitation" }),
            json!({ "name": "engines.example" }),
        ),
    ] {
        let create = request("POST", path).body(&body.to_string()).send(&fake);
        let path = format!("{path}/{}", create.1["id"].as_str().unwrap());
        let update = request("PATCH", &path)
            .body(&changes.to_string())
            .send(&fake);
        assert_eq!(update.0, 200, "{}", update.1);
        for name in ["name", "provider"] {
            assert_eq!(update.1.get(name), create.1.get(name), "{path} {name}");
        }
    }
}

/// Clerk's SDKs have operations that the specification of the newest API version omits.
#[test]
fn an_operation_that_only_the_sdks_have_is_a_501() {
    let fake = FakeClerk::new();
    for (method, path, operation) in [
        (
            "POST",
            "/v1/sessions/sess_1/verify",
            "POST /sessions/{session_id}/verify",
        ),
        (
            "GET",
            "/v1/clients/handshake_payload?nonce=1",
            "GET /clients/handshake_payload",
        ),
        ("GET", "/v1/commerce/plans", "GET /commerce/plans"),
        (
            "POST",
            "/v1/accountless_applications/complete",
            "POST /accountless_applications/complete",
        ),
    ] {
        let (status, error, _) = request(method, path).send(&fake);
        let error = &error["errors"][0];
        assert_eq!(
            (status, &error["code"]),
            (501, &json!("fake_not_modelled")),
            "{path}"
        );
        let message = error["long_message"].as_str().unwrap();
        assert!(message.contains(operation), "{message}");
        assert_eq!(fake.not_modelled()[operation], 1);
    }
    for (method, path) in [
        ("GET", "/v1/sessions/sess_1/verify"),
        ("POST", "/v1/sessions/verify"),
        ("POST", "/v1/sessions/sess_1/verify/1"),
    ] {
        let (status, error, _) = request(method, path).send(&fake);
        assert_eq!(status, 404, "{method} {path}: {error}");
    }
}

#[test]
fn no_operation_id_names_an_operation_that_only_the_sdks_have() {
    let fake = FakeClerk::new();
    fake.respond_to("GetClient", |_| Reply::json(200, &json!({})));
    let handshake = request("GET", "/v1/clients/handshake_payload");
    assert_eq!(handshake.send(&fake).0, 501);
    assert_eq!(fake.requests()[0].operation_id(), None);
    let client = request("GET", "/v1/clients/client_1");
    assert_eq!(client.send(&fake).0, 200);
    assert_eq!(fake.requests()[1].operation_id(), Some("GetClient"));
}

#[test]
fn the_page_for_browsers_needs_no_secret_key() {
    let fake = FakeClerk::new();
    fake.require_key("sk_test_right");
    for (path, expected) in [
        ("/v1/public/interstitial", 501),
        ("/v1/public/interstitial/1", 401),
        ("/v1/clients/handshake_payload", 401),
    ] {
        let without_key = request("GET", path).header("authorization", "");
        assert_eq!(without_key.send(&fake).0, expected, "{path}");
    }
    let post = request("POST", "/v1/public/interstitial").header("authorization", "");
    assert_eq!(post.send(&fake).0, 401);
}

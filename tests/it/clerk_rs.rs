//! Known failures of clerk-rs, in a table. This client decodes the payloads that clerk-rs rejects.
//! If clerk-rs sends a wrong request, this client sends the right one, or returns an error.

use clerk_client::http::Method;
use clerk_client::mock::{FakeClerk, Reply};
use clerk_client::models::{ClerkError, OAuthAccessToken, OrganizationMembership, Page};
use clerk_client::requests::UpdateUserRequest;
use clerk_client::requests::{
    CreateUserRequest, PageParams, ProfileImage, UpdateUserMetadataRequest, UserListParams,
};
use clerk_client::{Clerk, Error, SecretKey, TokioTransport, User};
use serde_json::{Value, json};

use crate::support::{KEY, RawServer, client_replying, client_replying_ok, full_user, key, run};

type Check = fn();

/// The known failures, with a check for each.
const ROWS: &[(&str, Check)] = &[
    ("a verification without its object", || {
        let admin = json!({ "status": "verified", "strategy": "admin", "attempts": null, "expire_at": null });
        let user = user_with(
            "email_addresses",
            json!([{ "id": "idn_1", "verification": admin }]),
        );
        let verification = user.email_addresses[0].verification.as_ref().unwrap();
        assert_eq!(verification.strategy.as_str(), "admin");
    }),
    ("a new kind of verification", || {
        let user = user_with(
            "email_addresses",
            json!([{ "verification": { "object": "verification_new" } }]),
        );
        let verification = user.email_addresses[0].verification.as_ref().unwrap();
        assert_eq!(verification.object.as_str(), "verification_new");
    }),
    ("a phone verified by a ticket", || {
        let ticket =
            json!({ "object": "verification_ticket", "status": "verified", "strategy": "ticket" });
        let user = user_with("phone_numbers", json!([{ "verification": ticket }]));
        assert!(user.phone_numbers[0].verification.is_some());
    }),
    ("a new strategy and a new status", || {
        let otp = json!({ "object": "verification_otp", "status": "pending", "strategy": "reset_password_phone_code" });
        let user = user_with("email_addresses", json!([{ "verification": otp }]));
        let verification = user.email_addresses[0].verification.as_ref().unwrap();
        assert_eq!(verification.status.as_str(), "pending");
        assert_eq!(verification.strategy.as_str(), "reset_password_phone_code");
    }),
    ("a new kind of wallet", || {
        let web3 = json!({ "object": "verification_web3", "strategy": "web3_phantom_signature" });
        user_with("web3_wallets", json!([{ "verification": web3 }]));
    }),
    ("a new kind of external account", || {
        let user = user_with("external_accounts", json!([{ "object": "apple_account" }]));
        assert_eq!(user.external_accounts[0].object.as_str(), "apple_account");
    }),
    ("an external account without a first name", || {
        let user = user_with("external_accounts", json!([{ "first_name": null }]));
        assert_eq!(user.external_accounts[0].first_name, None);
    }),
    ("an OAuth verification that does not expire", || {
        let oauth = json!({ "object": "verification_oauth", "expire_at": null });
        user_with("external_accounts", json!([{ "verification": oauth }]));
    }),
    ("a passkey that was never used", || {
        let user = user_with("passkeys", json!([{ "id": "idn_1", "last_used_at": null }]));
        assert_eq!(user.passkeys[0].last_used_at, None);
    }),
    ("a user of an older version of the API", || {
        let mut user = full_user();
        for key in [
            "mfa_enabled_at",
            "legal_accepted_at",
            "passkeys",
            "enterprise_accounts",
            "saml_accounts",
        ] {
            user.as_object_mut().unwrap().remove(key);
        }
        serde_json::from_value::<User>(user).unwrap();
    }),
    ("an organization without a slug", || {
        for organization in [
            json!({ "id": "org_1", "name": "Acme" }),
            json!({ "id": "org_1", "slug": null }),
        ] {
            let membership = json!({ "id": "orgmem_1", "organization": organization });
            let membership: OrganizationMembership = serde_json::from_value(membership).unwrap();
            assert_eq!(membership.organization.slug, None);
        }
    }),
    ("metadata that is null", || {
        assert!(
            user_with("public_metadata", Value::Null)
                .public_metadata
                .is_empty()
        );
    }),
    ("an error has the status of the response", || {
        for (status, path) in [(404, "get"), (422, "verify"), (422, "update"), (500, "get")] {
            let error = run(async {
                let users = client_replying(move || Reply::json(status, &json!({ "errors": [{ "message": "m", "long_message": "l", "code": "c" }] }))).0.users();
                match path {
                    "get" => users.get_user("u").await.map(drop),
                    "verify" => users.verify_password("u", "wrong").await.map(drop),
                    _ => users
                        .update_user("u", UpdateUserRequest::new())
                        .await
                        .map(drop),
                }
            });
            assert_eq!(error.unwrap_err().status().unwrap(), status);
        }
    }),
    ("Retry-After is kept", || {
        let error = get_error(|| Reply::bytes(429, "").header("retry-after", "7"));
        assert_eq!(error.retry_after().unwrap().as_secs(), 7);
        assert_eq!(error.headers().unwrap()["retry-after"], "7");
    }),
    ("an error shows code, message and trace id", || {
        let body = json!({ "errors": [{ "message": "not found", "long_message": "No user", "code": "resource_not_found" }], "clerk_trace_id": "t1" });
        let error = get_error(move || Reply::json(404, &body)).to_string();
        for part in ["404 Not Found", "resource_not_found", "No user", "t1"] {
            assert!(error.contains(part), "{error}");
        }
    }),
    ("an error without a long message", || {
        let error =
            get_error(|| Reply::json(422, &json!({ "errors": [{ "message": "m", "code": "c" }] })));
        let [ClerkError { message, code, .. }] = error.clerk_errors() else {
            panic!("{error}")
        };
        assert_eq!((&**message, &**code), ("m", "c"));
    }),
    ("204 and an empty 2xx keep their status", || {
        for status in [200, 204] {
            assert_eq!(
                get_error(move || Reply::bytes(status, ""))
                    .status()
                    .unwrap(),
                status
            );
        }
    }),
    ("JSON of another content type, or of none", || {
        for content_type in [
            "text/html",
            "application/json; charset=utf-8",
            "application/vnd.api+json",
        ] {
            let (clerk, _) = client_replying(move || {
                Reply::bytes(200, r#"{"id":"u"}"#).header("content-type", content_type)
            });
            run(clerk.users().get_user("u")).unwrap();
        }
        run(async {
            client_replying_ok(r#"{"id":"u"}"#)
                .users()
                .get_user("u")
                .await
        })
        .unwrap();
        let error = get_error(|| Reply::bytes(200, "<html>").header("content-type", "text/html"));
        assert_eq!(
            (error.status().unwrap().as_u16(), error.body()),
            (200, &b"<html>"[..])
        );
    }),
    ("a 3xx is an error", || {
        for status in [301, 302, 304, 307, 308] {
            assert_eq!(
                get_error(move || Reply::bytes(status, r#"{"id":"u"}"#))
                    .status()
                    .unwrap(),
                status
            );
        }
    }),
    ("a redirected ban is not sent as a GET", || {
        let server = RawServer::start(|_| {
            b"HTTP/1.1 302 Found\r\nlocation: /v1/elsewhere\r\ncontent-length: 0\r\n\r\n".to_vec()
        });
        let error = run(async {
            let builder = Clerk::builder(TokioTransport::new().unwrap(), key());
            builder
                .base_url(server.url())
                .build()
                .unwrap()
                .users()
                .ban_user("u")
                .await
                .unwrap_err()
        });
        assert_eq!(error.status().unwrap(), 302);
        assert_eq!(server.requests().len(), 1);
    }),
    ("tokens as a page and as an array", || {
        let token = json!({ "object": "oauth_access_token", "token": "t", "scopes": ["a"] });
        for (body, total) in [
            (json!({ "data": [token], "total_count": 7 }), Some(7)),
            (json!([token]), None),
        ] {
            let clerk = client_replying_ok(body.to_string());
            let page: Page<OAuthAccessToken> = run(async {
                clerk
                    .users()
                    .get_o_auth_access_token("u", "oauth_google", PageParams::new())
                    .await
            })
            .unwrap();
            assert_eq!((page.data.len(), page.total_count), (1, total));
        }
    }),
    ("a custom transport still sends the version", || {
        let (clerk, requests) = client_replying(|| Reply::bytes(200, "[]"));
        run(clerk.users().get_user_list(UserListParams::new())).unwrap();
        assert_eq!(
            requests.lock().unwrap()[0].header("clerk-api-version"),
            Some("2026-05-12")
        );
    }),
    (
        "an invalid version is an error, and a valid one is sent by the given transport",
        || {
            let fake = FakeClerk::new();
            let refused = Clerk::builder(fake.transport(), key())
                .api_version("v\n")
                .build();
            assert!(refused.unwrap_err().to_string().contains("2026-05-12"));
            let clerk = Clerk::builder(fake.transport(), key()).api_version("2025-11-10");
            run(clerk
                .build()
                .unwrap()
                .users()
                .get_user_list(UserListParams::new()))
            .unwrap();
            let requests = fake.requests();
            assert_eq!(requests[0].header("clerk-api-version"), Some("2025-11-10"));
        },
    ),
    ("secrets are not printed", || {
        assert!(!format!("{:?}", key()).contains(KEY));
        let request = CreateUserRequest::new()
            .password("hush")
            .totp_secret("hush");
        assert!(!format!("{request:?}").contains("hush"));
    }),
    ("an empty key, or one with a newline", || {
        for key in ["", "sk_test_a\n"] {
            SecretKey::new(key).unwrap_err();
        }
    }),
    ("ids are encoded for paths", || {
        let (clerk, requests) = client_replying(|| Reply::bytes(200, r#"{"id":"u"}"#));
        run(async {
            clerk.users().get_user("a b").await.unwrap();
            for id in ["", ".", ".."] {
                clerk.users().get_user(id).await.unwrap_err();
            }
        });
        assert_eq!(requests.lock().unwrap()[0].path(), "/v1/users/a%20b");
    }),
    ("an empty body is an object", || {
        let (clerk, requests) = client_replying(|| Reply::bytes(200, r#"{"id":"u"}"#));
        run(async {
            clerk
                .users()
                .update_user_metadata("u", UpdateUserMetadataRequest::new())
                .await
        })
        .unwrap();
        assert_eq!(requests.lock().unwrap()[0].body(), b"{}");
    }),
    ("an image is bytes, with a type and a length", || {
        let (clerk, requests) = client_replying(|| Reply::bytes(200, r#"{"id":"u"}"#));
        let image = ProfileImage::new("a.png", "image/png", vec![1, 2, 3]);
        run(clerk.users().set_user_profile_image("u", image)).unwrap();
        let body = String::from_utf8_lossy(requests.lock().unwrap()[0].body()).into_owned();
        assert!(body.contains("Content-Type: image/png\r\n\r\n\u{1}\u{2}\u{3}\r\n"));
    }),
    ("parameters are named", || {
        let params = UserListParams::new().limit(10).username(["ada"]);
        assert_eq!(
            params.filter.username.as_deref(),
            Some(&["ada".to_owned()][..])
        );
    }),
    ("serialized objects have no duplicate keys", || {
        let user: User = serde_json::from_value(full_user()).unwrap();
        let text = serde_json::to_string(&user.email_addresses[0].verification).unwrap();
        assert_eq!(text.matches("\"object\"").count(), 1, "{text}");
    }),
    (
        "an endpoint that has no method in the client can be called by its path",
        || {
            let (clerk, _) = client_replying(|| Reply::json(200, &json!({ "id": "org_1" })));
            let organization: Value =
                run(async { clerk.request(Method::GET, ["organizations", "org_1"]).await })
                    .unwrap();
            assert_eq!(organization["id"], "org_1");
        },
    ),
];

#[test]
fn known_clerk_rs_failures_do_not_occur() {
    let failed: Vec<&str> = ROWS
        .iter()
        .filter(|(_, check)| std::panic::catch_unwind(check).is_err())
        .map(|(what, _)| *what)
        .collect();
    assert!(failed.is_empty(), "{failed:#?}");
}

/// Decodes a user whose `field` is `value`, alone and in a list.
fn user_with(field: &str, value: Value) -> User {
    let mut user = full_user();
    user[field] = value;
    let list = client_replying_ok(json!([user]).to_string());
    run(list.users().get_user_list(UserListParams::new())).unwrap();
    let clerk = client_replying_ok(user.to_string());
    run(clerk.users().get_user("user_1")).unwrap()
}

fn get_error(reply: impl Fn() -> Reply + Send + 'static) -> Error {
    let (clerk, _) = client_replying(reply);
    run(clerk.users().get_user("u")).unwrap_err()
}

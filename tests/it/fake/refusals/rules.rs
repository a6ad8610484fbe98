//! Requests that Clerk refuses by default.

use clerk_client::mock::{FakeClerk, FakeUser};
use clerk_client::models::Organization;
use serde_json::{Value, json};

use super::{assert_first_error, request, seeded_fake};

/// Returns bodies of `POST /users` that are refused, each with the code and the parameter of the
/// first error.
fn refused_creations() -> Vec<(Value, &'static str, &'static str)> {
    let (format, size) = (
        "form_param_format_invalid",
        "form_param_exceeds_allowed_size",
    );
    let digest = |hasher: &str, digest: &str| json!({ "password_hasher": hasher, "password_digest": digest });
    let no_digest = "form_password_digest_invalid_code";
    let large = json!({ "text": "a".repeat(8_192) });
    #[rustfmt::skip]
    let table = vec![
        (json!({ "username": "ada" }), "form_username_invalid_length", "username"),
        (json!({ "username": "a".repeat(65) }), "form_username_invalid_length", "username"),
        (json!({ "username": "ada lovelace" }), "form_username_invalid_character", "username"),
        (json!({ "username": "ada@example.com" }), "form_username_invalid_character", "username"),
        (json!({ "username": "+15555550100" }), "form_username_cannot_be_phone_number", "username"),
        (json!({ "username": "15555550100" }), "form_username_needs_non_number_char", "username"),
        (json!({ "username": "1815" }), "form_username_needs_non_number_char", "username"),
        (json!({ "username": "0".repeat(16) }), "form_username_needs_non_number_char", "username"),
        (json!({ "email_address": ["ada"] }), format, "email_address"),
        (json!({ "email_address": ["@example.com"] }), format, "email_address"),
        (json!({ "email_address": ["ada@example"] }), format, "email_address"),
        (json!({ "email_address": ["ada @example.com"] }), format, "email_address"),
        (json!({ "email_address": ["ada@-example.com"] }), format, "email_address"),
        (json!({ "phone_number": ["5555550100"] }), format, "phone_number"),
        (json!({ "phone_number": ["+1 555 555 0100"] }), format, "phone_number"),
        (json!({ "phone_number": ["+1234567890123456"] }), format, "phone_number"),
        (json!({ "web3_wallet": ["0x1815"] }), format, "web3_wallet"),
        (json!({ "web3_wallet": ["ada"] }), format, "web3_wallet"),
        (json!({ "locale": "english" .repeat(2) }), format, "locale"),
        (json!({ "locale": "en_US" }), format, "locale"),
        (json!({ "public_metadata": large }), size, "public_metadata"),
        (json!({ "unsafe_metadata": large }), size, "unsafe_metadata"),
        (json!({ "totp_secret": "not base 32!" }), "invalid_totp_secret_code", ""),
        (json!({ "totp_secret": "" }), "invalid_totp_secret_code", ""),
        (json!({ "totp_secret": "====" }), "invalid_totp_secret_code", ""),
        (json!({ "totp_secret": "A" }), "invalid_totp_secret_code", ""),
        (digest("rot13", "nqn"), no_digest, "password_hasher"),
        (digest("bcrypt", "$2b$10$short"), no_digest, "password_digest"),
        (digest("md5", "ada"), no_digest, "password_digest"),
        (digest("sha256", &"f".repeat(63)), no_digest, "password_digest"),
        (digest("argon2id", "$argon2i$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA"), no_digest, "password_digest"),
        (json!({ "password": "engines" }), "form_password_length_too_short", "password"),
        (json!({ "password": "a".repeat(73) }), "form_password_length_too_long", "password"),
        (json!({ "password": "ä".repeat(37) }), "form_password_size_in_bytes_exceeded", "password"),
        (json!({ "password": "password123" }), "form_password_pwned", "password"),
        (
            json!({ "password": "Ada@Example.com", "email_address": ["ada@example.com"] }),
            "form_password_matches_identifier", "password",
        ),
        (
            json!({ "password": "countess", "username": "Countess" }),
            "form_password_matches_identifier", "password",
        ),
        (
            json!({
                "email_address": ["a@example.com", "b@example.com"],
                "email_address_identification_status": ["verified"],
            }),
            "form_param_array_length_mismatch", "email_address_identification_status",
        ),
        (json!({ "legal_accepted_at": "today" }), "form_param_invalid_time", "legal_accepted_at"),
        (json!({ "legal_accepted_at": 7 }), "form_param_type_invalid", "legal_accepted_at"),
    ];
    table
}

#[test]
fn creations_are_refused_as_clerk_does_by_default() {
    let fake = FakeClerk::new();
    for (body, code, param) in refused_creations() {
        let (status, response, _) = request("POST", "/v1/users")
            .body(&body.to_string())
            .send(&fake);
        let what = format!("{body}: {response}");
        assert_first_error(&response, status, (422, code, param), &what);
        let count = response["errors"].as_array().map(Vec::len);
        assert_eq!(count, Some(1), "{what}");
    }
    assert_eq!(fake.to_json()["users"], json!([]));
}

#[test]
fn unusual_values_that_clerk_accepts_are_accepted() {
    let bcrypt = "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy";
    for body in [
        json!({ "username": "a_-1" }),
        json!({ "username": "a".repeat(64) }),
        json!({ "email_address": ["a.b+c@sub.example.co.uk"] }),
        json!({ "email_address": ["jörg@bücher.example"] }),
        json!({ "phone_number": ["+4930123456"] }),
        json!({ "web3_wallet": ["0xAB5801a7D398351b8bE11C439e05C5B3259aeC9B"] }),
        json!({ "web3_wallet": ["7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV"] }),
        json!({ "locale": "zh-Hant-TW" }),
        json!({ "public_metadata": { "text": "a".repeat(8_000) } }),
        json!({ "totp_secret": "GEZDGNBVGY3TQOJQ" }),
        json!({ "password_hasher": "bcrypt", "password_digest": bcrypt }),
        json!({ "password_hasher": "md5", "password_digest": "900150983cd24fb0d6963f7d28e17f72" }),
        json!({ "password": "a".repeat(72) }),
        json!({ "password": "12345678", "skip_password_checks": true }),
    ] {
        let create = request("POST", "/v1/users");
        let (status, response, _) = create.body(&body.to_string()).send(&FakeClerk::new());
        assert_eq!(status, 200, "{body}: {response}");
    }
}

#[test]
fn updates_follow_the_rules_of_creations() {
    let fake = seeded_fake();
    let ada = "/v1/users/user_ada";
    for (method, path, body, code, param) in [
        (
            "PATCH",
            ada,
            json!({ "username": "a" }),
            "form_username_invalid_length",
            "username",
        ),
        (
            "PATCH",
            ada,
            json!({ "locale": "?" }),
            "form_param_format_invalid",
            "locale",
        ),
        (
            "PATCH",
            ada,
            json!({ "password": "12345678" }),
            "form_password_pwned",
            "password",
        ),
        (
            "PATCH",
            ada,
            json!({ "password": "ada@example.com" }),
            "form_password_matches_identifier",
            "password",
        ),
        (
            "PUT",
            "/v1/users/user_ada/email_address",
            json!({ "email_address": "ada" }),
            "form_param_format_invalid",
            "email_address",
        ),
    ] {
        let (status, response, _) = request(method, path).body(&body.to_string()).send(&fake);
        let what = format!("{method} {path} {body}: {response}");
        assert_first_error(&response, status, (422, code, param), &what);
    }
    // An update does not check the existing username, which is too short here.
    fake.edit("user_ada", |ada| ada.username = Some("a".into()));
    let (status, ..) = request("PATCH", ada)
        .body(r#"{"first_name":"Ada"}"#)
        .send(&fake);
    assert_eq!(status, 200);
}

#[test]
fn metadata_does_not_grow_beyond_the_limit_by_merging() {
    let fake = seeded_fake();
    fake.add_organization(Organization::new("org_1"));
    fake.add(FakeUser::new("user_alan").member_of("org_1", "org:member"));
    for path in [
        "/v1/users/user_ada/metadata",
        "/v1/organizations/org_1/metadata",
        "/v1/organizations/org_1/memberships/user_alan/metadata",
    ] {
        let merge = |key: &str| {
            let body = json!({ "private_metadata": { key: "a".repeat(5_000) } });
            request("PATCH", path).body(&body.to_string()).send(&fake)
        };
        assert_eq!(merge("one").0, 200, "{path}");
        let (status, response, _) = merge("two");
        let expected = (422, "form_param_exceeds_allowed_size", "private_metadata");
        assert_first_error(&response, status, expected, path);
    }
    assert!(
        fake.user("user_ada")
            .unwrap()
            .private_metadata
            .as_json()
            .len()
            < 8_192
    );
}

#[test]
fn metadata_that_is_too_large_is_reported_once() {
    let fake = seeded_fake();
    fake.add_organization(Organization::new("org_1"));
    fake.add(FakeUser::new("user_alan").member_of("org_1", "org:member"));
    let body = json!({ "public_metadata": { "text": "a".repeat(8_192) } }).to_string();
    for (method, path) in [
        ("PUT", "/v1/users/user_ada/metadata"),
        ("PATCH", "/v1/users/user_ada/metadata"),
        ("PATCH", "/v1/organizations/org_1/metadata"),
        (
            "PATCH",
            "/v1/organizations/org_1/memberships/user_alan/metadata",
        ),
    ] {
        let (status, response, _) = request(method, path).body(&body).send(&fake);
        let expected = (422, "form_param_exceeds_allowed_size", "public_metadata");
        assert_first_error(&response, status, expected, path);
        let count = response["errors"].as_array().map(Vec::len);
        assert_eq!(count, Some(1), "{method} {path}: {response}");
    }
}

#[test]
fn ids_of_the_wrong_type_are_reported_once() {
    for (ids, code) in [
        ("7", "form_param_type_invalid"),
        ("[7]", "form_param_type_invalid"),
        ("null", "form_param_missing"),
        ("[]", "form_param_value_invalid"),
    ] {
        let body = format!(r#"{{"user_ids":{ids}}}"#);
        let ban = request("POST", "/v1/users/ban").body(&body);
        let (status, response, _) = ban.send(&seeded_fake());
        assert_first_error(&response, status, (422, code, "user_ids"), ids);
        let count = response["errors"].as_array().map(Vec::len);
        assert_eq!(count, Some(1), "{ids}: {response}");
    }
}

#[test]
fn an_invalid_required_parameter_is_reported_once() {
    let ada = json!({ "user_id": "user_ada" });
    let credit = json!({ "amount": 100, "action": "increase" });
    let of_ada = |rest: &str| format!("/v1/users/user_ada/{rest}");
    for (method, path, body, param) in [
        ("POST", "/v1/sessions".into(), json!({}), "user_id"),
        (
            "POST",
            "/v1/email_addresses".into(),
            ada.clone(),
            "email_address",
        ),
        ("POST", "/v1/phone_numbers".into(), ada, "phone_number"),
        ("PUT", of_ada("email_address"), json!({}), "email_address"),
        ("PUT", of_ada("phone_number"), json!({}), "phone_number"),
        ("POST", of_ada("billing/credits"), credit, "idempotency_key"),
        ("POST", of_ada("verify_password"), json!({}), "password"),
    ] {
        for (value, code) in [
            (json!(7), "form_param_type_invalid"),
            (Value::Null, "form_param_missing"),
        ] {
            let mut body = body.clone();
            body[param] = value;
            let text = body.to_string();
            let sent = request(method, &path).body(&text).send(&seeded_fake());
            let (status, response, _) = sent;
            assert_first_error(&response, status, (422, code, param), &path);
            let count = response["errors"].as_array().map(Vec::len);
            assert_eq!(count, Some(1), "{method} {path} {text}: {response}");
        }
    }
}

#[test]
fn a_limit_that_is_too_high_means_the_default() {
    let fake = FakeClerk::new();
    for number in 0..20 {
        fake.add(FakeUser::new(format!("user_{number}")));
    }
    for (limit, expected) in [(500, 20), (501, 10)] {
        let path = format!("/v1/users?limit={limit}");
        let (status, users, _) = request("GET", &path).send(&fake);
        assert_eq!(status, 200);
        assert_eq!(users.as_array().unwrap().len(), expected, "{limit}");
    }
}

#[test]
fn messages_are_short_and_long_messages_are_sentences() {
    let fake = seeded_fake();
    for (body, short, long) in [
        (
            r#"{"age":7}"#,
            "is unknown",
            "age is not a valid parameter for this request.",
        ),
        (
            r#"{"email_address":["ada"]}"#,
            "is invalid",
            "email_address must be a valid email address.",
        ),
        (
            r#"{"first_name":7}"#,
            "is invalid",
            "first_name must be a string.",
        ),
        (
            r#"{"created_at":"today"}"#,
            "invalid format",
            "created_at must be a date and time of RFC 3339.",
        ),
        (
            r#"{"totp_secret":"1"}"#,
            "invalid TOTP secret",
            "totp_secret must be in base 32.",
        ),
    ] {
        let (_, response, _) = request("POST", "/v1/users").body(body).send(&fake);
        let error = &response["errors"][0];
        assert_eq!([&error["message"], &error["long_message"]], [short, long]);
    }
    let unauthorized = request("GET", "/v1/users").header("authorization", "");
    let (_, response, _) = unauthorized.send(&fake);
    let long = response["errors"][0]["long_message"].as_str().unwrap();
    assert!(long.ends_with("Must be 'Bearer <YOUR_API_KEY>'."), "{long}");
}

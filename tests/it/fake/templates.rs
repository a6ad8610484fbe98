//! Tokens that the fake makes from its JWT templates.

use clerk_client::Timestamp;
use clerk_client::mock::{FakeClerk, FakeSession, FakeUser};
use serde_json::{Value, json};

use super::refusals::request;

/// Creates a JWT template and a session. Returns the claims of the session's token for the
/// template.
fn claims(fake: &FakeClerk, session: FakeSession, template: Value) -> Value {
    let name = template["name"].as_str().unwrap().to_owned();
    let body = template.to_string();
    let create = request("POST", "/v1/jwt_templates").body(&body);
    let (status, created, _) = create.send(fake);
    assert_eq!(status, 200, "{created}");
    let session = fake.sign_in(session);
    let path = format!("/v1/sessions/{}/tokens/{name}", session.session_id());
    let (status, token, _) = request("POST", &path).send(fake);
    assert_eq!(status, 200, "{token}");
    let payload = token["jwt"].as_str().unwrap().split('.').nth(1).unwrap();
    let payload = base64::Engine::decode(&base64::prelude::BASE64_URL_SAFE_NO_PAD, payload);
    serde_json::from_slice(&payload.unwrap()).unwrap()
}

fn fake() -> FakeClerk {
    let fake = FakeClerk::new();
    fake.add(
        FakeUser::new("user_ada")
            .name("Ada", "Lovelace")
            .email_address("ada@example.com")
            .public_metadata(json!({ "desk": { "floor": 2 } }))
            .private_metadata(json!({ "salary": 1 }))
            .created_at(Timestamp::from_millis(1_000))
            .member_of("org_engines", "org:admin"),
    );
    fake
}

#[test]
fn a_token_has_the_claims_and_the_lifetime_of_its_template() {
    let fake = fake();
    let template = json!({
        "name": "hasura",
        "claims": { "aud": ["db"], "nested": { "level": 1, "none": null } },
        "lifetime": 600,
    });
    let session = FakeSession::new("user_ada").claim("aud", "of the test");
    let claims = claims(&fake, session, template);
    assert_eq!(claims["nested"], json!({ "level": 1, "none": null }));
    assert_eq!(claims["aud"], "of the test");
    let lifetime = claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap();
    assert_eq!(lifetime, 600);
}

#[test]
fn shortcodes_become_the_values_of_the_user_and_the_organization() {
    let shortcodes = [
        ("{{user.id}}", json!("user_ada")),
        ("{{ user.full_name }}", json!("Ada Lovelace")),
        ("{{user.primary_email_address}}", json!("ada@example.com")),
        ("{{user.email_verified}}", json!(true)),
        ("{{user.primary_phone_number}}", json!(null)),
        ("{{user.phone_number_verified}}", json!(false)),
        ("{{user.created_at}}", json!(1_000)),
        (
            "{{user.public_metadata}}",
            json!({ "desk": { "floor": 2 } }),
        ),
        ("{{user.public_metadata.desk.floor}}", json!(2)),
        ("{{user.private_metadata.salary}}", json!(null)),
        ("{{user.unknown.field}}", json!(null)),
        ("{{org.id}}", json!("org_engines")),
        ("{{org.role}}", json!("org:admin")),
        ("{{user.username || user.last_name}}", json!("Lovelace")),
        ("{{user.username || 'nobody'}}", json!("nobody")),
        ("{{user.username || 'a || b' || 'c'}}", json!("a || b")),
        ("{{user.username || 'open || 30}}", json!(null)),
        ("{{user.username || 'it's' || 30}}", json!("it's")),
        ("{{user.first_name || 'nobody'}}", json!("Ada")),
        ("{{user.username || 30 }}", json!(30)),
        ("{{user.username || -1.5}}", json!(-1.5)),
        ("{{user.phone_number_verified || true}}", json!(true)),
        ("{{user.username || false || 30}}", json!(30)),
        (
            "{{user.username}} {{user.first_name}}: floor {{user.public_metadata.desk.floor}}!",
            json!("null Ada: floor 2!"),
        ),
        ("no {{ shortcode", json!("no {{ shortcode")),
    ];
    let texts: Vec<&str> = shortcodes.iter().map(|(text, _)| *text).collect();
    let template = json!({ "name": "all", "claims": { "all": texts } });
    let session = FakeSession::new("user_ada").member_of("org_engines");
    let claims = claims(&fake(), session, template);
    for (place, (text, expected)) in shortcodes.iter().enumerate() {
        assert_eq!(claims["all"][place], *expected, "{text}");
    }
}

#[test]
fn an_empty_text_is_a_value_but_a_user_without_names_has_no_full_name() {
    let fake = FakeClerk::new();
    let metadata = json!({ "motto": "" });
    fake.add(FakeUser::new("user_1").public_metadata(metadata));
    let template = json!({
        "name": "profile",
        "claims": {
            "motto": "{{user.public_metadata.motto || 'none'}}",
            "name": "{{user.full_name}}",
            "shown": "{{user.full_name || 'Awesome User'}}",
        },
    });
    let claims = claims(&fake, FakeSession::new("user_1"), template);
    assert_eq!(claims["motto"], "");
    assert_eq!(claims["name"], json!(null));
    assert_eq!(claims["shown"], "Awesome User");
}

#[test]
fn a_token_is_valid_earlier_by_the_clock_skew_that_its_template_allows() {
    for (skew, expected) in [(json!(120), 120), (json!(0), 0), (json!(null), 5)] {
        let template = json!({ "name": "early", "claims": {}, "allowed_clock_skew": &skew });
        let claims = claims(&fake(), FakeSession::new("user_ada"), template);
        let before = claims["iat"].as_i64().unwrap() - claims["nbf"].as_i64().unwrap();
        assert_eq!(before, expected, "{skew}");
    }
}

#[test]
fn a_template_reads_the_public_metadata_of_the_membership_in_the_active_organization() {
    let metadata = json!({
        "public_metadata": { "desk": 7 },
        "private_metadata": { "salary": 1 },
    });
    let metadata = metadata.to_string();
    let template = json!({
        "name": "desk",
        "claims": {
            "all": "{{org_membership.public_metadata}}",
            "desk": "{{org_membership.public_metadata.desk}}",
            "private": "{{org_membership.private_metadata.salary}}",
        },
    });
    let nothing = json!({ "all": null, "desk": null, "private": null });
    let member = FakeSession::new("user_ada").member_of("org_engines");
    for (session, expected) in [
        (
            member,
            json!({ "all": { "desk": 7 }, "desk": 7, "private": null }),
        ),
        (FakeSession::new("user_ada"), nothing),
    ] {
        let fake = fake();
        let path = "/v1/organizations/org_engines/memberships/user_ada/metadata";
        let (status, updated, _) = request("PATCH", path).body(&metadata).send(&fake);
        assert_eq!(status, 200, "{updated}");
        let claims = claims(&fake, session, template.clone());
        for (name, value) in expected.as_object().unwrap() {
            assert_eq!(claims[name], *value, "{name}");
        }
    }
}

//! The state of a fake as JSON.

use clerk_client::mock::{FakeClerk, FakeSession, FakeUser};
use clerk_client::{Metadata, Timestamp};
use serde_json::{Value, json};

use super::users;
use crate::fake::refusals::request;

#[test]
fn a_state_can_be_read_back_although_its_time_has_no_text() {
    let (first, last) = ("0000-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z");
    for (end, beyond) in [(first, -1), (last, 1)] {
        let end = Timestamp::parse_rfc3339(end).unwrap();
        let fake = FakeClerk::new();
        fake.add(FakeUser::new("user_ada"));
        for millis in [0, beyond] {
            fake.set_time(Timestamp::from_millis(end.as_millis() + millis));
            let again = FakeClerk::from_json(&fake.to_json().to_string()).unwrap();
            assert_eq!(again.time(), end);
            assert!(again.user("user_ada").is_some());
        }
    }
}

#[test]
fn a_state_may_start_with_a_byte_order_mark() {
    let text = "\u{feff}{ \"users\": [{ \"id\": \"user_ada\" }] }";
    let fake = FakeClerk::from_json(text).unwrap();
    assert!(fake.user("user_ada").is_some());
    let error = FakeClerk::from_json("\u{feff}\u{feff}{}").unwrap_err();
    assert!(error.to_string().contains("JSON"), "{error}");
}

#[test]
fn a_state_that_is_written_as_text_is_read_back() {
    let fake = FakeClerk::new();
    users().into_iter().for_each(|user| fake.add(user));
    let digits = r#"{"exact":1.00000000000000000001}"#;
    let exact: Metadata = serde_json::from_str(digits).unwrap();
    fake.add(
        FakeUser::new("user_full")
            .password("correct horse")
            .member_of("org_engines", "org:admin")
            .public_metadata(exact),
    );
    fake.sign_in("user_full");
    let mut text = Vec::new();
    fake.write_json(&mut text).unwrap();
    let tree: Value = serde_json::from_slice(&text).unwrap();
    assert_eq!(tree, fake.to_json());
    let again = FakeClerk::from_json(std::str::from_utf8(&text).unwrap()).unwrap();
    assert_eq!(again.to_json(), tree);
    let metadata = again.user("user_full").unwrap().public_metadata;
    assert_eq!(metadata.as_json(), digits);
}

#[test]
fn a_session_of_a_user_who_is_not_a_member_is_read_back() {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada"));
    fake.add(FakeUser::new("user_alan").member_of("org_engines", "org:admin"));
    for user in ["user_ada", "user_alan"] {
        fake.sign_in(FakeSession::new(user).member_of("org_engines"));
        fake.sign_in(FakeSession::new(user).organization("org_engines", "org:member"));
    }
    let state = fake.to_json();
    let sessions = state["sessions"].as_array().unwrap().iter();
    let member_of = sessions.filter(|session| session["member_of"] == "org_engines");
    assert_eq!(member_of.count(), 2);
    let again = FakeClerk::from_json(&state.to_string()).unwrap();
    assert_eq!(again.to_json(), state);

    let seed = json!({
        "users": [{ "id": "user_ada" }],
        "sessions": [{
            "user_id": "user_ada",
            "member_of": "org_engines",
            "organization_id": "org_engines",
            "role": "org:admin",
        }],
    });
    let error = FakeClerk::from_json(&seed.to_string()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "invalid seed: sessions[0]: member_of cannot be combined with organization_id"
    );
}

#[test]
fn a_deleted_role_that_new_instances_have_stays_deleted() {
    let fake = FakeClerk::new();
    let send = |method: &str, path: &str, body: &str| {
        let (status, response, _) = request(method, path).body(body).send(&fake);
        assert_eq!(status, 200, "{response}");
    };
    let settings = r#"{ "domains_default_role_id": "role_admin" }"#;
    send("PATCH", "/v1/instance/organization_settings", settings);
    send("DELETE", "/v1/organization_roles/role_member", "");
    let state = fake.to_json();
    assert_eq!(state["deleted_organization_roles"], json!(["role_member"]));
    let again = FakeClerk::from_json(&state.to_string()).unwrap();
    assert_eq!(again.to_json(), state);
    let role = request("GET", "/v1/organization_roles/role_member");
    assert_eq!(role.send(&again).0, 404);

    let seed = r#"{ "deleted_organization_roles": ["role_king"] }"#;
    let error = FakeClerk::from_json(seed).unwrap_err().to_string();
    assert!(
        error.contains("expected role_admin or role_member"),
        "{error}"
    );
}

#[test]
fn a_value_that_is_nested_as_deeply_as_a_request_allows_is_read_back() {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada"));
    let nested = format!(r#"{{ "a": {}{} }}"#, "[".repeat(125), "]".repeat(125));
    let invitation =
        format!(r#"{{ "email_address": "bob@example.com", "public_metadata": {nested} }}"#);
    let key = format!(r#"{{ "name": "Nested", "subject": "user_ada", "claims": {nested} }}"#);
    for (path, body) in [("/v1/invitations", invitation), ("/v1/api_keys", key)] {
        let (status, created, _) = request("POST", path).body(&body).send(&fake);
        assert_eq!(status, 200, "{created}");
    }
    let state = fake.to_json();
    let again = FakeClerk::from_json(&state.to_string()).unwrap();
    assert_eq!(again.to_json(), state);
}

#[test]
fn settings_without_a_limit_are_read_back() {
    let fake = FakeClerk::new();
    let mut settings = fake.settings();
    settings.username_max_length = usize::MAX;
    settings.max_users = Some(usize::MAX);
    fake.set_settings(settings.clone());
    let again = FakeClerk::from_json(&fake.to_json().to_string()).unwrap();
    assert_eq!(again.settings(), settings);
}

//! The journal: the requests that the fake recorded.

use clerk_client::mock::Reply;
use clerk_client::operations;
use clerk_client::requests::{CreateUserRequest, UpdateUserRequest, UserListParams};
use serde_json::{Value, json};

use super::client::Control;
use super::surface::server;

fn numbers(response: &Value) -> Vec<u64> {
    let requests = response["requests"].as_array().unwrap().iter();
    requests
        .map(|request| request["number"].as_u64().unwrap())
        .collect()
}

/// Returns the journal as text. Asserts that it contains the bodies of exactly `count` responses.
async fn journal_with_bodies(control: &Control, count: usize) -> String {
    let journal = control.ok("GET", "requests", Value::Null).await;
    let requests = journal["requests"].as_array().unwrap().iter();
    let bodies = requests.filter(|request| request["response"]["body"].is_object());
    assert_eq!(bodies.count(), count, "{journal:#}");
    journal.to_string()
}

#[tokio::test]
async fn the_journal_shows_requests_and_responses_without_secrets() {
    let server = server().await;
    let control = Control::new(&server);
    let users = control.clerk().users();
    let grace = CreateUserRequest::new()
        .email_address(["grace@example.com"])
        .password("nanoseconds-of-wire");
    users.create_user(grace.clone()).await.unwrap();
    users.create_user(grace).await.unwrap_err();
    users
        .get_user_list(UserListParams::new().limit(1))
        .await
        .unwrap();
    let (status, _) = control.send("PATCH", "/v1/nowhere?a=1&a=2", "{").await;
    assert_eq!(status, 404);
    let journal = control.ok("GET", "requests", Value::Null).await;
    assert!(!journal.to_string().contains("nanoseconds"), "{journal:#}");
    assert!(!journal.to_string().contains("sk_test"), "{journal:#}");
    assert_eq!(
        (numbers(&journal), &journal["last_number"]),
        (vec![1, 2, 3, 4], &json!(4))
    );
    let [created, refused, listed, unknown] = &journal["requests"].as_array().unwrap()[..] else {
        panic!("{journal:#}");
    };
    assert_eq!(created["operation"], "CreateUser");
    assert_eq!(created["time"], "2026-01-01T00:00:00.000Z");
    assert_eq!(
        (&created["status"], &created["error_code"]),
        (&json!(200), &Value::Null)
    );
    assert_eq!(created["request"]["headers"]["authorization"], "[hidden]");
    assert_eq!(created["request"]["body"]["password"], "[hidden]");
    assert_eq!(
        created["request"]["body"]["email_address"],
        json!(["grace@example.com"])
    );
    assert_eq!(created["response"]["body"]["object"], "user");
    assert_eq!(refused["error_code"], "form_identifier_exists");
    assert_eq!(
        refused["response"]["body"]["errors"][0]["code"],
        "form_identifier_exists"
    );
    assert_eq!(listed["query"]["limit"], json!(["1"]));
    assert_eq!(unknown["operation"], Value::Null);
    assert_eq!(unknown["query"]["a"], json!(["1", "2"]));
    assert_eq!(unknown["request"]["body_omitted"], "not_json");
}

#[tokio::test]
async fn the_journal_hides_secrets_of_responses() {
    let server = server().await;
    let control = Control::new(&server);
    let connection = json!({ "name": "Okta", "provider": "saml_okta", "domains": ["example.com"] });
    let path = "/v1/enterprise_connections";
    let (status, connection) = control.send("POST", path, &connection.to_string()).await;
    assert_eq!(status, 201, "{connection}");
    let mut secrets = Vec::new();
    for (path, body, pointers) in [
        (
            "/v1/sign_in_tokens",
            json!({ "user_id": "user_ada" }),
            &["/token", "/url"][..],
        ),
        (
            "/v1/machines",
            json!({ "name": "worker" }),
            &["/secret_key"],
        ),
        (
            "/v1/oauth_applications",
            json!({ "name": "app", "callback_url": "https://example.com" }),
            &["/client_secret"],
        ),
        (
            "/v1/api_keys",
            json!({ "name": "key", "subject": "user_ada" }),
            &["/secret"],
        ),
        (
            "/v1/directories",
            json!({ "enterprise_connection_id": connection["id"], "provider": "okta" }),
            &["/api_key"],
        ),
    ] {
        let (status, response) = control.send("POST", path, &body.to_string()).await;
        assert_eq!(status, 200, "{path}: {response}");
        for pointer in pointers {
            let secret = response.pointer(pointer).and_then(Value::as_str);
            secrets.push(
                secret
                    .unwrap_or_else(|| panic!("{path}: {response}"))
                    .to_owned(),
            );
        }
    }
    let journal = journal_with_bodies(&control, 6).await;
    for secret in secrets {
        assert!(!journal.contains(&secret), "{secret}");
    }
}

#[tokio::test]
async fn the_journal_hides_cookies_and_relay_states() {
    let server = server().await;
    let control = Control::new(&server);
    server.fake().respond_to(operations::RefreshSession, |_| {
        let saml = json!({ "relay_state": "hidden_state" });
        Reply::json(200, &json!({ "cookies": ["hidden_cookie"], "saml": saml }))
    });
    let path = "/v1/sessions/sess_1/refresh";
    let (status, _) = control.send("POST", path, "{}").await;
    assert_eq!(status, 200);
    let journal = journal_with_bodies(&control, 1).await;
    for secret in ["hidden_cookie", "hidden_state"] {
        assert!(!journal.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn the_journal_is_filtered_and_polled() {
    let server = server().await;
    let control = Control::new(&server);
    let users = control.clerk().users();
    for _ in 0..2 {
        users.get_user("user_ada").await.unwrap();
        users.get_user("user_alan").await.unwrap_err();
        users.create_user(CreateUserRequest::new()).await.unwrap();
    }
    for (query, expected) in [
        ("", &[1, 2, 3, 4, 5, 6][..]),
        ("?limit=2", &[5, 6]),
        ("?after=1&limit=2", &[2, 3]),
        ("?after=6", &[]),
        ("?operation=GetUser", &[1, 2, 4, 5]),
        ("?operation=create_user", &[3, 6]),
        ("?method=POST", &[3, 6]),
        ("?path=/v1/users/user_ada", &[1, 4]),
        ("?status=404&limit=1", &[5]),
        ("?status=404&after=2", &[5]),
    ] {
        let path = format!("requests{query}");
        let journal = control.ok("GET", &path, Value::Null).await;
        assert_eq!(numbers(&journal), expected, "{query}");
        assert_eq!(journal["last_number"], 6);
    }
    let cleared = control.ok("DELETE", "requests", Value::Null).await;
    assert_eq!(cleared["deleted"], 6);
    users.get_user("user_ada").await.unwrap();
    let journal = control.ok("GET", "requests", Value::Null).await;
    assert_eq!(numbers(&journal), [7]);
}

#[tokio::test]
async fn the_journal_is_bounded_in_number_and_bytes() {
    let server = server().await;
    let control = Control::new(&server);
    let users = control.clerk().users();
    control
        .ok("PATCH", "settings", json!({ "keep_requests": 2 }))
        .await;
    for _ in 0..3 {
        users.get_user("user_ada").await.unwrap();
    }
    let journal = control.ok("GET", "requests", Value::Null).await;
    assert_eq!(numbers(&journal), [2, 3]);
    control
        .ok("PATCH", "settings", json!({ "keep_requests": 0 }))
        .await;
    users.get_user("user_ada").await.unwrap();
    let journal = control.ok("GET", "requests", Value::Null).await;
    assert_eq!(numbers(&journal), [0; 0]);

    control
        .ok("PATCH", "settings", json!({ "keep_requests": null }))
        .await;
    let large = json!({ "first_name": "x".repeat(65 << 10) }).to_string();
    control.send("POST", "/v1/users", &large).await;
    let journal = control.ok("GET", "requests", Value::Null).await;
    let request = &journal["requests"][0]["request"];
    assert_eq!(request["body"], Value::Null);
    assert_eq!(request["body_omitted"], "too_large");
    assert_eq!(request["body_bytes"], large.len());

    let large = json!({ "first_name": "x".repeat(60 << 10) }).to_string();
    for _ in 0..300 {
        control.send("POST", "/v1/organizations", &large).await;
    }
    let journal = control.ok("GET", "requests?limit=1000", Value::Null).await;
    let kept = numbers(&journal).len();
    assert!((200..300).contains(&kept), "{kept}");
}

#[tokio::test]
async fn requests_are_counted_by_conditions() {
    let server = server().await;
    let control = Control::new(&server);
    let users = control.clerk().users();
    let rename = UpdateUserRequest::new()
        .first_name("Ada")
        .last_name("Lovelace");
    users.update_user("user_ada", rename).await.unwrap();
    users
        .get_user_list(UserListParams::new().limit(3))
        .await
        .unwrap();
    for (matcher, numbers) in [
        (json!({}), &[1, 2][..]),
        (json!({ "operation": "update_user" }), &[1]),
        (
            json!({ "operation": "UpdateUser", "json": { "first_name": "Ada" } }),
            &[1],
        ),
        (json!({ "json": { "first_name": "Grace" } }), &[]),
        (json!({ "path": "/v1/users" }), &[2]),
        (json!({ "query": { "limit": "3" } }), &[2]),
        (json!({ "query": { "limit": ["3"], "offset": [] } }), &[2]),
        (
            json!({ "headers": { "Content-Type": "application/json" } }),
            &[1],
        ),
    ] {
        let counted = control.ok("POST", "requests/count", matcher.clone()).await;
        assert_eq!(counted["requests"], json!(numbers), "{matcher}");
        assert_eq!(counted["count"], numbers.len(), "{matcher}");
        assert_eq!(
            counted["explanation"].is_null(),
            !numbers.is_empty(),
            "{matcher}"
        );
    }
    let matcher = json!({ "operation": "UpdateUser", "json": { "first_name": "Grace" } });
    let counted = control.ok("POST", "requests/count", matcher).await;
    let explanation = counted["explanation"].as_str().unwrap();
    assert!(
        explanation.contains("json.first_name: expected \"Grace\", was \"Ada\""),
        "{explanation}"
    );
    let counted = control
        .ok("POST", "requests/count", json!({ "times": 3 }))
        .await;
    let explanation = counted["explanation"].as_str().unwrap();
    assert!(
        explanation.starts_with("expected 3 requests\nfound 2 among 2"),
        "{explanation}"
    );
    let counted = control
        .ok("POST", "requests/count", json!({ "times": 2 }))
        .await;
    assert_eq!(counted["explanation"], Value::Null);
}

#[tokio::test]
async fn an_explanation_hides_the_headers_that_the_journal_hides() {
    let server = server().await;
    let control = Control::new(&server);
    let call = control.clerk().users().get_user("user_ada");
    call.header("cookie", "__session=secret").await.unwrap();
    let journal = control.ok("GET", "requests", Value::Null).await;
    let headers = &journal["requests"][0]["request"]["headers"];
    for name in ["Authorization", "Cookie"] {
        assert_eq!(headers[name.to_lowercase()], "[hidden]", "{name}");
        let matcher = json!({ "headers": { name: "other" } });
        let counted = control.ok("POST", "requests/count", matcher).await;
        let explanation = counted["explanation"].as_str().unwrap();
        let expected = format!("header {name}: unexpected value (hidden)");
        assert!(explanation.contains(&expected), "{explanation}");
    }
}

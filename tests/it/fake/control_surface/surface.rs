//! The control paths, their OpenAPI document, and the bodies that they refuse.

use std::collections::BTreeSet;

use clerk_client::mock::{FakeClerk, FakeServer, FakeUser};
use serde_json::{Value, json};

use super::client::{Control, OPENAPI, is_valid, operation};

/// Starts a server with virtual time and the user `user_ada`.
pub(super) async fn server() -> FakeServer {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada").email_address("ada@example.com"));
    let server = FakeServer::builder(fake).virtual_time();
    server.start().await.unwrap()
}

#[tokio::test]
async fn the_document_has_every_path_and_no_other() {
    let server = server().await;
    let control = Control::new(&server);
    let (status, unknown) = control.send("GET", "/__clerk_mock/nowhere", "").await;
    assert_eq!(status, 404);
    let error = &unknown["errors"][0];
    let known = error["meta"]["paths"].as_array().unwrap().iter();
    let known: BTreeSet<_> = known
        .map(|path| path.as_str().unwrap().to_owned())
        .collect();
    let mut described = BTreeSet::new();
    for (path, item) in OPENAPI["paths"].as_object().unwrap() {
        let methods = item.as_object().unwrap().keys();
        for method in methods.filter(|name| *name != "parameters") {
            described.insert(format!("{} {path}", method.to_uppercase()));
        }
    }
    assert_eq!(known, described);
    let message = error["long_message"].as_str().unwrap();
    assert!(
        message.starts_with("There is no /__clerk_mock/nowhere."),
        "{message}"
    );
    assert!(known.iter().all(|path| message.contains(path)), "{message}");
    let served = control.ok("GET", "openapi.json", Value::Null).await;
    assert_eq!(served, *OPENAPI);
}

#[tokio::test]
async fn a_method_that_a_path_does_not_have_is_refused() {
    let server = server().await;
    let control = Control::new(&server);
    for (method, path, allowed) in [
        ("POST", "state", "GET, PUT"),
        ("GET", "reset", "POST"),
        ("PATCH", "faults", "GET, POST, DELETE"),
        ("GET", "faults/fault_1", "DELETE"),
    ] {
        let (status, body) = control
            .send(method, &format!("/__clerk_mock/{path}"), "")
            .await;
        assert_eq!(status, 405, "{path}");
        let message = body["errors"][0]["long_message"].as_str().unwrap();
        assert_eq!(
            message,
            format!("This path does not allow {method}, only {allowed}.")
        );
    }
}

/// The schemas of the OpenAPI document also forbid each of these bodies, unless they leave out the
/// violated rule.
#[tokio::test]
async fn a_wrong_body_is_refused_with_the_field_and_its_limit() {
    let server = server().await;
    let control = Control::new(&server);
    for (method, path, body, field, says) in [
        (
            "POST",
            "clock",
            json!({ "advance_seconds": -1 }),
            "advance_seconds",
            "0 to 3155760000",
        ),
        (
            "POST",
            "clock",
            json!({ "time": "tomorrow" }),
            "time",
            "RFC 3339",
        ),
        ("POST", "clock", json!({}), "advance_seconds", "exactly one"),
        (
            "POST",
            "clock",
            json!({ "step_seconds": 3_155_760_001_u64 }),
            "step_seconds",
            "0 to 3155760000",
        ),
        (
            "POST",
            "clock",
            json!({ "step_seconds": 1, "advance_seconds": 1 }),
            "advance_seconds",
            "exactly one",
        ),
        (
            "POST",
            "clock",
            json!({ "advance_seconds": 1, "seconds": 1 }),
            "seconds",
            "",
        ),
        (
            "PUT",
            "random_seed",
            json!({ "seed": "one" }),
            "seed",
            "an integer of at least 0",
        ),
        ("PUT", "random_seed", json!({}), "seed", ""),
        (
            "PATCH",
            "settings",
            json!({ "latency_ms": 3_600_001 }),
            "latency_ms",
            "0 to 3600000",
        ),
        (
            "PATCH",
            "settings",
            json!({ "keep_requests": 10_001 }),
            "keep_requests",
            "0 to 10000",
        ),
        (
            "PATCH",
            "settings",
            json!({ "rate_limit": 5 }),
            "rate_limit",
            "an object",
        ),
        (
            "PATCH",
            "settings",
            json!({ "rate_limit": { "requests": 0, "seconds": 1 } }),
            "requests",
            "1 to 1000000",
        ),
        (
            "PATCH",
            "settings",
            json!({ "rate_limit": { "requests": 1 } }),
            "seconds",
            "",
        ),
        (
            "PATCH",
            "settings",
            json!({ "secret_key": 1 }),
            "secret_key",
            "a string",
        ),
        (
            "POST",
            "faults",
            json!({ "operation": "CreateHorse", "status": 500 }),
            "operation",
            "CreateUser",
        ),
        (
            "POST",
            "faults",
            json!({ "status": 600 }),
            "status",
            "200 to 599",
        ),
        (
            "POST",
            "faults",
            json!({ "kind": "meteor" }),
            "kind",
            "response_lost",
        ),
        (
            "POST",
            "faults",
            json!({ "kind": "not_sent", "status": 500 }),
            "status",
            "kind",
        ),
        (
            "POST",
            "faults",
            json!({ "json": {}, "code": "x" }),
            "code",
            "json",
        ),
        ("POST", "faults", json!({ "code": "x" }), "status", "code"),
        (
            "POST",
            "faults",
            json!({ "number": 0, "status": 500 }),
            "number",
            "at least 1",
        ),
        (
            "POST",
            "faults",
            json!({ "number": 1, "times": 1, "status": 500 }),
            "times",
            "both number and times",
        ),
        ("POST", "faults", json!({}), "kind", "delay_ms"),
        (
            "POST",
            "faults",
            json!({ "delay_ms": 3_600_001 }),
            "delay_ms",
            "0 to 3600000",
        ),
        (
            "POST",
            "requests/count",
            json!({ "query": { "limit": 1 } }),
            "query",
            "strings",
        ),
        (
            "POST",
            "requests/count",
            json!({ "method": "GET" }),
            "method",
            "",
        ),
        (
            "POST",
            "seed",
            json!({ "time": "2026-01-01T00:00:00Z" }),
            "time",
            "users",
        ),
        (
            "GET",
            "requests?limit=0",
            Value::Null,
            "limit",
            "1 to 10000",
        ),
        ("GET", "requests?after=-1", Value::Null, "after", "from 0"),
        (
            "GET",
            "requests?status=ok",
            Value::Null,
            "status",
            "100 to 999",
        ),
        (
            "GET",
            "requests?operation=CreateHorse",
            Value::Null,
            "operation",
            "CreateUser",
        ),
        ("GET", "requests?offset=1", Value::Null, "offset", ""),
        (
            "GET",
            "requests?limit=1&limit=2",
            Value::Null,
            "limit",
            "once",
        ),
    ] {
        let error = control.refused(method, path, body.clone()).await;
        assert_eq!(error["meta"]["param_name"], field, "{path} {body}: {error}");
        let message = error["long_message"].as_str().unwrap();
        assert!(message.contains(says), "{path} {body}: {message}");
        // The document does not express which of these fields exclude or require each other.
        let combined = ["kind", "code", "times", "status"].contains(&field)
            && !matches!(says, "200 to 599" | "response_lost");
        if !body.is_null() && !combined && says != "CreateUser" && says != "RFC 3339" {
            let operation = operation(method, &format!("/__clerk_mock/{path}"));
            assert!(!is_valid(operation, &body), "{path} {body}");
        }
    }
    let (status, _) = control.call("POST", "clock", json!([1])).await;
    assert_eq!(status, 400);
}

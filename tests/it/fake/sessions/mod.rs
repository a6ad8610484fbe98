//! Sessions of the fake, and the operations on them.

mod life;
mod listing;
mod session;

use std::time::Duration;

use clerk_client::mock::{FakeClerk, FakeUser};
use serde_json::Value;

use crate::fake::checked::assert_conforms;
use crate::fake::refusals::request;

const WEEK: Duration = Duration::from_secs(7 * 86_400);

fn fake() -> FakeClerk {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada").member_of("org_engines", "org:admin"));
    fake.add(FakeUser::new("user_alan"));
    fake
}

/// Returns the operationId of a request in Clerk's specification.
fn operation(method: &str, path: &str) -> &'static str {
    let path = path.split('?').next().unwrap();
    let segments: Vec<&str> = path.split('/').skip(2).collect();
    match (method, segments.as_slice()) {
        ("GET", ["sessions"]) => "GetSessionList",
        ("POST", ["sessions"]) => "createSession",
        ("GET", ["sessions", _]) => "GetSession",
        ("POST", ["sessions", _, "revoke"]) => "RevokeSession",
        ("POST", ["sessions", _, "tokens"]) => "CreateSessionToken",
        ("POST", ["sessions", _, "tokens", _]) => "CreateSessionTokenFromTemplate",
        ("GET", ["clients"]) => "GetClientList",
        ("GET", ["clients", _]) => "GetClient",
        _ => panic!("{method} {path}"),
    }
}

/// Sends a request, and checks the response against the specification.
fn send(fake: &FakeClerk, method: &str, path: &str, body: &Value) -> (u16, Value) {
    let body = body.to_string();
    let (status, response, _) = request(method, path).body(&body).send(fake);
    // With `paginated=true`, the response is a page, but the specification describes an array.
    let data = match response.get("total_count") {
        Some(_) => &response["data"],
        None => &response,
    };
    assert_conforms(operation(method, path), status, data);
    (status, response)
}

fn post(fake: &FakeClerk, path: &str, body: &Value) -> Value {
    let (status, response) = send(fake, "POST", path, body);
    assert_eq!(status, 200, "{response}");
    response
}

fn get(fake: &FakeClerk, path: &str) -> Value {
    let (status, response) = send(fake, "GET", path, &Value::Null);
    assert_eq!(status, 200, "{response}");
    response
}

fn ids(list: &Value) -> Vec<&str> {
    let sessions = list.as_array().unwrap().iter();
    sessions.map(|of| of["id"].as_str().unwrap()).collect()
}

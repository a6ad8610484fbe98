//! The page of the served fake, and the requests that the page sends.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use clerk_client::http::Request;
use clerk_client::mock::{FakeClerk, FakeServer, FakeUser, Fault};
use clerk_client::transport::{HttpResponse, HttpTransport};
use clerk_client::{OperationInfo, TokioTransport};
use serde_json::Value;

async fn send(server: &FakeServer, method: &str, path: &str, unrecorded: bool) -> HttpResponse {
    let url = server.url().replace("/v1", path);
    let mut request = Request::builder().method(method).uri(url);
    if unrecorded {
        request = request.header("x-clerk-mock-unrecorded", "true");
    }
    let request = request.body(Default::default()).unwrap();
    TokioTransport::new().unwrap().send(request).await.unwrap()
}

fn header<'a>(response: &'a HttpResponse, name: &str) -> &'a str {
    let value = response.headers().get(name);
    value
        .map(|value| value.to_str().unwrap())
        .unwrap_or_default()
}

#[tokio::test]
async fn the_page_is_one_document_that_loads_and_runs_nothing_else() {
    let server = FakeServer::start(FakeClerk::new()).await.unwrap();
    for path in ["/", "/?world=a"] {
        let page = send(&server, "GET", path, false).await;
        assert_eq!(page.status(), 200);
        assert_eq!(header(&page, "content-type"), "text/html; charset=utf-8");
        assert_eq!(header(&page, "x-content-type-options"), "nosniff");
        let policy = header(&page, "content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'; script-src 'sha256-"),
            "{policy}"
        );
        assert!(policy.contains("connect-src 'self'"), "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");

        let text = std::str::from_utf8(page.body()).unwrap();
        assert!(text.starts_with("<!doctype html>"));
        // A browser replaces carriage returns before it hashes the script and the style.
        assert!(!text.contains('\r'));
        for outside in [
            "{{",
            "src=\"http",
            "href=\"http",
            "url(",
            "@import",
            "innerHTML",
        ] {
            assert!(!text.contains(outside), "{outside}");
        }
        for operation in OperationInfo::all() {
            let option = format!("<option value=\"{}\">", operation.operation_id());
            assert!(text.contains(&option), "{option}");
        }
    }
    assert_eq!(server.fake().requests().len(), 0);
}

#[tokio::test]
async fn the_page_can_only_be_read() {
    let server = FakeServer::start(FakeClerk::new()).await.unwrap();
    let page = send(&server, "GET", "/", false).await;
    let head = send(&server, "HEAD", "/", false).await;
    assert_eq!((head.status().as_u16(), head.body().len()), (200, 0));
    assert_eq!(
        header(&head, "content-length"),
        page.body().len().to_string()
    );
    assert_eq!(
        header(&head, "content-security-policy"),
        header(&page, "content-security-policy")
    );
    for method in ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"] {
        let refused = send(&server, method, "/", false).await;
        assert_eq!(refused.status(), 405, "{method}");
        assert_eq!(header(&refused, "allow"), "GET, HEAD", "{method}");
        assert!(refused.body().is_empty(), "{method}");
    }
}

/// A person may look at users on the page during a test of the application. The requests of the
/// page must not influence this test.
#[tokio::test]
async fn requests_of_the_page_are_not_recorded_and_trigger_no_fault() {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada"));
    fake.require_key("sk_test_certain");
    fake.set_rate_limit(1, Duration::from_secs(3_600));
    fake.inject_fault("BanUser", 1, Fault::status(503));
    let lines = Arc::new(Mutex::new(Vec::new()));
    let log = lines.clone();
    let server =
        FakeServer::builder(fake).log(move |line| log.lock().unwrap().push(line.to_owned()));
    let server = server.start().await.unwrap();

    let path = "/v1/users/user_ada/ban";
    for _ in 0..2 {
        let banned = send(&server, "POST", path, true).await;
        assert_eq!(banned.status(), 200, "{:?}", banned.body());
    }
    assert!(server.fake().user("user_ada").unwrap().banned);
    assert_eq!(server.fake().requests().len(), 0);
    let journal = send(&server, "GET", "/__clerk_mock/requests", true).await;
    let journal: Value = serde_json::from_slice(journal.body()).unwrap();
    assert_eq!(journal["last_number"], 0);
    assert_eq!(lines.lock().unwrap().len(), 0);

    // The requests of the application still get the fault and the rate limit.
    for status in [503, 401, 429] {
        assert_eq!(send(&server, "POST", path, false).await.status(), status);
    }
    assert_eq!(server.fake().requests().len(), 3);

    // Requests of the page need no key, so a required key that is not ASCII does not matter.
    server.fake().require_key("ключ");
    let user = send(&server, "GET", "/v1/users/user_ada", true).await;
    assert_eq!(user.status(), 200, "{:?}", user.body());
}

/// A world is one instance of Clerk. The page polls the server, also while a test deletes the world
/// that the page shows.
#[tokio::test]
async fn reads_by_the_page_create_no_world() {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada"));
    let server = FakeServer::start(fake).await.unwrap();
    let world = "/__clerk_mock/worlds/test-1";
    let json =
        |response: &HttpResponse| -> Value { serde_json::from_slice(response.body()).unwrap() };
    let deleted = format!("{world}/v1/users/user_ada");
    assert_eq!(send(&server, "DELETE", &deleted, true).await.status(), 200);
    let worlds = "/__clerk_mock/worlds";
    let kept = json(&send(&server, "GET", worlds, true).await);
    assert_eq!(kept["worlds"][0]["name"], "test-1");
    assert_eq!(send(&server, "GET", &deleted, true).await.status(), 404);

    assert_eq!(send(&server, "DELETE", world, false).await.status(), 200);
    let count = send(&server, "GET", &format!("{world}/v1/users/count"), true).await;
    assert_eq!(json(&count)["total_count"], 1);
    for name in [
        "clock", "faults", "requests", "settings", "state", "webhooks",
    ] {
        let path = format!("{world}/__clerk_mock/{name}");
        assert_eq!(
            send(&server, "GET", &path, true).await.status(),
            200,
            "{name}"
        );
    }
    let none = json(&send(&server, "GET", worlds, true).await);
    assert_eq!(none, serde_json::json!({ "worlds": [] }));

    // A request of the application creates the world.
    send(&server, "GET", &deleted, false).await;
    let kept = json(&send(&server, "GET", worlds, true).await);
    assert_eq!(kept["worlds"][0]["name"], "test-1");
}

//! A `FakeClerk` served over HTTP.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use clerk_client::auth::{Authorization, Cookies, PublishableKey, Reverification, Verifier};
use clerk_client::http::HeaderMap;
use clerk_client::http::header::{AUTHORIZATION, COOKIE};
use clerk_client::mock::{FakeClerk, FakeServer, FakeUser, Fault, Reply};
use clerk_client::requests::UserFilter;
use clerk_client::requests::{CreateUserRequest, UserListParams};
use clerk_client::transport::{HttpRequest, HttpTransport};
use clerk_client::{Clerk, ErrorKind, RetryPolicy, TokioTransport, UsersApi};
use futures_util::future::join_all;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::key;

fn client(server: &FakeServer) -> UsersApi {
    let builder = Clerk::builder(TokioTransport::new().unwrap(), key());
    let builder = builder.base_url(server.url()).retry(RetryPolicy::none());
    builder.build().unwrap().users()
}

async fn request(server: &FakeServer, method: &str, path: &str) -> (u16, Value) {
    request_with(server, method, path, "").await
}

async fn request_with(server: &FakeServer, method: &str, path: &str, body: &str) -> (u16, Value) {
    let url = server.url().replace("/v1", path);
    let request = clerk_client::http::Request::builder()
        .method(method)
        .uri(url)
        .header("content-type", "application/json");
    let request: HttpRequest = request.body(body.to_owned().into()).unwrap();
    let response = TokioTransport::new().unwrap().send(request).await.unwrap();
    let body = serde_json::from_slice(response.body()).unwrap_or_default();
    (response.status().as_u16(), body)
}

#[tokio::test]
async fn concurrent_clients_share_one_state() {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let log = lines.clone();
    let builder = FakeServer::builder(FakeClerk::new());
    let server = builder.log(move |line| log.lock().unwrap().push(line.to_owned()));
    let server = server.start().await.unwrap();
    let clients = (0..20).map(|of| {
        let users = client(&server);
        async move {
            for number in 0..10 {
                let name = format!("user{of}-{number}");
                users
                    .create_user(CreateUserRequest::new().username(name))
                    .await
                    .unwrap();
            }
        }
    });
    join_all(clients).await;
    let all = client(&server)
        .get_user_list(UserListParams::new().limit(500))
        .await
        .unwrap();
    assert_eq!(all.len(), 200);
    let lines = lines.lock().unwrap();
    assert_eq!(lines.len(), 201);
    assert!(
        lines[0].starts_with("POST /v1/users 200 ") && lines[0].ends_with(" ms"),
        "{}",
        lines[0]
    );
}

#[tokio::test]
async fn state_can_be_read_and_reset_over_http() {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada"));
    let server = FakeServer::start(fake).await.unwrap();
    client(&server).delete_user("user_ada").await.unwrap();
    client(&server)
        .create_user(CreateUserRequest::new())
        .await
        .unwrap();

    let (status, state) = request(&server, "GET", "/__clerk_mock/state").await;
    assert_eq!((status, state["users"].as_array().unwrap().len()), (200, 1));
    assert_ne!(state["users"][0]["user"]["id"], "user_ada");
    assert_eq!(request(&server, "GET", "/__clerk_mock/reset").await.0, 405);
    assert_eq!(request(&server, "POST", "/__clerk_mock/reset").await.0, 200);
    let (_, state) = request(&server, "GET", "/__clerk_mock/state").await;
    assert_eq!(state["users"][0]["user"]["id"], "user_ada");
    assert_eq!(server.fake().requests().len(), 0);
}

#[tokio::test]
async fn a_client_in_another_language_signs_users_in() {
    let fake = FakeClerk::new();
    let member = FakeUser::new("user_ada").member_of("org_engines", "org:admin");
    fake.add(member);
    let server = FakeServer::builder(fake).virtual_time();
    let server = server.start().await.unwrap();
    let path = "/__clerk_mock/sign_in";
    let sign_in = async |body: Value| {
        let (status, response) = request_with(&server, "POST", path, &body.to_string()).await;
        assert_eq!(status, 200, "{response}");
        response
    };
    let key = PublishableKey::new(FakeClerk::PUBLISHABLE_KEY).unwrap();
    let verifier = Verifier::builder(&server.fake().client())
        .authorized_parties(["https://example.com"])
        .cookies(Cookies::of(&key))
        .build()
        .unwrap();
    let session = json!({
        "user_id": "user_ada",
        "organization_id": "org_engines",
        "permissions": ["org:docs:read"],
        "features": ["u:gold"],
        "plans": ["o:pro"],
        "factor_ages": [3, null],
        "authorized_party": "https://example.com",
        "claims": { "theme": "dark" },
    });
    let response = sign_in(session.clone()).await;
    for (name, value) in [
        (
            AUTHORIZATION,
            format!("Bearer {}", response["token"].as_str().unwrap()),
        ),
        (COOKIE, response["cookie"].as_str().unwrap().to_owned()),
    ] {
        let headers = HeaderMap::from_iter([(name, value.parse().unwrap())]);
        let claims = verifier.authenticate(&headers).await.unwrap();
        assert_eq!(claims.session_id, response["session_id"].as_str().unwrap());
        let asked = Authorization::role("org:admin")
            .and_permission("org:docs:read")
            .and_feature("u:gold")
            .and_plan("o:pro")
            .and_reverification(Reverification::STRICT);
        assert!(claims.has(&asked));
        assert_eq!(claims.custom::<Value>().unwrap()["theme"], "dark");
    }
    let mut expired = session.clone();
    expired["issued_at"] = json!("2025-12-31T23:00:00Z");
    for (carrier, scheme) in [("token", "Bearer "), ("cookie", "")] {
        let value = sign_in(expired.clone()).await[carrier]
            .as_str()
            .unwrap()
            .to_owned();
        let name = if scheme.is_empty() {
            COOKIE
        } else {
            AUTHORIZATION
        };
        let headers = HeaderMap::from_iter([(name, format!("{scheme}{value}").parse().unwrap())]);
        let error = verifier.authenticate(&headers).await.unwrap_err();
        assert_eq!(error.reason().as_str(), "token-expired");
    }

    let (_, old) = request(&server, "GET", "/__clerk_mock/jwt_key").await;
    let (_, new) = request(&server, "POST", "/__clerk_mock/rotate_signing_key").await;
    assert_ne!(old, new);
    assert_eq!(new["jwt_key"], server.fake().jwt_key());
    for (body, code) in [
        (json!({}), "form_param_missing"),
        (json!({ "user_id": "user_0" }), "resource_not_found"),
        (
            json!({ "user_id": "user_ada", "name": "Ada" }),
            "form_param_unknown",
        ),
        (
            json!({ "user_id": "user_ada", "organization_id": "org_1" }),
            "form_param_missing",
        ),
        (
            json!({ "user_id": "user_ada", "role": "org:admin" }),
            "form_param_missing",
        ),
        (
            json!({ "user_id": "user_ada", "issued_at": "now" }),
            "form_param_invalid_time",
        ),
        (
            json!({ "user_id": "user_ada", "factor_ages": [1] }),
            "form_param_type_invalid",
        ),
    ] {
        let (_, response) = request_with(&server, "POST", path, &body.to_string()).await;
        assert_eq!(response["errors"][0]["code"], code, "{body}: {response}");
    }
    assert_eq!(request(&server, "GET", path).await.0, 405);
}

#[tokio::test]
async fn faults_reach_the_client_over_http() {
    let fake = FakeClerk::new();
    fake.inject_fault("GetUsersCount", 1, Fault::response_lost());
    fake.inject_fault("GetUsersCount", 2, Fault::too_many_requests(7));
    let server = FakeServer::start(fake).await.unwrap();
    let users = client(&server);
    let lost = users.get_users_count(UserFilter::new()).await.unwrap_err();
    assert!(matches!(lost.kind(), ErrorKind::Transport(_)), "{lost}");
    let limited = users.get_users_count(UserFilter::new()).await.unwrap_err();
    assert_eq!(limited.retry_after(), Some(Duration::from_secs(7)));
    assert!(users.get_users_count(UserFilter::new()).await.is_ok());
}

#[tokio::test]
async fn a_status_that_no_response_has_closes_the_connection() {
    let fake = FakeClerk::new();
    fake.inject_fault("GetUsersCount", 1, Fault::status(150));
    fake.respond_to("GetUser", |_| Reply::bytes(101, ""));
    let server = FakeServer::start(fake).await.unwrap();
    let users = client(&server);
    let lost = users.get_users_count(UserFilter::new()).await.unwrap_err();
    assert!(matches!(lost.kind(), ErrorKind::Transport(_)), "{lost}");
    let lost = users.get_user("user_ada").await.unwrap_err();
    assert!(matches!(lost.kind(), ErrorKind::Transport(_)), "{lost}");
    let (_, journal) = request(&server, "GET", "/__clerk_mock/requests").await;
    for (at, status) in [150, 101].into_iter().enumerate() {
        let failure =
            format!("invalid response: the status {status} is informational; use 200 to 999");
        assert_eq!(journal["requests"][at]["failure"], failure);
        assert_eq!(journal["requests"][at]["status"], Value::Null);
    }
}

#[tokio::test]
async fn a_response_with_a_wrong_length_is_sent_with_its_own() {
    let fake = FakeClerk::new();
    fake.respond_to("GetUsersCount", |_| {
        let count = json!({ "object": "total_count", "total_count": 7 });
        Reply::json(200, &count).header("content-length", "2")
    });
    let body = r#"{"object":"total_count","total_count":8}"#;
    fake.respond_to("GetUser", move |_| {
        Reply::bytes(200, body).header("content-length", body.len())
    });
    fake.inject_fault("GetUser", 1, Fault::truncated_body());
    let server = FakeServer::start(fake).await.unwrap();
    let count = client(&server).get_users_count(UserFilter::new()).await;
    assert_eq!(count.unwrap().total_count, 7);
    let (status, _) = request(&server, "GET", "/v1/users/user_ada").await;
    assert_eq!(status, 200);
}

#[tokio::test]
async fn virtual_latency_takes_no_real_time() {
    let fake = FakeClerk::new();
    fake.set_latency(Duration::from_secs(3_600));
    let server = FakeServer::builder(fake)
        .virtual_time()
        .start()
        .await
        .unwrap();
    client(&server)
        .get_users_count(UserFilter::new())
        .await
        .unwrap();
    assert_eq!(server.fake().clock().now(), Duration::from_secs(3_600));
}

#[tokio::test]
async fn shutdown_waits_for_open_requests() {
    let latency = Duration::from_secs(1);
    let fake = FakeClerk::new();
    fake.set_latency(latency);
    let server = FakeServer::builder(fake).virtual_time();
    let server = server.start().await.unwrap();
    let clock = server.fake().clock().clone();
    clock.pause();
    let users = client(&server);
    let under_way = tokio::spawn(users.get_users_count(UserFilter::new()));
    while server.fake().requests().is_empty() {
        tokio::task::yield_now().await;
    }
    let mut shutdown = Box::pin(server.shutdown());
    for _ in 0..100 {
        assert!(futures_util::poll!(&mut shutdown).is_pending());
        tokio::task::yield_now().await;
    }
    assert!(!under_way.is_finished());
    clock.advance(latency);
    shutdown.await;
    assert!(under_way.await.unwrap().is_ok());
    let error = users.get_users_count(UserFilter::new()).await.unwrap_err();
    assert!(error.is_not_sent(), "{error}");
}

#[tokio::test]
async fn oversized_bodies_are_rejected() {
    let server = FakeServer::start(FakeClerk::new()).await.unwrap();
    let name = "x".repeat(17 << 20);
    let error = client(&server)
        .create_user(CreateUserRequest::new().first_name(name))
        .await
        .unwrap_err();
    // The server may close the connection before the whole body is sent.
    let refused = error.status().is_some_and(|status| status == 413);
    assert!(
        refused || matches!(error.kind(), ErrorKind::Transport(_)),
        "{error}"
    );
    let count = client(&server).get_users_count(UserFilter::new());
    assert_eq!(count.await.unwrap().total_count, 0);
}

#[tokio::test]
async fn the_refusal_of_a_body_names_the_limit() {
    let server = FakeServer::start(FakeClerk::new()).await.unwrap();
    // Only the last byte exceeds the limit. So the server has read the whole body before it refuses
    // the request, and does not close the connection before it responds.
    let body = "x".repeat((16 << 20) + 1);
    let (status, response) = request_with(&server, "POST", "/v1/users", &body).await;
    let error = &response["errors"][0];
    assert_eq!((status, &error["code"]), (413, &json!("body_too_large")));
    let message = error["long_message"].as_str().unwrap();
    assert!(message.contains("16777216 bytes"), "{message}");
}

#[tokio::test]
async fn the_refusal_of_a_body_that_cannot_be_read_has_a_code_and_the_cause() {
    let server = FakeServer::start(FakeClerk::new()).await.unwrap();
    let address = server.url().replace("http://", "").replace("/v1", "");
    let mut stream = TcpStream::connect(address).await.unwrap();
    // The length of a chunk must be a hexadecimal number.
    let request = "POST /v1/users HTTP/1.1\r\nhost: fake\r\nconnection: close\r\n\
                   transfer-encoding: chunked\r\n\r\nlength\r\n";
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).await.unwrap();
    let (head, body) = response.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 400 "), "{head}");
    let body: Value = serde_json::from_str(body).unwrap();
    let error = &body["errors"][0];
    assert_eq!(error["code"], "body_unreadable");
    let message = error["long_message"].as_str().unwrap();
    assert!(message.contains("chunk"), "{message}");
    assert!(server.fake().requests().is_empty());
}

#[tokio::test]
async fn the_clock_follows_real_time_without_requests() {
    let server = FakeServer::start(FakeClerk::new()).await.unwrap();
    let fakes: [&dyn Fn() -> Duration; 2] = [&|| server.fake().clock().now(), &|| {
        server.world("other").unwrap().clock().now()
    }];
    for now in fakes {
        let before = now();
        let started = Instant::now();
        let passed = loop {
            let passed = started.elapsed();
            if !passed.is_zero() {
                break passed;
            }
        };
        assert!(now() >= before + passed);
    }
}

#[tokio::test]
async fn a_virtual_clock_does_not_follow_real_time() {
    let server = FakeServer::builder(FakeClerk::new()).virtual_time();
    let server = server.start().await.unwrap();
    let world = server.world("other").unwrap();
    assert_eq!(server.fake().clock().now(), Duration::ZERO);
    assert_eq!(world.clock().now(), Duration::ZERO);
}

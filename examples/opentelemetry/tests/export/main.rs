//! Tests the data that a collector receives, without a key or a network. Retries wait in virtual
//! time.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected should stop there"
)]

mod collector;

use std::time::Duration;

use clerk_client::http::Method;
use clerk_client::mock::{FakeClerk, FakeUser, Fault};
use clerk_client::{Clerk, SecretKey, UsersApi, operations};
use opentelemetry_app::{Metered, Telemetry, greet};
use opentelemetry_proto::tonic::metrics::v1::HistogramDataPoint;
use opentelemetry_proto::tonic::trace::v1::Span;
use opentelemetry_proto::tonic::trace::v1::span::SpanKind;
use opentelemetry_proto::tonic::trace::v1::status::StatusCode;
use tracing_subscriber::layer::SubscriberExt;

use crate::collector::{Collector, attributes, integers};

const SECRET: &str = "sk_test_cannot_be_seen";

fn fake() -> FakeClerk {
    let fake = FakeClerk::new();
    let ada = FakeUser::new("user_ada").name("Ada", "Lovelace");
    fake.add(ada.email_address("ada@example.com"));
    fake
}

/// Runs `work` with a fake's client, and returns the collector that received the data.
async fn export(fake: &FakeClerk, work: impl AsyncFnOnce(Clerk)) -> Collector {
    let collector = Collector::start();
    let telemetry = Telemetry::start(Some(&collector.url)).unwrap();
    let subscriber = tracing_subscriber::registry().with(telemetry.layer());
    let guard = tracing::subscriber::set_default(subscriber);
    let transport = Metered::new(fake.transport(), &telemetry.meter());
    let builder = Clerk::builder(transport, SecretKey::new(SECRET).unwrap());
    work(builder.build().unwrap()).await;
    drop(guard);
    telemetry.shut_down().unwrap();
    collector
}

/// Looks a user up by an address. The first attempt gets a 503.
async fn find(users: UsersApi, fake: &FakeClerk) {
    fake.inject_fault(operations::GetUserList, 1, Fault::status(503));
    let found = users.find_user_by_email_address("ada@example.com").await;
    assert_eq!(found.unwrap().unwrap().id, "user_ada");
}

fn status(span: &Span) -> StatusCode {
    let status = span.status.as_ref();
    status.map_or(StatusCode::Unset, |status| status.code())
}

#[tokio::test]
async fn a_call_is_a_client_span_below_the_span_of_the_application() {
    let collector = export(&fake(), async |clerk| {
        let greeting = greet(&clerk.users(), "user_ada").await;
        assert_eq!(greeting.unwrap(), "Hello Ada");
    })
    .await;
    let [call, parent] = &collector.spans()[..] else {
        panic!("{:?}", collector.spans())
    };
    assert_eq!(parent.name, "greet");
    assert_eq!(parent.kind(), SpanKind::Internal);
    assert_eq!(call.name, "GET /users/{user_id}");
    assert_eq!(call.kind(), SpanKind::Client);
    assert_eq!(call.parent_span_id, parent.span_id);
    assert_eq!(call.trace_id, parent.trace_id);
    assert_eq!(status(call), StatusCode::Unset);

    let attributes = attributes(&call.attributes);
    for (name, value) in [
        ("clerk.operation", "GetUser"),
        ("http.request.method", "GET"),
        ("http.request.resend_count", "0"),
        ("http.response.status_code", "200"),
        ("server.address", "api.clerk.com"),
        ("server.port", "443"),
        ("url.template", "/users/{user_id}"),
    ] {
        assert_eq!(
            attributes.get(name).map(String::as_str),
            Some(value),
            "{name}"
        );
    }
    assert_eq!(attributes["clerk.trace_id"].len(), 32);
    assert_eq!(attributes.get("error.type"), None);
    // Collectors compare these attributes as numbers, so they must not be texts.
    let numbers = integers(&call.attributes);
    assert_eq!(numbers["http.request.resend_count"], 0);
    assert_eq!(numbers["http.response.status_code"], 200);
    assert_eq!(numbers["server.port"], 443);
}

#[tokio::test]
async fn a_failed_call_has_an_error_type_and_the_status_error() {
    let collector = export(&fake(), async |clerk| {
        greet(&clerk.users(), "user_nobody").await.unwrap_err();
        greet(&clerk.users(), "..").await.unwrap_err();
    })
    .await;
    let spans = collector.spans();
    let calls: Vec<&Span> = spans.iter().filter(|span| span.name != "greet").collect();
    let [not_found, invalid] = calls[..] else {
        panic!("{spans:?}")
    };
    assert_eq!(status(not_found), StatusCode::Error);
    let not_found = attributes(&not_found.attributes);
    assert_eq!(not_found["error.type"], "404");
    assert_eq!(not_found["http.response.status_code"], "404");

    assert_eq!(status(invalid), StatusCode::Error);
    let invalid = attributes(&invalid.attributes);
    assert_eq!(invalid["error.type"], "invalid_request");
    assert_eq!(invalid.get("http.request.resend_count"), None);
}

#[tokio::test]
async fn a_retried_call_is_one_span_with_an_event_for_each_attempt() {
    let fake = fake();
    let collector = export(&fake, async |clerk| find(clerk.users(), &fake).await).await;
    let [call] = &collector.spans()[..] else {
        panic!("{:?}", collector.spans())
    };
    assert_eq!(call.name, "GET /users");
    assert_eq!(status(call), StatusCode::Unset);
    let span = attributes(&call.attributes);
    assert_eq!(span["http.request.resend_count"], "1");
    assert_eq!(span["http.response.status_code"], "200");
    assert_eq!(span.get("error.type"), None);

    let names: Vec<&str> = call.events.iter().map(|event| &*event.name).collect();
    assert_eq!(names, ["attempt", "waiting", "attempt"]);
    let events: Vec<_> = call
        .events
        .iter()
        .map(|event| attributes(&event.attributes))
        .collect();
    assert_eq!(events[0]["error.type"], "503");
    assert!(events[1].contains_key("clerk.wait_ms"));
    assert!(events[2].contains_key("clerk.elapsed_ms"));
    let numbers = integers(&call.events[2].attributes);
    assert_eq!(numbers["http.request.resend_count"], 1);
    assert_eq!(numbers["http.response.status_code"], 200);
}

#[tokio::test]
async fn a_call_that_is_dropped_between_attempts_keeps_the_status_of_the_last_one() {
    let fake = fake();
    fake.inject_fault(operations::GetUser, 1, Fault::status(503));
    fake.inject_fault(
        operations::GetUser,
        2,
        Fault::delayed(Duration::from_secs(1)),
    );
    let collector = export(&fake, async |clerk| {
        let users = clerk.users();
        let mut call = std::pin::pin!(users.get_user("user_ada").into_future());
        while fake.requests().len() < 2 {
            tokio::select! {
                biased;
                _ = &mut call => panic!("the call ended"),
                () = tokio::task::yield_now() => {}
            }
        }
    })
    .await;
    let [call] = &collector.spans()[..] else {
        panic!("{:?}", collector.spans())
    };
    let span = attributes(&call.attributes);
    assert_eq!(span["http.request.resend_count"], "0");
    assert_eq!(span["http.response.status_code"], "503");
}

#[tokio::test]
async fn requests_are_counted_and_timed_by_method_route_and_status() {
    let fake = fake();
    fake.set_latency(Duration::from_millis(30));
    fake.inject_fault(operations::BanUser, 1, Fault::response_lost());
    fake.inject_fault(
        operations::BanUser,
        2,
        Fault::delayed(Duration::from_secs(3600)),
    );
    let collector = export(&fake, async |clerk| {
        let users = clerk.users();
        for _ in 0..2 {
            users.get_user("user_ada").await.unwrap();
        }
        users.get_user("user_nobody").await.unwrap_err();
        find(users.clone(), &fake).await;
        users.ban_user("user_ada").await.unwrap_err();
        users.ban_user("user_ada").await.unwrap_err();
        let custom = clerk.request::<()>(Method::GET, ["users", "user_ada", "custom"]);
        custom.await.unwrap_err();
        // The application drops this call after its request was sent.
        tokio::select! {
            biased;
            _ = users.ban_user("user_ada") => {}
            () = std::future::ready(()) => {}
        }
    })
    .await;
    let (unit, points) = collector.histogram("http.client.request.duration");
    assert_eq!(unit, "s");
    let mut lines: Vec<String> = points.iter().map(line).collect();
    lines.sort();
    assert_eq!(
        lines,
        [
            // A custom request has no route, because its path may contain ids.
            "GET - 404 404 1",
            "GET /users 200 - 1",
            "GET /users 503 503 1",
            "GET /users/{user_id} 200 - 2",
            "GET /users/{user_id} 404 404 1",
            "POST /users/{user_id}/ban - cancelled 1",
            "POST /users/{user_id}/ban - io 1",
            "POST /users/{user_id}/ban - timeout 1",
        ]
    );
    let found = points.iter().find(|point| point.count == 2).unwrap();
    // Two requests took 30 ms each, in virtual time.
    assert!((found.sum.unwrap() - 0.06).abs() < 1e-9, "{:?}", found.sum);
}

/// Returns method, route, status, type of error and count of a data point.
fn line(point: &HistogramDataPoint) -> String {
    let attributes = attributes(&point.attributes);
    assert_eq!(attributes["server.address"], "api.clerk.com");
    assert_eq!(attributes["server.port"], "443");
    let parts = [
        "http.request.method",
        "url.template",
        "http.response.status_code",
        "error.type",
    ]
    .map(|name| attributes.get(name).map_or("-", String::as_str));
    format!("{} {}", parts.join(" "), point.count)
}

#[tokio::test]
async fn no_id_query_or_secret_is_exported() {
    let fake = fake();
    let collector = export(&fake, async |clerk| {
        let users = clerk.users();
        greet(&users, "user_ada").await.unwrap();
        greet(&users, "user_nobody").await.unwrap_err();
        find(users, &fake).await;
        let custom = clerk.request::<()>(Method::GET, ["users", "user_ada", "custom"]);
        custom.await.unwrap_err();
    })
    .await;
    // These checks show that `has_received` finds texts that were exported.
    assert!(collector.has_received("http.client.request.duration"));
    assert!(collector.has_received("/users/{user_id}"));
    for secret in [
        SECRET,
        "user_ada",
        "user_nobody",
        "ada@example.com",
        "example",
        "Lovelace",
    ] {
        assert!(!collector.has_received(secret), "{secret} was exported");
    }
}

//! Webhooks that a server delivers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use clerk_client::http::{HeaderMap, HeaderName, HeaderValue};
use clerk_client::mock::{FakeClerk, FakeServer, FakeUser, WebhookDeliveryStatus};
use clerk_client::requests::{CreateUserRequest, UpdateUserRequest};
use clerk_client::webhooks::{Webhook, WebhookData};
use clerk_client::{Clerk, RetryPolicy, Timestamp, TokioTransport};
use futures_util::future::join_all;

use super::secret;
use crate::support::{RawServer, key, run};

const SECOND: Duration = Duration::from_secs(1);

fn status(code: u16) -> Vec<u8> {
    format!("HTTP/1.1 {code} Status\r\ncontent-length: 0\r\n\r\n").into_bytes()
}

/// Starts a receiver that responds with these statuses, one after another, and then with 200.
fn receiver(statuses: &'static [u16]) -> RawServer {
    let count = AtomicUsize::new(0);
    RawServer::start(move |_| {
        let at = count.fetch_add(1, Ordering::SeqCst);
        status(statuses.get(at).copied().unwrap_or(200))
    })
}

fn url(receiver: &RawServer) -> String {
    format!("http://127.0.0.1:{}/webhooks?from=clerk", receiver.port())
}

async fn serve(receiver: &RawServer) -> FakeServer {
    let builder = FakeServer::builder(FakeClerk::new()).virtual_time();
    let builder = builder.webhook(url(receiver), secret());
    builder.start().await.unwrap()
}

/// Verifies a request that a receiver got at the time `now`.
fn verified(request: &str, now: Timestamp) -> Webhook {
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let mut lines = head.lines();
    assert_eq!(lines.next(), Some("POST /webhooks?from=clerk HTTP/1.1"));
    let mut headers = HeaderMap::new();
    for line in lines {
        let (name, value) = line.split_once(": ").unwrap();
        let name: HeaderName = name.parse().unwrap();
        headers.append(name, HeaderValue::from_str(value).unwrap());
    }
    assert_eq!(headers["content-type"], "application/json");
    secret().verify_at(&headers, body.as_bytes(), now).unwrap()
}

#[tokio::test]
async fn a_thousand_changes_arrive_once_and_in_order_per_object() {
    let receiver = receiver(&[]);
    let server = serve(&receiver).await;
    let transport = TokioTransport::new().unwrap();
    let clerk = Clerk::builder(transport, key()).base_url(server.url());
    let users = clerk.retry(RetryPolicy::none()).build().unwrap().users();
    let changes = (0..100).map(|_| {
        let users = users.clone();
        async move {
            let user = users.create_user(CreateUserRequest::new()).await.unwrap();
            for number in 1..10 {
                let name = UpdateUserRequest::new().first_name(number.to_string());
                users.update_user(&user.id, name).await.unwrap();
            }
        }
    });
    join_all(changes).await;
    server.webhooks_settled().await;

    let mut messages = BTreeSet::new();
    let mut names: BTreeMap<String, Vec<Option<String>>> = BTreeMap::new();
    for request in receiver.requests() {
        let webhook = verified(&request, server.fake().time());
        assert!(messages.insert(webhook.message_id.clone()), "{webhook:?}");
        let (WebhookData::UserCreated(user) | WebhookData::UserUpdated(user)) = webhook.event.data
        else {
            panic!("{webhook:?}");
        };
        names
            .entry(user.id.to_string())
            .or_default()
            .push(user.first_name);
    }
    assert_eq!(messages.len(), 1_000);
    let numbers = (1..10).map(|number| Some(number.to_string()));
    let expected: Vec<_> = std::iter::once(None).chain(numbers).collect();
    assert_eq!(names.len(), 100);
    assert!(names.values().all(|names| *names == expected), "{names:#?}");
    let deliveries = server.webhook_deliveries();
    assert_eq!(deliveries.len(), 1_000);
    for delivery in deliveries {
        assert_eq!(delivery.status, WebhookDeliveryStatus::Succeeded);
        assert_eq!(delivery.attempts.len(), 1);
    }
    server.shutdown().await;
}

#[tokio::test]
async fn a_receiver_that_fails_twice_gets_the_third_attempt() {
    let receiver = receiver(&[500, 302]);
    let server = serve(&receiver).await;
    let fake = server.fake();
    fake.add(FakeUser::new("user_ada"));
    let mut arrived = Vec::new();
    for (passed, requests) in [(0, 1), (4, 1), (1, 2), (299, 2), (1, 3), (100_000, 3)] {
        fake.clock().advance(SECOND * passed);
        server.webhooks_settled().await;
        let all = receiver.requests();
        assert_eq!(all.len(), requests, "after another {passed} s");
        if all.len() > arrived.len() {
            arrived.push(verified(all.last().unwrap(), fake.time()));
        }
    }
    let [first, second, third] = arrived.as_slice() else {
        panic!("{arrived:#?}");
    };
    assert_eq!(first.message_id, third.message_id);
    assert_eq!((&first.event, &second.event), (&third.event, &third.event));
    assert_eq!(second.sent_at, first.sent_at + SECOND * 5);
    assert_eq!(third.sent_at, first.sent_at + SECOND * 305);
    let deliveries = server.webhook_deliveries();
    let [delivery] = deliveries.as_slice() else {
        panic!("{deliveries:#?}");
    };
    let results: Vec<_> = delivery
        .attempts
        .iter()
        .map(|of| of.result.clone())
        .collect();
    assert_eq!(results, [Ok(500), Ok(302), Ok(200)]);
    assert_eq!(delivery.message_id, first.message_id);
    assert_eq!(delivery.status, WebhookDeliveryStatus::Succeeded);
}

#[tokio::test]
async fn later_events_of_an_object_wait_and_those_of_others_do_not() {
    let receiver = receiver(&[503]);
    let server = serve(&receiver).await;
    let fake = server.fake();
    fake.add(FakeUser::new("user_ada"));
    server.webhooks_settled().await;
    fake.add(FakeUser::new("user_ada").username("ada"));
    fake.add(FakeUser::new("user_eve"));
    server.webhooks_settled().await;
    fake.clock().advance(SECOND * 5);
    server.webhooks_settled().await;
    let requests = receiver.requests();
    let events = requests.iter().map(|request| {
        let event = verified(request, fake.time()).event.data;
        let id = if request.contains("user_ada") {
            "ada"
        } else {
            "eve"
        };
        (id, event.event_type().to_owned())
    });
    let events: Vec<_> = events.collect();
    let (created, updated) = ("user.created".to_owned(), "user.updated".to_owned());
    let expected = [
        ("ada", created.clone()),
        ("eve", created.clone()),
        ("ada", created),
        ("ada", updated),
    ];
    assert_eq!(events, expected);
}

#[tokio::test]
async fn after_eight_attempts_a_webhook_has_failed() {
    let receiver = RawServer::start(|_| Vec::new());
    let server = serve(&receiver).await;
    let fake = server.fake();
    let start = fake.time();
    fake.add(FakeUser::new("user_ada"));
    server.webhooks_settled().await;
    let hour = 3_600;
    for wait in [5, 300, 1_800, 2 * hour, 5 * hour, 10 * hour, 10 * hour] {
        let pending = &server.webhook_deliveries()[0];
        assert_eq!(pending.status, WebhookDeliveryStatus::Pending);
        fake.clock().advance(SECOND * wait);
        server.webhooks_settled().await;
    }
    let failed = &server.webhook_deliveries()[0];
    assert_eq!(failed.status, WebhookDeliveryStatus::Failed);
    let seconds = failed.attempts.iter().map(|attempt| {
        let error = attempt.result.as_ref().unwrap_err();
        assert!(error.starts_with("the request failed: "), "{error}");
        (attempt.at.as_millis() - start.as_millis()) / 1_000
    });
    let seconds: Vec<_> = seconds.collect();
    assert_eq!(seconds, [0, 5, 305, 2_105, 9_305, 27_305, 63_305, 99_305]);
    assert_eq!(receiver.requests().len(), 8);
}

/// The clock of this fake follows real time, and the test advances it further.
#[tokio::test]
async fn a_test_need_not_wait_for_an_attempt_in_real_time() {
    let receiver = receiver(&[500]);
    let builder = FakeServer::builder(FakeClerk::new()).webhook(url(&receiver), secret());
    let server = builder.start().await.unwrap();
    server.fake().add(FakeUser::new("user_ada"));
    server.webhooks_settled().await;
    server.fake().clock().advance(SECOND * 5);
    server.webhooks_settled().await;
    let delivery = &server.webhook_deliveries()[0];
    assert_eq!(delivery.status, WebhookDeliveryStatus::Succeeded);
    assert_eq!(delivery.attempts.len(), 2);
}

/// If a test sets the time back before it advances the clock, a retry has the time of the first
/// attempt. A receiver that compares this time with its own clock then accepts the retry.
#[tokio::test]
async fn the_time_of_a_retry_can_be_set_back() {
    let receiver = receiver(&[500, 500]);
    let server = serve(&receiver).await;
    let fake = server.fake();
    let start = fake.time();
    fake.add(FakeUser::new("user_ada"));
    for seconds in [5, 300] {
        server.webhooks_settled().await;
        let earlier = start.as_millis() - i64::from(seconds) * 1_000;
        fake.set_time(Timestamp::from_millis(earlier));
        fake.clock().advance(SECOND * seconds);
        assert_eq!(fake.time(), start);
    }
    server.webhooks_settled().await;
    let requests = receiver.requests();
    assert_eq!(requests.len(), 3);
    let [first, .., last] = requests.as_slice() else {
        panic!("{requests:#?}");
    };
    assert_eq!(
        verified(first, start).sent_at,
        verified(last, start).sent_at
    );
}

/// A server keeps at most 10,000 pending deliveries. Further webhooks wait until earlier deliveries
/// have ended.
#[tokio::test]
async fn the_wait_for_webhooks_ends_although_too_many_are_pending() {
    let receiver = receiver(&[500]);
    let server = serve(&receiver).await;
    let fake = server.fake();
    for _ in 0..2 {
        for number in 0..6_000 {
            fake.add(FakeUser::new("user_ada").username(&format!("ada_{number}")));
        }
        server.webhooks_settled().await;
    }
    assert_eq!(server.webhook_deliveries().len(), 10_000);
    assert_eq!(receiver.requests().len(), 1);
}

/// This receiver changes the user for each webhook, and each change sends another webhook.
#[tokio::test]
async fn the_wait_for_webhooks_ends_although_each_one_causes_another() {
    let client: Arc<OnceLock<Clerk>> = Arc::default();
    let own = Arc::clone(&client);
    let count = AtomicUsize::new(0);
    let receiver = RawServer::start(move |_| {
        if let Some(clerk) = own.get() {
            let number = count.fetch_add(1, Ordering::SeqCst);
            let name = UpdateUserRequest::new().first_name(number.to_string());
            run(clerk.users().update_user("user_ada", name)).unwrap();
        }
        status(200)
    });
    let server = serve(&receiver).await;
    client.set(server.fake().client()).unwrap();
    server.fake().add(FakeUser::new("user_ada"));
    for _ in 0..2 {
        let settled = server.webhooks_settled();
        tokio::time::timeout(SECOND * 60, settled).await.unwrap();
        let first = &server.webhook_deliveries()[0];
        assert_eq!(first.status, WebhookDeliveryStatus::Succeeded);
    }
    server.shutdown().await;
}

#[tokio::test]
async fn a_receiver_that_does_not_respond_does_not_stop_the_shutdown() {
    let (arrived, arrival) = channel();
    let (release, released) = channel::<()>();
    let (arrived, released) = (Mutex::new(arrived), Mutex::new(released));
    let receiver = RawServer::start(move |_| {
        arrived.lock().unwrap().send(()).unwrap();
        let _ = released.lock().unwrap().recv();
        status(200)
    });
    let server = serve(&receiver).await;
    server.fake().add(FakeUser::new("user_ada"));
    let arrival = tokio::task::spawn_blocking(move || arrival.recv());
    arrival.await.unwrap().unwrap();
    server.shutdown().await;
    drop(release);
}

#[tokio::test]
async fn a_dropped_server_sends_nothing_more() {
    let receiver = receiver(&[]);
    let server = serve(&receiver).await;
    let other = server.fake().webhooks();
    server.fake().add(FakeUser::new("user_ada"));
    server.webhooks_settled().await;
    let client = server.fake().client();
    server.shutdown().await;
    client.users().ban_user("user_ada").await.unwrap();
    assert_eq!(other.take().len(), 2);
    // While a second server sends a webhook, the stopped server would have time to send one, too.
    let another = serve(&receiver).await;
    another.fake().add(FakeUser::new("user_eve"));
    another.webhooks_settled().await;
    let requests = receiver.requests();
    assert_eq!(requests.len(), 2);
    assert!(requests[1].contains("user_eve"), "{requests:#?}");
}

#[tokio::test]
async fn a_url_without_a_path_keeps_its_query() {
    let receiver = receiver(&[]);
    let origin = format!("http://127.0.0.1:{}", receiver.port());
    for (end, target) in [("?from=clerk", "/?from=clerk"), ("", "/")] {
        let builder = FakeServer::builder(FakeClerk::new());
        let builder = builder.webhook(format!("{origin}{end}"), secret());
        let server = builder.start().await.unwrap();
        server.fake().add(FakeUser::new("user_ada"));
        server.webhooks_settled().await;
        let requests = receiver.requests();
        let line = requests.last().unwrap().lines().next();
        assert_eq!(line, Some(format!("POST {target} HTTP/1.1").as_str()));
    }
}

#[tokio::test]
async fn malformed_urls_are_refused() {
    for (url, why) in [
        (
            "https://example.com/webhooks",
            "https is not supported; use http",
        ),
        ("ftp://example.com/", "it must begin with http://"),
        ("/webhooks", "it must begin with http://"),
        ("http://", "it is malformed"),
        ("http://localhost:0/", "its port must be a number from 1"),
        (
            "http://ada:hunter2@example.com/",
            "it must not contain a user name",
        ),
    ] {
        let builder = FakeServer::builder(FakeClerk::new()).webhook(url, secret());
        let error = builder.start().await.unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::InvalidInput);
        let message = error.to_string();
        assert!(message.starts_with("invalid webhook URL"), "{message}");
        assert!(
            message.contains(why) && !message.contains("hunter2"),
            "{message}"
        );
    }
}

#[tokio::test]
async fn deliveries_can_be_read_over_http() {
    let receiver = receiver(&[500]);
    let server = serve(&receiver).await;
    server.fake().add(FakeUser::new("user_ada"));
    server.webhooks_settled().await;
    let request = |method: &'static str, path: &str, body: &'static str| {
        let request = clerk_client::http::Request::builder().method(method);
        let uri = server.url().replace("/v1", path);
        let request = request.uri(uri).header("content-type", "application/json");
        request.body(body.into()).unwrap()
    };
    let transport = TokioTransport::new().unwrap();
    let transport: Arc<dyn clerk_client::transport::HttpTransport> = Arc::new(transport);
    let path = "/__clerk_mock/sign_in";
    let signed_in = transport.send(request("POST", path, r#"{ "user_id": "user_ada" }"#));
    assert_eq!(signed_in.await.unwrap().status(), 200);
    server.webhooks_settled().await;
    let deliveries = transport
        .send(request("GET", "/__clerk_mock/webhooks", ""))
        .await;
    let deliveries: serde_json::Value = serde_json::from_slice(deliveries.unwrap().body()).unwrap();
    let known = server.webhook_deliveries();
    let start = server.fake().time();
    let expected = serde_json::json!([
        {
            "message_id": known[0].message_id,
            "event_type": "user.created",
            "object_id": "user_ada",
            "status": "pending",
            "attempts": [{ "at": start, "status": 500, "error": null }],
        },
        {
            "message_id": known[1].message_id,
            "event_type": "session.created",
            "object_id": known[1].object_id,
            "status": "succeeded",
            "attempts": [{ "at": start, "status": 200, "error": null }],
        },
    ]);
    assert_eq!(deliveries["webhooks"], expected);
}

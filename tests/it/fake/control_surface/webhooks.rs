//! The endpoint that receives the webhooks of a world. Each world is an independent fake.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver as Channel, Sender, channel};
use std::sync::{Arc, Mutex};

use clerk_client::http::{HeaderMap, HeaderName, HeaderValue};
use clerk_client::mock::{FakeClerk, FakeServer};
use clerk_client::requests::{CreateUserRequest, UpdateUserRequest};
use clerk_client::webhooks::WebhookSecret;
use serde_json::{Value, json};

use super::client::Control;
use super::surface::server;
use crate::support::RawServer;

const SECRETS: [&str; 2] = ["whsec_Zmlyc3Qgc2VjcmV0", "whsec_c2Vjb25kIHNlY3JldA=="];

fn secret(text: &str) -> WebhookSecret {
    WebhookSecret::new(text).unwrap()
}

fn response(status: u16) -> Vec<u8> {
    format!("HTTP/1.1 {status} Status\r\ncontent-length: 0\r\n\r\n").into_bytes()
}

/// An endpoint that verifies webhooks with its secret.
struct Receiver {
    server: RawServer,
    secret: &'static str,
}

impl Receiver {
    /// Starts an endpoint that responds with these statuses, one after another, and then with 200.
    fn start(secret: &'static str, statuses: &'static [u16]) -> Self {
        let count = AtomicUsize::new(0);
        let server = RawServer::start(move |_| {
            let at = count.fetch_add(1, Ordering::SeqCst);
            response(statuses.get(at).copied().unwrap_or(200))
        });
        Self { server, secret }
    }

    /// Starts an endpoint that signals the arrival of a request, and responds when the test sends a
    /// signal.
    fn waiting() -> (Self, Channel<()>, Sender<()>) {
        let (arrived, arrival) = channel();
        let (release, released) = channel();
        let ends = Mutex::new((arrived, released));
        let server = RawServer::start(move |_| {
            let ends = ends.lock().unwrap();
            let _ = ends.0.send(());
            let _: Result<(), _> = ends.1.recv();
            response(200)
        });
        let secret = SECRETS[0];
        (Self { server, secret }, arrival, release)
    }

    fn body(&self) -> Value {
        let url = format!("http://127.0.0.1:{}/hooks", self.server.port());
        json!({ "url": url, "secret": self.secret })
    }

    /// Returns the type and the object's id of each received event. Asserts that only the secret of
    /// this endpoint verifies the signatures.
    fn events(&self, fake: &FakeClerk) -> Vec<(String, String)> {
        let requests = self.server.requests();
        let events = requests.iter().map(|request| {
            let (head, body) = request.split_once("\r\n\r\n").unwrap();
            let mut headers = HeaderMap::new();
            for line in head.lines().skip(1) {
                let (name, value) = line.split_once(": ").unwrap();
                let name: HeaderName = name.parse().unwrap();
                headers.append(name, HeaderValue::from_str(value).unwrap());
            }
            for text in SECRETS {
                let verified = secret(text).verify_at(&headers, body.as_bytes(), fake.time());
                assert_eq!(verified.is_ok(), text == self.secret, "{text}");
            }
            let event: Value = serde_json::from_str(body).unwrap();
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            (text(&event["type"]), text(&event["data"]["id"]))
        });
        events.collect()
    }
}

/// Creates a user, and returns its id.
async fn create(control: &Control) -> String {
    let users = control.clerk().users();
    let user = users.create_user(CreateUserRequest::new()).await.unwrap();
    user.id.to_string()
}

async fn update(control: &Control, id: &str) {
    let name = UpdateUserRequest::new().first_name("Ada");
    control.clerk().users().update_user(id, name).await.unwrap();
}

async fn settle(control: &Control) -> Value {
    let settled = control.ok("POST", "webhooks/settle", Value::Null).await;
    let listed = control.ok("GET", "webhooks", Value::Null).await;
    assert_eq!(settled, listed);
    listed["webhooks"].clone()
}

async fn advance(control: &Control, seconds: u64) {
    let body = json!({ "advance_seconds": seconds });
    control.ok("POST", "clock", body).await;
}

fn created(id: &str) -> (String, String) {
    ("user.created".to_owned(), id.to_owned())
}

fn statuses(deliveries: &Value) -> Vec<&str> {
    let deliveries = deliveries.as_array().unwrap().iter();
    deliveries
        .map(|of| of["status"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn two_worlds_send_their_own_events_with_their_own_secrets() {
    let server = server().await;
    let control = Control::new(&server);
    let worlds = ["a", "b"].map(|name| control.world(name));
    let receivers = SECRETS.map(|secret| Receiver::start(secret, &[]));
    for (world, receiver) in worlds.iter().zip(&receivers) {
        let body = receiver.body();
        let set = world.ok("PUT", "webhook", body.clone()).await;
        assert_eq!(set, json!({ "url": body["url"] }));
    }
    let mut expected = [Vec::new(), Vec::new()];
    for _ in 0..10 {
        for (world, expected) in worlds.iter().zip(&mut expected) {
            expected.push(created(&create(world).await));
        }
        create(&control).await;
    }
    for ((world, receiver), expected) in worlds.iter().zip(&receivers).zip(&mut expected) {
        let deliveries = settle(world).await;
        assert_eq!(statuses(&deliveries), ["succeeded"; 10]);
        let mut events = receiver.events(server.fake());
        // Events of different objects may arrive in any order.
        events.sort();
        expected.sort();
        assert_eq!(events, *expected);
    }
    assert_eq!(settle(&control).await, json!([]));
    assert!(server.webhook_deliveries().is_empty());
}

#[tokio::test]
async fn each_change_goes_to_the_endpoint_of_its_time() {
    let server = server().await;
    let control = Control::new(&server).world("a");
    let first = Receiver::start(SECRETS[0], &[500]);
    let second = Receiver::start(SECRETS[1], &[]);
    create(&control).await;
    control.ok("PUT", "webhook", first.body()).await;
    let ada = create(&control).await;
    control.ok("PUT", "webhook", second.body()).await;
    update(&control, &ada).await;
    let eve = create(&control).await;
    let deliveries = settle(&control).await;
    assert_eq!(statuses(&deliveries), ["pending", "pending", "succeeded"]);

    let fake = server.world("a").unwrap();
    assert_eq!(first.events(&fake), [created(&ada)]);
    assert_eq!(second.events(&fake), [created(&eve)]);
    advance(&control, 5).await;
    let deliveries = settle(&control).await;
    assert_eq!(statuses(&deliveries), ["succeeded"; 3]);
    assert_eq!(first.events(&fake), [created(&ada), created(&ada)]);
    let updated = ("user.updated".to_owned(), ada);
    assert_eq!(second.events(&fake), [created(&eve), updated]);
}

#[tokio::test]
async fn a_removed_endpoint_gets_nothing_more() {
    let server = server().await;
    let control = Control::new(&server).world("a");
    let receiver = Receiver::start(SECRETS[0], &[200, 500]);
    control.ok("PUT", "webhook", receiver.body()).await;
    let ada = create(&control).await;
    settle(&control).await;
    let eve = create(&control).await;
    update(&control, &eve).await;
    settle(&control).await;
    let removed = control.ok("DELETE", "webhook", Value::Null).await;
    assert_eq!(removed, json!({ "dropped": 2 }));
    let removed = control.ok("DELETE", "webhook", Value::Null).await;
    assert_eq!(removed, json!({ "dropped": 0 }));
    create(&control).await;
    advance(&control, 5).await;
    let deliveries = settle(&control).await;
    assert_eq!(statuses(&deliveries), ["succeeded"]);
    assert_eq!(deliveries[0]["object_id"], *ada);

    // The list first has the deliveries to the deleted endpoint, and then those to the new one.
    control.ok("PUT", "webhook", receiver.body()).await;
    update(&control, &eve).await;
    let deliveries = settle(&control).await;
    assert_eq!(statuses(&deliveries), ["succeeded"; 2]);
    assert_eq!(deliveries[1]["event_type"], "user.updated");
    let updated = ("user.updated".to_owned(), eve.clone());
    let fake = server.world("a").unwrap();
    assert_eq!(
        receiver.events(&fake),
        [created(&ada), created(&eve), updated]
    );
}

#[tokio::test]
async fn an_attempt_is_repeated_by_the_clock_of_its_world() {
    let server = server().await;
    let control = Control::new(&server);
    let worlds = ["a", "b"].map(|name| control.world(name));
    let receivers = SECRETS.map(|secret| Receiver::start(secret, &[503, 503]));
    for (world, receiver) in worlds.iter().zip(&receivers) {
        world.ok("PUT", "webhook", receiver.body()).await;
        create(world).await;
        settle(world).await;
    }
    let [a, b] = &worlds;
    for (world, seconds, expected) in [
        (b, 4, [1, 1]),
        (b, 1, [1, 2]),
        (b, 300, [1, 3]),
        (a, 5, [2, 3]),
        (a, 299, [2, 3]),
        (a, 1, [3, 3]),
    ] {
        advance(world, seconds).await;
        for world in &worlds {
            settle(world).await;
        }
        let arrived = receivers.each_ref().map(|of| of.server.requests().len());
        assert_eq!(arrived, expected, "after another {seconds} s");
    }
    let deliveries = settle(a).await;
    let attempts = deliveries[0]["attempts"].as_array().unwrap().iter();
    let attempts: Vec<_> = attempts.map(|of| of["status"].clone()).collect();
    assert_eq!(attempts, [503, 503, 200]);
}

#[tokio::test]
async fn a_wait_for_webhooks_ends_with_their_response_or_their_endpoint() {
    let server = server().await;
    let control = Control::new(&server).world("a");
    let (receiver, arrival, release) = Receiver::waiting();
    control.ok("PUT", "webhook", receiver.body()).await;
    create(&control).await;
    let arrival = tokio::task::spawn_blocking(move || arrival.recv().map(|()| arrival));
    let arrival = arrival.await.unwrap().unwrap();
    let listed = control.ok("GET", "webhooks", Value::Null).await;
    assert_eq!(statuses(&listed["webhooks"]), ["pending"]);
    release.send(()).unwrap();
    assert_eq!(statuses(&settle(&control).await), ["succeeded"]);

    create(&control).await;
    let arrival = tokio::task::spawn_blocking(move || arrival.recv());
    arrival.await.unwrap().unwrap();
    let settled = control.ok("POST", "webhooks/settle", Value::Null);
    let removed = control.ok("DELETE", "webhook", Value::Null);
    let (settled, removed) = tokio::join!(settled, removed);
    assert_eq!(statuses(&settled["webhooks"]), ["succeeded"]);
    assert_eq!(removed, json!({ "dropped": 1 }));
    drop(release);
}

#[tokio::test]
async fn a_deleted_world_sends_nothing_more() {
    let server = server().await;
    let control = Control::new(&server);
    let (receiver, arrival, release) = Receiver::waiting();
    let world = control.world("a");
    world.ok("PUT", "webhook", receiver.body()).await;
    create(&world).await;
    let arrival = tokio::task::spawn_blocking(move || arrival.recv());
    arrival.await.unwrap().unwrap();
    let fake = server.world("a").unwrap();
    control.ok("DELETE", "worlds/a", Value::Null).await;
    assert_eq!(Arc::strong_count(&fake), 1, "no task has it any more");
    drop(release);

    assert_eq!(settle(&world).await, json!([]));
    create(&world).await;
    assert_eq!(settle(&world).await, json!([]));
}

#[tokio::test]
async fn a_stopped_server_stops_the_webhooks_of_its_worlds() {
    let server = server().await;
    let world = Control::new(&server).world("a");
    let (receiver, arrival, release) = Receiver::waiting();
    world.ok("PUT", "webhook", receiver.body()).await;
    create(&world).await;
    let arrival = tokio::task::spawn_blocking(move || arrival.recv());
    arrival.await.unwrap().unwrap();
    let fake = server.world("a").unwrap();
    server.shutdown().await;
    assert_eq!(Arc::strong_count(&fake), 1, "no task has it any more");
    drop(release);
}

#[tokio::test]
async fn a_reset_restores_the_endpoint_with_which_the_server_started() {
    let [initial, other] = SECRETS.map(|secret| Receiver::start(secret, &[]));
    let url = initial.body()["url"].as_str().unwrap().to_owned();
    let builder = FakeServer::builder(FakeClerk::new()).virtual_time();
    let builder = builder.webhook(url, secret(SECRETS[0]));
    let server = builder.start().await.unwrap();
    let control = Control::new(&server);
    let world = control.world("a");
    for control in [&control, &world] {
        control.ok("PUT", "webhook", other.body()).await;
        create(control).await;
        assert_eq!(statuses(&settle(control).await), ["succeeded"]);
        control.ok("POST", "reset", Value::Null).await;
        assert_eq!(settle(control).await, json!([]));
        create(control).await;
        settle(control).await;
    }
    assert_eq!(initial.events(server.fake()).len(), 1);
    assert_eq!(other.events(server.fake()).len(), 2);
    assert_eq!(server.webhook_deliveries().len(), 1);
}

#[tokio::test]
async fn a_malformed_endpoint_is_refused_and_its_secret_is_not_repeated() {
    let server = server().await;
    let control = Control::new(&server).world("a");
    let receiver = Receiver::start(SECRETS[0], &[]);
    control.ok("PUT", "webhook", receiver.body()).await;
    let (url, secret) = ("http://127.0.0.1:1/", SECRETS[1]);
    let long = format!("http://127.0.0.1/{}", "x".repeat(2_048));
    for (body, field, says) in [
        (json!({ "secret": secret }), "url", "must be included"),
        (json!({ "url": url }), "secret", "must be included"),
        (json!({ "url": url, "secret": null }), "secret", "included"),
        (json!({ "url": 1, "secret": secret }), "url", "a string"),
        (
            json!({ "url": "https://a.test/", "secret": secret }),
            "url",
            "use http",
        ),
        (
            json!({ "url": "a.test", "secret": secret }),
            "url",
            "http://",
        ),
        (
            json!({ "url": "http://ada:hunter2@a.test/", "secret": secret }),
            "url",
            "user name",
        ),
        (
            json!({ "url": long, "secret": secret }),
            "url",
            "at most 2048",
        ),
        (
            json!({ "url": "http://a.test:99999/", "secret": secret }),
            "url",
            "1 to 65535",
        ),
        (
            json!({ "url": url, "secret": "hunter2" }),
            "secret",
            "base64",
        ),
        (
            json!({ "url": url, "secret": "whsec_hunter2" }),
            "secret",
            "whsec_",
        ),
        (
            json!({ "url": url, "secret": secret, "to": 1 }),
            "to",
            "not a valid",
        ),
    ] {
        let error = control.refused("PUT", "webhook", body.clone()).await;
        assert_eq!(error["meta"]["param_name"], field, "{body}: {error}");
        let message = error["long_message"].as_str().unwrap();
        assert!(message.contains(says), "{body}: {message}");
        let text = error.to_string();
        assert!(
            !text.contains("hunter2") && !text.contains(secret),
            "{text}"
        );
    }
    // The refused requests did not change the endpoint.
    create(&control).await;
    settle(&control).await;
    assert_eq!(receiver.server.requests().len(), 1);
}

//! What `tracing` is told of calls.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use clerk_client::http::Method;
use clerk_client::mock::{FakeClerk, Fault};
use clerk_client::requests::CreateUserRequest;
use clerk_client::{Clerk, RateLimit, User};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;

use crate::support::samples::{sample_calls, sampler};
use crate::support::{key, run, with_subscriber};

type Fields = BTreeMap<String, String>;

/// Keeps what the client says.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Told>>);

#[derive(Default)]
struct Told {
    /// In the order of their beginning.
    spans: Vec<(Id, Fields)>,
    events: Vec<(Level, Fields)>,
}

struct Into<'a>(&'a mut Fields);

impl Visit for Into<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().into(), value.into());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name().into(), format!("{value:?}"));
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Kept {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, _: Context<'_, S>) {
        let mut fields = Fields::new();
        attributes.record(&mut Into(&mut fields));
        self.0.lock().unwrap().spans.push((id.clone(), fields));
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, _: Context<'_, S>) {
        let mut told = self.0.lock().unwrap();
        let span = told.spans.iter_mut().rev().find(|(other, _)| other == id);
        values.record(&mut Into(&mut span.unwrap().1));
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut fields = Fields::new();
        event.record(&mut Into(&mut fields));
        let span = context.event_span(event);
        assert_eq!(
            span.unwrap().name(),
            "clerk",
            "an event stands in its call's span"
        );
        let mut told = self.0.lock().unwrap();
        told.events.push((*event.metadata().level(), fields));
    }
}

/// What is told while this runs.
fn told(work: impl Future<Output = ()>) -> Told {
    let kept = Kept::default();
    let subscriber = tracing_subscriber::registry().with(kept.clone());
    with_subscriber(subscriber, || run(work));
    std::mem::take(&mut *kept.0.lock().unwrap())
}

fn of<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    fields.get(name).map(String::as_str)
}

#[test]
fn a_call_is_a_span_and_an_attempt_an_event() {
    let fake = FakeClerk::new();
    fake.add(User::new("user_secret"));
    fake.inject_fault(
        "GetUser",
        1,
        Fault::status(503).delayed_by(Duration::from_millis(40)),
    );
    let told = told(async {
        let users = fake.client().users();
        users.get_user("user_secret").await.unwrap();
    });
    let [(_, span)] = &told.spans[..] else {
        panic!("{:?}", told.spans)
    };
    for (name, value) in [
        ("clerk.operation", "GetUser"),
        ("otel.kind", "client"),
        ("otel.name", "GET /users/{user_id}"),
        ("http.request.method", "GET"),
        ("url.template", "/users/{user_id}"),
        ("server.address", "api.clerk.com"),
        ("server.port", "443"),
        ("http.request.resend_count", "1"),
        ("http.response.status_code", "200"),
    ] {
        assert_eq!(of(span, name), Some(value), "{name}");
    }
    assert_eq!(of(span, "clerk.trace_id").unwrap().len(), 32);
    assert_eq!(of(span, "error.type"), None, "it came right in the end");

    let [(warn, failed), (_, waited), (debug, answered)] = &told.events[..] else {
        panic!("{:?}", told.events)
    };
    assert_eq!((*warn, *debug), (Level::WARN, Level::DEBUG));
    assert_eq!(of(failed, "http.response.status_code"), Some("503"));
    assert_eq!(of(failed, "error.type"), Some("503"));
    assert_eq!(of(failed, "http.request.resend_count"), Some("0"));
    assert_eq!(of(failed, "clerk.elapsed_ms"), Some("40.0"));
    assert_eq!(of(waited, "message"), Some("waiting"));
    assert_eq!(of(answered, "http.response.status_code"), Some("200"));
    assert_eq!(of(answered, "http.request.resend_count"), Some("1"));
    assert_eq!(of(answered, "error.type"), None);
}

#[test]
fn what_went_wrong_has_a_name() {
    let fake = FakeClerk::new();
    fake.inject_fault("CreateUser", 1, Fault::response_lost());
    fake.inject_fault("CreateUser", 2, Fault::invalid_body());
    let told = told(async {
        let users = fake.client().users();
        users
            .create_user(CreateUserRequest::new())
            .await
            .unwrap_err();
        users
            .create_user(CreateUserRequest::new())
            .await
            .unwrap_err();
        users.get_user("user_nobody").await.unwrap_err();
        users.get_user("..").await.unwrap_err();
        let clerk = fake.client();
        let other = clerk.request::<()>(Method::GET, ["secret", "path"]);
        other.await.unwrap_err();
    });
    let types: Vec<_> = told
        .spans
        .iter()
        .map(|(_, span)| of(span, "error.type").unwrap())
        .collect();
    assert_eq!(types, ["io", "decode", "404", "invalid_request", "404"]);
    // A path of the caller's is not shown: nobody knows what in it is an id.
    let (_, custom) = told.spans.last().unwrap();
    assert_eq!(of(custom, "url.template"), None);
    assert_eq!(of(custom, "otel.name"), Some("GET"));
}

#[test]
fn a_turn_that_is_waited_for_is_told() {
    let fake = FakeClerk::new();
    let told = told(async {
        let builder = Clerk::builder(fake.transport(), key());
        let limit = RateLimit::new(1, Duration::from_secs(1));
        let users = builder.rate_limit(limit).build().unwrap().users();
        users.get_user("a").await.unwrap_err();
        users.get_user("b").await.unwrap_err();
    });
    let waits = told
        .events
        .iter()
        .filter_map(|(_, event)| of(event, "clerk.wait_ms"));
    assert_eq!(waits.collect::<Vec<_>>(), ["1020.0"]);
}

/// No id, no body, no secret: only what has few values.
#[test]
fn nothing_is_told_that_is_nobodys_business() {
    let fake = FakeClerk::new();
    let told = told(async {
        for sample in sample_calls(&fake.client(), &sampler("user_secret", 1)) {
            let _ = sample.call.send().await;
        }
    });
    assert_eq!(told.spans.len(), clerk_client::OperationInfo::all().len());
    let spans = told.spans.iter().map(|(_, span)| span);
    for fields in spans.chain(told.events.iter().map(|(_, event)| event)) {
        let printed = format!("{fields:?}");
        for secret in [
            "user_secret",
            "sk_test",
            "ada@example.com",
            "correct horse",
            "Lovelace",
            "+1555",
        ] {
            assert!(!printed.contains(secret), "{printed}");
        }
    }
}

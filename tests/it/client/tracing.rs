//! The spans and events of calls.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use clerk_client::http::Method;
use clerk_client::mock::{FakeClerk, Fault, Reply};
use clerk_client::requests::CreateUserRequest;
use clerk_client::{Clerk, RateLimit, User};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;

use crate::support::samples::{sample_calls, sampler};
use crate::support::{client_replying, key, run, with_subscriber};

type Fields = BTreeMap<String, String>;

/// A layer that records spans and events.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Recorded>>);

#[derive(Default)]
struct Recorded {
    /// The spans in the order in which they started.
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

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Recorder {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, _: Context<'_, S>) {
        let mut fields = Fields::new();
        attributes.record(&mut Into(&mut fields));
        self.0.lock().unwrap().spans.push((id.clone(), fields));
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, _: Context<'_, S>) {
        let mut recorded = self.0.lock().unwrap();
        let mut span = recorded
            .spans
            .iter_mut()
            .rev()
            .find(|(other, _)| other == id);
        let mut fields = Fields::new();
        values.record(&mut Into(&mut fields));
        for (name, value) in fields {
            let earlier = span.as_mut().unwrap().1.insert(name, value);
            // If a field were recorded twice, many subscribers would keep both values.
            assert_eq!(earlier, None, "a field of a span is recorded once");
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut fields = Fields::new();
        event.record(&mut Into(&mut fields));
        let span = context.event_span(event);
        assert_eq!(
            span.unwrap().name(),
            "clerk",
            "an event belongs to the span of its call"
        );
        assert_eq!(event.metadata().target(), "clerk");
        let mut recorded = self.0.lock().unwrap();
        recorded.events.push((*event.metadata().level(), fields));
    }
}

/// Returns the spans and events recorded while `work` runs.
fn recorded(work: impl Future<Output = ()>) -> Recorded {
    let recorder = Recorder::default();
    let subscriber = tracing_subscriber::registry().with(recorder.clone());
    with_subscriber(subscriber, || run(work));
    std::mem::take(&mut *recorder.0.lock().unwrap())
}

fn of<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    fields.get(name).map(String::as_str)
}

#[test]
fn each_call_is_a_span_and_each_attempt_an_event() {
    let fake = FakeClerk::new();
    fake.add(User::new("user_secret"));
    fake.inject_fault(
        "GetUser",
        1,
        Fault::status(503).delayed_by(Duration::from_millis(40)),
    );
    let recorded = recorded(async {
        let users = fake.client().users();
        users.get_user("user_secret").await.unwrap();
    });
    let [(_, span)] = &recorded.spans[..] else {
        panic!("{:?}", recorded.spans)
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
    for name in ["error.type", "otel.status_code"] {
        assert_eq!(of(span, name), None, "the call succeeded in the end");
    }

    let [(warn, failed), (_, waited), (debug, received)] = &recorded.events[..] else {
        panic!("{:?}", recorded.events)
    };
    assert_eq!((*warn, *debug), (Level::WARN, Level::DEBUG));
    assert_eq!(of(failed, "http.response.status_code"), Some("503"));
    assert_eq!(of(failed, "error.type"), Some("503"));
    assert_eq!(of(failed, "http.request.resend_count"), Some("0"));
    assert_eq!(of(failed, "clerk.elapsed_ms"), Some("40.0"));
    assert_eq!(of(waited, "message"), Some("waiting"));
    assert_eq!(of(received, "http.response.status_code"), Some("200"));
    assert_eq!(of(received, "http.request.resend_count"), Some("1"));
    assert_eq!(of(received, "error.type"), None);
}

#[test]
fn ordinary_results_are_no_warnings() {
    for (status, level) in [
        (404, Level::DEBUG),
        (422, Level::DEBUG),
        (401, Level::WARN),
        (403, Level::WARN),
        (429, Level::WARN),
        (500, Level::WARN),
    ] {
        let recorded = recorded(async {
            let (clerk, _) = client_replying(move || Reply::bytes(status, ""));
            clerk.users().get_user("u").await.unwrap_err();
        });
        let levels: Vec<_> = recorded.events.iter().map(|(level, _)| *level).collect();
        assert_eq!(levels, [level], "{status}");
    }
}

#[test]
fn failed_calls_record_an_error_type() {
    let fake = FakeClerk::new();
    fake.inject_fault("CreateUser", 1, Fault::response_lost());
    fake.inject_fault("CreateUser", 2, Fault::invalid_body());
    let recorded = recorded(async {
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
    let types: Vec<_> = recorded
        .spans
        .iter()
        .map(|(_, span)| of(span, "error.type").unwrap())
        .collect();
    assert_eq!(types, ["io", "decode", "404", "invalid_request", "404"]);
    for (_, span) in &recorded.spans {
        assert_eq!(of(span, "otel.status_code"), Some("ERROR"));
    }
    // The path of a custom request is not recorded, because it may contain ids.
    let (_, custom) = recorded.spans.last().unwrap();
    assert_eq!(of(custom, "url.template"), None);
    assert_eq!(of(custom, "otel.name"), Some("GET"));
}

#[test]
fn long_trace_ids_are_shortened() {
    let recorded = recorded(async {
        let id = "\u{fc}".repeat(100_000);
        let body = format!(r#"{{"errors":[],"clerk_trace_id":"{id}"}}"#);
        let (clerk, _) = client_replying(move || Reply::bytes(500, body.clone()));
        clerk.users().get_user("u").await.unwrap_err();
    });
    let spans = recorded.spans.iter().map(|(_, span)| span);
    let all = spans.chain(recorded.events.iter().map(|(_, event)| event));
    let lengths = all.map(|fields| of(fields, "clerk.trace_id").unwrap().chars().count());
    assert_eq!(lengths.collect::<Vec<_>>(), [400, 400]);
}

#[test]
fn helpers_that_send_several_requests_record_invalid_arguments() {
    let fake = FakeClerk::new();
    let recorded = recorded(async {
        let users = fake.client().users();
        users.find_user_by_email_address("").await.unwrap_err();
        users.get_many([""]).await.unwrap_err();
        users.ban_many([""]).await.unwrap_err();
        users.unban_many(["u"]).concurrency(0).await.unwrap_err();
    });
    let spans: Vec<_> = recorded
        .spans
        .iter()
        .map(|(_, span)| (of(span, "clerk.operation"), of(span, "error.type")))
        .collect();
    let expected = ["GetUserList", "GetUserList", "UsersBan", "UsersUnban"]
        .map(|operation| (Some(operation), Some("invalid_request")));
    assert_eq!(spans, expected);
    assert!(fake.requests().is_empty());
}

#[test]
fn a_call_that_returns_none_has_not_failed() {
    let fake = FakeClerk::new();
    let recorded = recorded(async {
        let users = fake.client().users();
        assert_eq!(users.get_user_or_none("user_nobody").await.unwrap(), None);
        let (clerk, _) = client_replying(|| Reply::bytes(404, "not Clerk"));
        let users = clerk.users();
        users.get_user_or_none("user_nobody").await.unwrap_err();
    });
    let [(_, none), (_, failed)] = &recorded.spans[..] else {
        panic!("{:?}", recorded.spans)
    };
    assert_eq!(of(none, "http.response.status_code"), Some("404"));
    assert_eq!(of(none, "error.type"), None);
    assert_eq!(of(none, "otel.status_code"), None);
    assert_eq!(of(failed, "error.type"), Some("404"));
    assert_eq!(of(failed, "otel.status_code"), Some("ERROR"));
}

#[test]
fn waiting_for_the_rate_limit_is_traced() {
    let fake = FakeClerk::new();
    let recorded = recorded(async {
        let builder = Clerk::builder(fake.transport(), key());
        let limit = RateLimit::new(1, Duration::from_secs(1));
        let users = builder.rate_limit(limit).build().unwrap().users();
        users.get_user("a").await.unwrap_err();
        users.get_user("b").await.unwrap_err();
    });
    let waits = recorded
        .events
        .iter()
        .filter_map(|(_, event)| of(event, "clerk.wait_ms"));
    assert_eq!(waits.collect::<Vec<_>>(), ["1020.0"]);
}

/// The fields of spans and events contain no ids of objects, no bodies and no secrets.
#[test]
fn spans_contain_no_ids_or_secrets() {
    let fake = FakeClerk::new();
    let recorded = recorded(async {
        for sample in sample_calls(&fake.client(), &sampler("user_secret", 1)) {
            let _ = sample.call.send().await;
        }
    });
    assert_eq!(
        recorded.spans.len(),
        clerk_client::OperationInfo::all().len()
    );
    let spans = recorded.spans.iter().map(|(_, span)| span);
    for fields in spans.chain(recorded.events.iter().map(|(_, event)| event)) {
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

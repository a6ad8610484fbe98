//! Waits that leave too little time for a retry, and waits that the server asks for.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use clerk_client::mock::{FakeClerk, MockTransport, Reply};
use clerk_client::requests::CreateUserRequest;
use clerk_client::transport::{
    AttemptTimeout, HttpRequest, HttpResponse, HttpTransport, TransportError, TransportErrorKind,
    async_trait,
};
use clerk_client::{Clerk, RateLimit};

use super::retries::Script;
use crate::support::key;

const SECOND: Duration = Duration::from_secs(1);

/// A transport whose timers are late, and that records the timeout of each attempt.
#[derive(Debug)]
struct Late {
    inner: Arc<MockTransport>,
    by: Duration,
    timeouts: Arc<Mutex<Vec<Duration>>>,
}

impl Late {
    fn new(inner: Arc<MockTransport>, by: Duration) -> Self {
        Self {
            inner,
            by,
            timeouts: Arc::default(),
        }
    }
}

#[async_trait]
impl HttpTransport for Late {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let AttemptTimeout(timeout) = request.extensions().get().unwrap();
        self.timeouts.lock().unwrap().push(*timeout);
        self.inner.send(request).await
    }

    async fn sleep(&self, duration: Duration) {
        self.inner.sleep(duration.saturating_add(self.by)).await;
    }

    fn now(&self) -> Duration {
        self.inner.now()
    }
}

fn too_many_requests(wait: &str) -> Reply {
    Reply::bytes(429, "").header("retry-after", wait)
}

#[tokio::test]
async fn a_write_is_resent_only_with_time_to_be_answered() {
    for (timeout, wait, write, read) in [
        (Duration::from_millis(2_100), "2", 1, 2),
        (SECOND * 4, "2", 2, 2),
        (SECOND * 60, "50", 2, 2),
        (SECOND * 60, "53", 1, 2),
        (SECOND * 60, "60", 1, 1),
        (Duration::MAX, "3600", 2, 2),
    ] {
        let script = Script::new([too_many_requests(wait)]);
        let call = script.client().users().ban_user("u").timeout(timeout);
        let result = call.await;
        assert_eq!(script.times().len(), write, "{timeout:?}, {wait} s");
        assert_eq!(result.is_ok(), write == 2);
        if let Err(error) = result {
            assert!(error.is_rate_limited(), "{error}");
            assert_eq!(script.now(), Duration::ZERO, "the 429 is returned at once");
        }
        let script = Script::new([too_many_requests(wait)]);
        let call = script.client().users().get_user("u").timeout(timeout);
        assert_eq!(call.await.is_ok(), read == 2);
        assert_eq!(script.times().len(), read, "{timeout:?}, {wait} s");
    }
    // A write is retried only if the wait leaves at least a quarter of the attempt's timeout. The
    // call has 60 s, so a wait of 53 s leaves 7 s.
    for (attempt, is_sent) in [(SECOND * 30, false), (SECOND * 20, true)] {
        let script = Script::new([too_many_requests("53")]);
        let call = script.client().users().ban_user("u");
        assert_eq!(call.attempt_timeout(attempt).await.is_ok(), is_sent);
    }
}

#[tokio::test]
async fn a_write_that_waits_for_the_rate_limit_is_sent_only_with_time_to_be_answered() {
    let fake = FakeClerk::new();
    let clerk = Clerk::builder(fake.transport(), key())
        .rate_limit(RateLimit::new(1, SECOND * 10))
        .build()
        .unwrap();
    let create = || {
        clerk
            .users()
            .create_user(CreateUserRequest::new().first_name("Ada"))
    };
    create().await.unwrap();
    let error = create()
        .timeout(Duration::from_millis(10_300))
        .await
        .unwrap_err();
    assert!(error.is_rate_limited() && error.is_not_sent(), "{error}");
    assert_eq!(
        (fake.requests().len(), fake.clock().now()),
        (1, Duration::ZERO)
    );
    create().timeout(SECOND * 20).await.unwrap();
}

#[tokio::test]
async fn a_late_timer_does_not_send_a_write_too_late() {
    let script = Script::new([too_many_requests("2")]);
    let clerk = Clerk::builder(Late::new(script.transport.clone(), SECOND * 7), key())
        .build()
        .unwrap();
    let call = clerk.users().ban_user("u").timeout(SECOND * 10);
    let error = call.await.unwrap_err();
    assert!(error.is_rate_limited(), "{error}");
    assert_eq!(script.times().len(), 1);
}

#[tokio::test]
async fn a_locked_resource_is_retried_and_other_conflicts_are_not() {
    let conflict = |code: &str| {
        let body = format!(r#"{{"errors":[{{"code":"{code}","message":"m"}}]}}"#);
        Reply::bytes(409, body)
    };
    for (code, attempts) in [("resource_locked", 3), ("conflict", 1), ("", 1)] {
        let script = Script::new((0..9).map(|_| conflict(code)));
        let error = script.client().users().ban_user("u").await.unwrap_err();
        assert_eq!(error.attempts(), attempts, "{error}");
        assert_eq!(error.is_retryable(), attempts > 1);
        assert!(error.is_conflict() && error.status().unwrap() == 409);
        if attempts > 1 {
            assert!(
                script.now() > Duration::ZERO,
                "it waits between the attempts"
            );
        }
    }
}

/// In a 409, the code `resource_locked` says that the request was not processed. With another
/// status, the code causes no retry of a write.
#[tokio::test]
async fn the_code_of_a_locked_resource_counts_only_in_a_409() {
    for (status, attempts) in [(400, 1), (409, 3), (500, 1), (503, 1)] {
        let body = r#"{"errors":[{"code":"resource_locked","message":"m"}]}"#;
        let script = Script::new((0..9).map(|_| Reply::bytes(status, body)));
        let error = script.client().users().ban_user("u").await.unwrap_err();
        assert_eq!(error.attempts(), attempts, "{error}");
        assert_eq!(error.is_retryable(), attempts > 1, "{error}");
    }
}

#[tokio::test]
async fn a_request_counts_as_not_sent_only_if_no_attempt_may_have_been_processed() {
    use TransportErrorKind::{Io, NotSent, Timeout};
    let fails = |kind| Reply::fail(kind, "made up");
    for (first, is_not_sent) in [
        (fails(NotSent), true),
        (too_many_requests("0"), true),
        (fails(Timeout), false),
        (fails(Io), false),
        (Reply::bytes(503, ""), false),
    ] {
        let script = Script::new([first, fails(NotSent), fails(NotSent)]);
        let error = script.client().users().get_user("u").await.unwrap_err();
        assert_eq!((error.attempts(), error.is_not_sent()), (3, is_not_sent));
        let end = if is_not_sent {
            "made up (attempt 3)"
        } else {
            "made up (attempt 3; an earlier attempt may have been processed)"
        };
        assert!(error.to_string().ends_with(end), "{error}");
    }
}

#[tokio::test]
async fn an_unreadable_retry_after_waits_a_second() {
    // Without the `Date` of the response, a date in `Retry-After` is not usable.
    let date = "Wed, 21 Oct 2015 07:28:09 GMT";
    for reply in [
        too_many_requests(date),
        too_many_requests(date).header("date", "yesterday"),
        too_many_requests("soon"),
    ] {
        let script = Script::new([reply]);
        script.client().users().ban_user("u").await.unwrap();
        assert_eq!(script.times(), [Duration::ZERO, SECOND]);
    }
}

#[tokio::test]
async fn timeouts_of_one_cause_have_one_text() {
    for (attempt, call, expected) in [
        (30, 4, "the call took longer than 4s"),
        (2, 4, "the call took longer than 4s"),
        (4, 4, "the call took longer than 4s"),
        (2, 60, "the attempt took longer than 2s"),
    ] {
        let script = Script::new((0..9).map(|_| Reply::bytes(200, "").delayed_by(SECOND * 60)));
        let get_user = script.client().users().get_user("u");
        let get_user = get_user.timeout(SECOND * call);
        let error = get_user
            .attempt_timeout(SECOND * attempt)
            .await
            .unwrap_err();
        let text = format!("GetUser: no response in time: {expected}");
        assert!(error.to_string().starts_with(&text), "{error}");
    }
}

#[tokio::test]
async fn a_call_without_timeouts_sets_none_for_its_attempts() {
    let script = Script::new((0..9).map(|_| Reply::bytes(503, "").delayed_by(SECOND)));
    let transport = Late::new(script.transport.clone(), Duration::ZERO);
    let timeouts = Arc::clone(&transport.timeouts);
    let clerk = Clerk::builder(transport, key()).build().unwrap();
    let call = clerk.users().get_user("u").timeout(Duration::MAX);
    call.attempt_timeout(Duration::MAX).await.unwrap_err();
    assert_eq!(*timeouts.lock().unwrap(), [Duration::MAX; 3]);
}

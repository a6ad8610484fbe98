//! Timeouts and retries, in virtual time.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use clerk_client::mock::{MockTransport, Reply};
use clerk_client::transport::{HttpTransport, TransportErrorKind};
use clerk_client::{Clerk, ClerkBuilder, Error, ErrorKind, OperationInfo, RetryPolicy, User};

use crate::support::key;
use crate::support::samples::{sample_call, sampler};

const SECOND: Duration = Duration::from_secs(1);

/// A transport that returns the given replies in order, and then a user for every further request.
/// It records the virtual time of each request.
pub(super) struct Script {
    pub(super) transport: Arc<MockTransport>,
    times: Arc<Mutex<Vec<Duration>>>,
}

impl Script {
    pub(super) fn new(replies: impl IntoIterator<Item = Reply>) -> Self {
        let replies = Mutex::new(VecDeque::from_iter(replies));
        let times = Arc::new(Mutex::new(Vec::new()));
        let mut transport = MockTransport::new();
        let (clock, log) = (transport.clock().clone(), times.clone());
        transport.expect_send().returning(move |_| {
            log.lock().unwrap().push(clock.now());
            let reply = replies.lock().unwrap().pop_front();
            reply.unwrap_or_else(|| Reply::json(200, &User::new("u")))
        });
        Self {
            transport: Arc::new(transport),
            times,
        }
    }

    fn builder(&self) -> ClerkBuilder {
        Clerk::builder(self.transport.clone(), key())
    }

    pub(super) fn client(&self) -> Clerk {
        self.builder().build().unwrap()
    }

    pub(super) fn now(&self) -> Duration {
        self.transport.now()
    }

    pub(super) fn times(&self) -> Vec<Duration> {
        self.times.lock().unwrap().clone()
    }
}

fn status(status: u16) -> impl Fn() -> Reply {
    move || Reply::bytes(status, "")
}

fn fails(kind: TransportErrorKind) -> impl Fn() -> Reply {
    move || Reply::fail(kind, "made up")
}

/// Returns the number of requests that one call sends if every response is `reply`.
async fn attempts(reply: impl Fn() -> Reply, idempotent: bool) -> usize {
    let script = Script::new((0..9).map(|_| reply()));
    let users = script.client().users();
    let error = if idempotent {
        users.get_user("u").await.unwrap_err()
    } else {
        users.ban_user("u").await.unwrap_err()
    };
    let made = script.times().len();
    assert_eq!(error.attempts() as usize, made);
    assert_eq!(error.is_retryable(), made > 1, "{error}");
    made
}

#[tokio::test]
async fn retries_follow_the_documented_table() {
    use TransportErrorKind::{
        Body, BodyTooLarge, InvalidRequest, Io, NotSent, Other, Timeout, Tls,
    };
    for kind in [
        NotSent,
        Timeout,
        Io,
        Body,
        Tls,
        BodyTooLarge,
        InvalidRequest,
        Other,
    ] {
        let (read, write) = match kind {
            NotSent => (3, 3),
            Timeout | Io | Body => (3, 1),
            _ => (1, 1),
        };
        assert_eq!(attempts(fails(kind), true).await, read, "{kind:?}");
        assert_eq!(attempts(fails(kind), false).await, write, "{kind:?}");
    }
    for code in (200..600).filter(|code| !(200..300).contains(code)) {
        let (read, write) = match code {
            429 => (3, 3),
            408 | 500 | 502 | 503 | 504 | 520..=524 | 527 | 530 => (3, 1),
            _ => (1, 1),
        };
        assert_eq!(attempts(status(code), true).await, read, "{code}");
        assert_eq!(attempts(status(code), false).await, write, "{code}");
    }
    // A request is not retried if its response cannot be decoded.
    let script = Script::new([Reply::bytes(200, "no JSON")]);
    let error = script.client().users().get_user("u").await.unwrap_err();
    assert_eq!((error.kind(), script.times().len()), (ErrorKind::Decode, 1));
}

#[tokio::test]
async fn only_idempotent_operations_are_retried_after_a_503() {
    for info in OperationInfo::all() {
        let script = Script::new((0..9).map(|_| Reply::bytes(503, "")));
        let call = sample_call(&script.client(), info, &sampler("u", 0));
        assert!(call.send().await.is_err());
        let expected = if info.is_idempotent() { 3 } else { 1 };
        assert_eq!(script.times().len(), expected, "{}", info.operation_id());
    }
}

#[tokio::test]
async fn a_retry_that_succeeds_returns_the_response() {
    let script = Script::new([
        Reply::bytes(503, ""),
        Reply::fail(TransportErrorKind::Io, "cut"),
    ]);
    let response = script
        .client()
        .users()
        .get_user("u")
        .send_with_response()
        .await
        .unwrap();
    assert_eq!(
        (response.value().id.as_str(), response.attempts()),
        ("u", 3)
    );
    // A 404 on a retried deletion is returned unchanged. `attempts` of the error shows the retry.
    let script = Script::new([
        Reply::fail(TransportErrorKind::Io, "cut"),
        Reply::bytes(404, ""),
    ]);
    let error = script.client().users().delete_user("u").await.unwrap_err();
    assert!(error.is_not_found() && error.attempts() == 2, "{error}");
    assert!(error.to_string().ends_with(" (attempt 2)"), "{error}");
}

#[tokio::test]
async fn backoff_is_jittered_below_a_doubling_limit() {
    let policy = RetryPolicy::new()
        .max_retries(6)
        .base_delay(SECOND)
        .max_delay(SECOND * 4);
    let waits = |seed| async move {
        let script = Script::new((0..9).map(|_| Reply::bytes(503, "")));
        let clerk = script
            .builder()
            .retry(policy)
            .timeout(Duration::MAX)
            .jitter_seed(seed)
            .build()
            .unwrap();
        clerk.users().get_user("u").await.unwrap_err();
        let times = script.times();
        times
            .windows(2)
            .map(|pair| pair[1] - pair[0])
            .collect::<Vec<_>>()
    };
    let mut longest = [Duration::ZERO; 6];
    let mut shortest = [Duration::MAX; 6];
    for seed in 0..200 {
        for (at, wait) in waits(seed).await.into_iter().enumerate() {
            longest[at] = longest[at].max(wait);
            shortest[at] = shortest[at].min(wait);
        }
    }
    for (at, limit) in [1, 2, 4, 4, 4, 4].into_iter().enumerate() {
        let limit = SECOND * limit;
        assert!(
            longest[at] <= limit && longest[at] > limit * 9 / 10,
            "{at}: {:?}",
            longest[at]
        );
        assert!(shortest[at] < limit / 10, "{at}: {:?}", shortest[at]);
    }
    assert_eq!(waits(7).await, waits(7).await);
    assert_ne!(waits(7).await, waits(8).await);
}

#[tokio::test]
async fn retry_after_is_honoured_within_the_timeout() {
    let requests = |value: &'static str| move || Reply::bytes(429, "").header("retry-after", value);
    // The value of `Retry-After` can be a number of seconds.
    let script = Script::new([requests("7")()]);
    script.client().users().ban_user("u").await.unwrap();
    assert_eq!(script.times(), [Duration::ZERO, SECOND * 7]);
    // A date is relative to the `Date` of the response.
    let date =
        requests("Wed, 21 Oct 2015 07:28:09 GMT")().header("date", "Wed, 21 Oct 2015 07:28:00 GMT");
    let script = Script::new([date]);
    script.client().users().ban_user("u").await.unwrap();
    assert_eq!(script.times(), [Duration::ZERO, SECOND * 9]);
    // If the wait exceeds the time left, the 429 is returned immediately.
    for far in ["60", "3600", "99999999999999999999999"] {
        let script = Script::new([requests(far)()]);
        let error = script.client().users().ban_user("u").await.unwrap_err();
        assert!(error.is_rate_limited() && error.retry_after().unwrap() >= SECOND * 60);
        assert_eq!((script.now(), error.attempts()), (Duration::ZERO, 1));
    }
    // With `Retry-After: 0`, the client still waits at random, for at most 250 ms.
    let script = Script::new([requests("0")()]);
    script.client().users().ban_user("u").await.unwrap();
    assert!(script.now() <= Duration::from_millis(250));
}

#[tokio::test]
async fn a_slow_attempt_times_out() {
    // A write is not retried after a timeout.
    let script = Script::new([Reply::json(200, &User::new("u")).delayed_by(SECOND * 60)]);
    let error = script.client().users().ban_user("u").await.unwrap_err();
    assert!(error.is_timeout() && !error.is_not_sent(), "{error}");
    assert_eq!((script.now(), error.attempts()), (SECOND * 30, 1));
    assert_eq!(
        error.to_string(),
        "BanUser: no response in time: the attempt took longer than 30s"
    );
    // A read is retried until the call's timeout.
    let script = Script::new((0..9).map(|_| Reply::bytes(200, "").delayed_by(SECOND * 60)));
    let error = script.client().users().get_user("u").await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_eq!((script.now(), error.attempts()), (SECOND * 60, 2));
    // A response just before the timeout is accepted.
    let script = Script::new([
        Reply::json(200, &User::new("u")).delayed_by(SECOND * 30 - Duration::from_nanos(1))
    ]);
    script.client().users().ban_user("u").await.unwrap();
}

#[tokio::test]
async fn timeouts_are_set_per_client_or_per_call() {
    let late = || Script::new([Reply::json(200, &User::new("u")).delayed_by(SECOND * 100)]);
    let script = late();
    let clerk = script
        .builder()
        .attempt_timeout(SECOND * 5)
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    clerk.users().get_user("u").await.unwrap_err();
    assert_eq!(script.now(), SECOND * 5);

    let script = late();
    script
        .client()
        .users()
        .get_user("u")
        .timeout(SECOND * 2)
        .await
        .unwrap_err();
    assert_eq!(script.now(), SECOND * 2);

    let script = late();
    let unlimited = script
        .client()
        .users()
        .get_user("u")
        .timeout(Duration::MAX)
        .attempt_timeout(Duration::MAX);
    unlimited.await.unwrap();
    assert_eq!(script.now(), SECOND * 100);

    // Even with a timeout of zero, an immediate response is returned.
    let script = Script::new([]);
    script
        .client()
        .users()
        .get_user("u")
        .timeout(Duration::ZERO)
        .await
        .unwrap();

    let script = Script::new([Reply::bytes(503, "")]);
    script
        .client()
        .users()
        .get_user("u")
        .retry(RetryPolicy::none())
        .await
        .unwrap_err();
    let script = Script::new([Reply::bytes(503, "")]);
    script
        .client()
        .users()
        .ban_user("u")
        .idempotent(true)
        .await
        .unwrap();
}

#[tokio::test]
async fn timeout_during_backoff_returns_the_last_error() {
    // The wait would last until the timeout, so the error is returned immediately.
    let script = Script::new([Reply::bytes(503, "")
        .delayed_by(SECOND * 29)
        .header("retry-after", "31")]);
    let error: Error = script.client().users().get_user("u").await.unwrap_err();
    assert_eq!(
        (error.status().unwrap().as_u16(), error.attempts()),
        (503, 1)
    );
    assert_eq!(script.now(), SECOND * 29);
}

#[test]
fn extreme_settings_do_not_panic() {
    use clerk_client::transport::{Attempt, AttemptFailure};
    let failure = AttemptFailure::Transport(TransportErrorKind::NotSent);
    let policy = RetryPolicy::new()
        .max_retries(u32::MAX)
        .base_delay(Duration::MAX)
        .max_delay(Duration::MAX);
    for jitter in [0.0, 1.0, -1.0, 2.0, f64::NAN, f64::INFINITY] {
        for attempts in [0, 1, 32, 33, u32::MAX] {
            for retry_after in [None, Some(Duration::MAX)] {
                let _ = policy.decide(&Attempt {
                    failure,
                    idempotent: true,
                    attempts,
                    retry_after,
                    remaining: Duration::MAX,
                    jitter,
                });
            }
        }
    }
}

//! The keys of a verifier that gets them from Clerk: when they are fetched, and how long they are
//! used.

use std::future::Future;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

use clerk_client::auth::{AuthError, Cookies, KeyPolicy, PublishableKey, SessionClaims, Verifier};
use clerk_client::http::HeaderMap;
use clerk_client::http::header::COOKIE;
use clerk_client::mock::{MockTransport, RecordedRequest, Reply, VirtualClock};
use clerk_client::transport::{
    HttpRequest, HttpResponse, HttpTransport, TransportError, TransportErrorKind, async_trait,
};
use clerk_client::{Clerk, RetryPolicy, Timestamp};
use futures_util::future::{Either, join, join_all, select};
use futures_util::{FutureExt, poll};
use serde_json::{Value, json};

use super::signer::Signer;
use super::{NOW, Stalling, claims_with, reason};
use crate::support::key;

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);

/// An instance of Clerk in virtual time. A test sets its response to `GET /v1/jwks`.
struct Instance {
    transport: Arc<MockTransport>,
    reply: Arc<Mutex<Box<dyn FnMut() -> Reply + Send>>>,
    requests: Arc<Mutex<Vec<RecordedRequest>>>,
}

fn key_set(keys: &[&Signer]) -> Reply {
    let keys: Vec<Value> = keys.iter().map(|key| key.jwk()).collect();
    Reply::json(200, &json!({ "keys": keys }))
}

impl Instance {
    /// Creates an instance that returns the first key after a second.
    fn new() -> Self {
        let first = || key_set(&[&Signer::first()]).delayed_by(SECOND);
        let reply: Arc<Mutex<Box<dyn FnMut() -> Reply + Send>>> =
            Arc::new(Mutex::new(Box::new(first)));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let mut transport = MockTransport::new();
        let (replies, log) = (Arc::clone(&reply), Arc::clone(&requests));
        transport.expect_send().returning(move |request| {
            log.lock().unwrap().push(request);
            let mut reply = replies.lock().unwrap();
            reply()
        });
        let transport = Arc::new(transport);
        Self {
            transport,
            reply,
            requests,
        }
    }

    fn replies(&self, reply: impl FnMut() -> Reply + Send + 'static) {
        *self.reply.lock().unwrap() = Box::new(reply);
    }

    fn clerk(&self) -> Clerk {
        let clerk = Clerk::builder(Arc::clone(&self.transport), key());
        clerk.retry(RetryPolicy::none()).build().unwrap()
    }

    fn verifier(&self) -> Verifier {
        Verifier::new(&self.clerk()).unwrap()
    }

    /// Returns a verifier, and the switch that stops the runtime of its transport.
    fn stalling(&self) -> (Verifier, Arc<AtomicBool>) {
        let (transport, stands_still) = Stalling::new(&self.transport);
        let clerk = Clerk::builder(transport, key()).retry(RetryPolicy::none());
        let verifier = Verifier::new(&clerk.build().unwrap()).unwrap();
        (verifier, stands_still)
    }

    fn clock(&self) -> &VirtualClock {
        self.transport.clock()
    }

    fn count(&self) -> usize {
        self.requests.lock().unwrap().len()
    }
}

/// Returns a token that is valid for a day.
fn token(signer: &Signer) -> String {
    signer.token(&claims_with(json!({ "exp": NOW + 86_400 })))
}

async fn is_ok(verifier: &Verifier, token: &str) -> bool {
    verifier.verify(token).await.is_ok()
}

#[tokio::test]
async fn a_thousand_requests_at_once_cost_one_fetch() {
    let instance = Instance::new();
    let verifier = instance.verifier();
    let token = token(&Signer::first());
    let verified = join_all((0..1_000).map(|_| verifier.verify(&token))).await;
    assert!(verified.iter().all(Result::is_ok));
    assert_eq!(instance.count(), 1);
    assert_eq!(instance.clock().now(), SECOND);
    assert!(is_ok(&verifier.clone(), &token).await);
    assert_eq!(instance.count(), 1);
}

#[tokio::test]
async fn the_request_that_starts_a_fetch_may_give_up() {
    let instance = Instance::new();
    let verifier = instance.verifier();
    let token = token(&Signer::first());
    let mut first = Box::pin(verifier.verify(&token));
    let mut second = pin!(verifier.verify(&token));
    assert!(poll!(first.as_mut()).is_pending());
    assert!(poll!(second.as_mut()).is_pending());
    drop(first);
    assert!(second.await.is_ok());
    assert_eq!(instance.count(), 1);
}

/// A fetch uses the sockets and timers of the runtime on which it started. If this runtime stands
/// still, requests on other runtimes start another fetch.
#[tokio::test]
async fn a_fetch_of_a_runtime_that_stands_still_is_replaced() {
    for is_dropped in [true, false] {
        let instance = Instance::new();
        let (verifier, stands_still) = instance.stalling();
        let token = token(&Signer::first());
        stands_still.store(true, Ordering::SeqCst);
        let mut first = Box::pin(verifier.verify(&token));
        assert!(poll!(first.as_mut()).is_pending());
        stands_still.store(false, Ordering::SeqCst);
        let mut others = Box::pin(join(verifier.verify(&token), verifier.verify(&token)));
        assert!(poll!(others.as_mut()).is_pending());
        let first = (!is_dropped).then_some(first);
        let limit = Box::pin(instance.clock().sleep(MINUTE));
        let Either::Left(((second, third), _)) = select(others, limit).await else {
            panic!("the requests wait for a runtime that stands still");
        };
        assert!(second.is_ok() && third.is_ok());
        let found = (instance.count(), instance.clock().now());
        assert_eq!(found, (1, SECOND * 17), "{is_dropped}");
        drop(first);
    }
}

/// A busy runtime may poll a request late. The request then uses the keys of a fetch that has ended
/// in the meantime, and does not wait until the next fetch may start.
#[tokio::test]
async fn a_request_that_learns_late_of_an_overdue_fetch_starts_no_other_fetch() {
    let instance = Instance::new();
    let (verifier, stands_still) = instance.stalling();
    let token = token(&Signer::first());
    stands_still.store(true, Ordering::SeqCst);
    let mut first = Box::pin(verifier.verify(&token));
    assert!(poll!(first.as_mut()).is_pending());
    stands_still.store(false, Ordering::SeqCst);
    let mut late = Box::pin(verifier.verify(&token));
    assert!(poll!(late.as_mut()).is_pending());
    assert!(is_ok(&verifier, &token).await);
    assert!(late.await.is_ok());
    assert_eq!((instance.count(), instance.clock().now()), (1, SECOND * 17));
}

/// The fetch of a runtime that stood still may fail after another fetch has replaced it.
#[tokio::test]
async fn a_request_whose_fetch_was_replaced_uses_the_keys_of_the_other_fetch() {
    let instance = Instance::new();
    let (verifier, stands_still) = instance.stalling();
    let token = token(&Signer::first());
    let timers_stand_still = Arc::clone(&stands_still);
    instance.replies(move || {
        timers_stand_still.store(true, Ordering::SeqCst);
        let reply = Reply::fail(TransportErrorKind::NotSent, "connection refused");
        reply.delayed_by(SECOND * 20)
    });
    let mut first = Box::pin(verifier.verify(&token));
    assert!(poll!(first.as_mut()).is_pending());
    stands_still.store(false, Ordering::SeqCst);
    instance.replies(|| key_set(&[&Signer::first()]));
    assert!(is_ok(&verifier, &token).await);
    assert_eq!(instance.clock().now(), SECOND * 16);
    assert!(first.await.is_ok());
    assert_eq!((instance.count(), instance.clock().now()), (2, SECOND * 20));
}

#[tokio::test]
async fn a_runtime_that_stands_still_does_not_keep_old_keys_in_use() {
    let instance = Instance::new();
    let (verifier, stands_still) = instance.stalling();
    let old = token(&Signer::first());
    assert!(is_ok(&verifier, &old).await);
    instance.replies(|| key_set(&[&Signer::second()]));
    instance.clock().sleep(MINUTE * 5).await;
    stands_still.store(true, Ordering::SeqCst);
    let mut first = Box::pin(verifier.verify(&old));
    assert!(poll!(first.as_mut()).is_pending());
    stands_still.store(false, Ordering::SeqCst);
    assert!(is_ok(&verifier, &old).await);
    instance.clock().sleep(SECOND * 16).await;
    assert!(!is_ok(&verifier, &old).await);
}

/// If the fetch outlived the last request that waits for it, nothing would poll its timer. Virtual
/// time would then not advance.
#[tokio::test]
async fn a_fetch_is_dropped_with_the_last_that_waits() {
    let instance = Instance::new();
    let verifier = instance.verifier();
    let token = token(&Signer::first());
    for _ in 0..3 {
        let mut waiting = Box::pin(verifier.verify(&token));
        assert!(poll!(waiting.as_mut()).is_pending());
    }
    let start = instance.clock().now();
    instance.clock().sleep(MINUTE).await;
    assert_eq!(instance.clock().now(), start + MINUTE);
    assert!(is_ok(&verifier, &token).await);
    assert_eq!(instance.count(), 2);
}

/// Clients that hang up cause no more fetches than clients that wait. Other clients are still
/// accepted.
#[tokio::test]
async fn at_the_start_clients_that_hang_up_cause_one_fetch_in_ten_seconds() {
    let instance = Instance::new();
    let verifier = instance.verifier();
    let token = token(&Signer::first());
    for _ in 0..100 {
        assert!(verifier.verify(&token).now_or_never().is_none());
    }
    assert_eq!(instance.count(), 1);
    // A request that waits gets the keys of the next fetch.
    let verified = join_all((0..100).map(|_| verifier.verify(&token))).await;
    assert!(verified.iter().all(Result::is_ok));
    assert_eq!(instance.count(), 2);
    assert_eq!(instance.clock().now(), SECOND * 11);
}

/// `refresh` fetches the keys immediately, even while a request waits until the next fetch is
/// allowed.
#[tokio::test]
async fn refresh_fetches_now_while_requests_wait() {
    let instance = Instance::new();
    let verifier = instance.verifier();
    let token = token(&Signer::first());
    assert!(verifier.verify(&token).now_or_never().is_none());
    let mut waiting = Box::pin(verifier.verify(&token));
    assert!(poll!(waiting.as_mut()).is_pending());
    verifier.refresh().await.unwrap();
    assert_eq!(instance.clock().now(), SECOND);
    assert!(waiting.await.is_ok());
    // The request that waited uses the keys of `refresh`.
    assert_eq!(instance.count(), 2);
    assert_eq!(instance.clock().now(), SECOND);
}

/// The timers of the transport never fire, so only `refresh` can wake the request that waits.
#[tokio::test]
async fn refresh_wakes_the_requests_that_wait_for_the_next_fetch() {
    let instance = Instance::new();
    let transport = WithoutTimers(Arc::clone(&instance.transport));
    let clerk = Clerk::builder(transport, key()).retry(RetryPolicy::none());
    let verifier = Verifier::builder(&clerk.build().unwrap()).build().unwrap();
    let token = token(&Signer::first());
    let verify = || verifier.verify_at(&token, Timestamp::from_millis(NOW * 1_000));
    assert!(verify().now_or_never().is_none());
    instance.replies(|| key_set(&[&Signer::first()]));
    let mut waiting = Box::pin(verify());
    assert!(poll!(waiting.as_mut()).is_pending());
    let (refreshed, verified) = join(verifier.refresh(), waiting).now_or_never().unwrap();
    assert!(refreshed.is_ok() && verified.is_ok());
}

/// A transport whose timers never fire.
#[derive(Debug)]
struct WithoutTimers(Arc<MockTransport>);

#[async_trait]
impl HttpTransport for WithoutTimers {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        self.0.send(request).await
    }

    async fn sleep(&self, _: Duration) {
        std::future::pending().await
    }

    fn now(&self) -> Duration {
        self.0.now()
    }
}

/// A fetch of `refresh` may last longer than the pause between two fetches.
#[tokio::test]
async fn no_fetch_starts_while_a_slow_refresh_is_running() {
    let instance = Instance::new();
    instance.replies(|| key_set(&[&Signer::first()]).delayed_by(SECOND * 4));
    let policy = KeyPolicy::new().at_most_every(SECOND);
    let verifier = Verifier::builder(&instance.clerk()).keys(policy);
    let verifier = verifier.build().unwrap();
    let token = token(&Signer::first());
    assert!(verifier.verify(&token).now_or_never().is_none());
    let mut waiting = Box::pin(verifier.verify(&token));
    assert!(poll!(waiting.as_mut()).is_pending());
    let (refreshed, verified) = join(verifier.refresh(), waiting).await;
    assert!(refreshed.is_ok() && verified.is_ok());
    assert_eq!(instance.count(), 2);
    assert_eq!(instance.clock().now(), SECOND * 4);
}

/// Revoked keys are replaced even if a client hangs up during each fetch.
#[tokio::test]
async fn clients_that_hang_up_do_not_keep_old_keys_in_use() {
    let instance = Instance::new();
    let verifier = instance.verifier();
    let old = token(&Signer::first());
    assert!(is_ok(&verifier, &old).await);
    instance.replies(|| key_set(&[&Signer::second()]).delayed_by(SECOND));
    instance.clock().sleep(MINUTE * 5).await;
    let start = instance.clock().now();
    let mut refused_after = None;
    while refused_after.is_none() && instance.clock().now() < start + MINUTE * 10 {
        // The client that hangs up is always the first to need a fetch.
        let _ = verifier.verify(&old).now_or_never();
        if !is_ok(&verifier, &old).await {
            refused_after = Some(instance.clock().now() - start);
        }
        instance.clock().sleep(SECOND).await;
    }
    let refused_after = refused_after.expect("the old key is still in use after ten minutes");
    assert!(refused_after < SECOND * 30, "{refused_after:?}");
    assert!(instance.count() <= 4, "{}", instance.count());
}

/// A new key is fetched although clients with forged tokens hang up.
#[tokio::test]
async fn clients_that_hang_up_do_not_hide_a_new_key() {
    let instance = Instance::new();
    let verifier = instance.verifier();
    assert!(is_ok(&verifier, &token(&Signer::first())).await);
    instance.clock().sleep(SECOND * 10).await;
    instance.replies(|| key_set(&[&Signer::second()]).delayed_by(SECOND));
    let forged = token(&Signer::second().named("ins_9"));
    let start = instance.clock().now();
    assert!(verifier.verify(&forged).now_or_never().is_none());
    assert!(is_ok(&verifier, &token(&Signer::second())).await);
    assert_eq!(instance.clock().now() - start, SECOND * 11);
    assert_eq!(instance.count(), 3);
}

/// The age of the keys counts from the fetch, not from the last use.
#[tokio::test]
async fn keys_are_fetched_again_after_five_minutes_of_steady_use() {
    let instance = Instance::new();
    instance.replies(|| key_set(&[&Signer::first()]));
    let verifier = instance.verifier();
    let token = token(&Signer::first());
    for _ in 0..(20 * 60) {
        assert!(is_ok(&verifier, &token).await);
        instance.clock().sleep(SECOND).await;
    }
    assert_eq!(instance.count(), 4);
}

#[tokio::test]
async fn one_of_the_requests_that_find_old_keys_waits() {
    let instance = Instance::new();
    // Without a pause between fetches, only a running fetch prevents a second fetch.
    let policy = KeyPolicy::new().at_most_every(Duration::ZERO);
    let verifier = Verifier::builder(&instance.clerk()).keys(policy);
    let verifier = verifier.build().unwrap();
    let token = token(&Signer::first());
    assert!(is_ok(&verifier, &token).await);
    instance.clock().sleep(MINUTE * 5).await;
    let mut waits = Vec::new();
    let mut pending = Vec::new();
    for _ in 0..100 {
        let mut verified = Box::pin(verifier.verify(&token));
        match poll!(verified.as_mut()) {
            Poll::Ready(result) => waits.push(result.is_ok()),
            Poll::Pending => pending.push(verified),
        }
    }
    assert_eq!((waits.len(), pending.len()), (99, 1));
    assert!(waits.into_iter().all(|is_ok| is_ok));
    assert!(join_all(pending).await.iter().all(Result::is_ok));
    assert_eq!(instance.count(), 2);
}

#[tokio::test]
async fn keys_outlive_an_outage_by_an_hour() {
    let instance = Instance::new();
    let verifier = instance.verifier();
    let token = token(&Signer::first());
    assert!(is_ok(&verifier, &token).await);
    let fetched_at = instance.clock().now();
    instance.replies(|| Reply::fail(TransportErrorKind::NotSent, "connection refused"));
    while instance.clock().now() - fetched_at < MINUTE * 65 {
        assert!(
            is_ok(&verifier, &token).await,
            "{:?}",
            instance.clock().now()
        );
        instance.clock().sleep(MINUTE).await;
    }
    instance.clock().sleep(MINUTE).await;
    let error = verifier.verify(&token).await.unwrap_err();
    assert_eq!(error.reason().as_str(), "jwk-remote-failed-to-load");
    assert_eq!(error.status(), 503);
    assert_eq!(error.retry_after(), Some(SECOND * 10));
    assert_eq!(error.www_authenticate(), None);
    assert!(error.to_string().contains("connection refused"), "{error}");

    // The verifier remembers the failure, so that later requests do not wait for a timeout.
    let count = instance.count();
    for _ in 0..100 {
        assert!(!is_ok(&verifier, &token).await);
    }
    assert_eq!(instance.count(), count);
    instance.replies(|| key_set(&[&Signer::first()]));
    assert!(!is_ok(&verifier, &token).await);
    instance.clock().sleep(SECOND * 10).await;
    assert!(is_ok(&verifier, &token).await);
}

/// During an outage, it is unknown whether a token has a new key or is forged.
#[tokio::test]
async fn a_token_of_a_new_key_leads_to_a_503_during_an_outage() {
    for kid in ["ins_2", "ins_1"] {
        let instance = Instance::new();
        let verifier = instance.verifier();
        let old = token(&Signer::first());
        assert!(is_ok(&verifier, &old).await);
        instance.replies(|| Reply::fail(TransportErrorKind::NotSent, "connection refused"));
        let rotated = move || Signer::second().named(kid);
        let new = token(&rotated());
        instance.clock().sleep(SECOND * 10).await;
        for fetches in [2, 2] {
            let error = verifier.verify(&new).await.unwrap_err();
            assert_eq!((error.status().as_u16(), instance.count()), (503, fetches));
            assert_eq!(error.retry_after(), Some(SECOND * 10), "{kid}");
            assert!(error.to_string().contains("connection refused"), "{error}");
            assert!(is_ok(&verifier, &old).await, "{kid}");
        }
        instance.replies(move || key_set(&[&rotated()]));
        instance.clock().sleep(SECOND * 10).await;
        assert!(is_ok(&verifier, &new).await, "{kid}");
    }
}

#[tokio::test]
async fn a_cookie_of_another_instance_causes_no_fetch() {
    let instance = Instance::new();
    let verifier = Verifier::builder(&instance.clerk()).any_party();
    let verifier = verifier.cookies(Cookies::any()).build().unwrap();
    let request = |cookies: [String; 2]| {
        let mut headers = HeaderMap::new();
        let cookies = cookies.join("; ") + "; __client_uat=1; __client_uat_other=1";
        headers.insert(COOKIE, cookies.parse().unwrap());
        headers
    };
    let foreign = |name| format!("{name}={}", token(&Signer::second()));
    let own = format!("__session={}", token(&Signer::first()));
    let both = request([foreign("__session_other"), own]);
    for _ in 0..20 {
        assert!(verifier.authenticate(&both).await.is_ok());
        instance.clock().sleep(SECOND * 10).await;
    }
    assert_eq!(instance.count(), 1);

    // If neither token is valid, one of them may be signed with a new key, so the keys are fetched.
    let neither = request([foreign("__session_other"), foreign("__session")]);
    let refused = verifier.authenticate(&neither).await;
    assert_eq!(
        (reason(&refused), instance.count()),
        ("jwk-kid-mismatch", 2)
    );
}

#[tokio::test]
async fn a_silent_clerk_costs_one_timeout() {
    let instance = Instance::new();
    instance.replies(|| key_set(&[&Signer::first()]).delayed_by(MINUTE * 60));
    let verifier = instance.verifier();
    let token = token(&Signer::first());
    let errors = join_all((0..50).map(|_| verifier.verify(&token))).await;
    assert_eq!(instance.clock().now(), SECOND * 5);
    for error in errors {
        assert_eq!(reason(&error), "jwk-remote-failed-to-load");
    }
    assert_eq!(instance.count(), 1);
}

#[tokio::test]
async fn a_new_key_is_found_at_once() {
    for kid in ["ins_2", "ins_1"] {
        let instance = Instance::new();
        let verifier = instance.verifier();
        let old = token(&Signer::first());
        assert!(is_ok(&verifier, &old).await);
        instance.clock().sleep(SECOND * 10).await;
        let rotated = move || Signer::second().named(kid);
        instance.replies(move || key_set(&[&rotated()]));
        let new = token(&rotated());
        let (first, second) = join(verifier.verify(&new), verifier.verify(&new)).await;
        assert!(first.is_ok() && second.is_ok(), "{kid}");
        assert_eq!(instance.count(), 2, "{kid}");
        // The verifier had remembered the old token. It forgets the token together with the key.
        let refused = verifier.verify(&old).await;
        let expected = match kid {
            "ins_1" => "token-invalid-signature",
            _ => "jwk-kid-mismatch",
        };
        assert_eq!(reason(&refused), expected, "{kid}");
        assert!(is_ok(&verifier, &new).await, "{kid}");
    }
}

#[tokio::test]
async fn forged_tokens_cause_one_fetch_in_ten_seconds() {
    let instance = Instance::new();
    instance.replies(|| key_set(&[&Signer::first()]));
    let verifier = instance.verifier();
    let good = token(&Signer::first());
    let forged = [
        token(&Signer::second()),
        token(&Signer::second().named("ins_1")),
    ];
    for n in 0..(60 * 200) {
        assert!(!is_ok(&verifier, &forged[n % 2]).await);
        if n % 100 == 0 {
            assert!(is_ok(&verifier, &good).await);
        }
        instance.clock().sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(instance.count(), 6);
}

/// Clients that hang up cause no more fetches than clients that wait.
#[tokio::test]
async fn forged_tokens_of_clients_that_hang_up_cause_one_fetch_in_ten_seconds() {
    let instance = Instance::new();
    let verifier = instance.verifier();
    let good = token(&Signer::first());
    assert!(is_ok(&verifier, &good).await);
    instance.clock().sleep(SECOND * 10).await;
    let forged = token(&Signer::second());
    for _ in 0..100 {
        let _ = verifier.verify(&forged).now_or_never();
    }
    assert_eq!(instance.count(), 2);
    assert!(is_ok(&verifier, &good).await);
}

#[tokio::test]
async fn a_response_that_is_not_a_key_set_refuses_every_token() {
    let token = token(&Signer::first());
    for (reply, expected) in [
        (
            || Reply::bytes(200, "<html>hello</html>"),
            "jwk-remote-invalid",
        ),
        (|| Reply::bytes(200, "[]"), "jwk-remote-invalid"),
        (|| Reply::bytes(200, ""), "jwk-remote-invalid"),
        (|| Reply::json(200, &json!({})), "jwk-remote-missing"),
        (
            || Reply::json(200, &json!({ "keys": [] })),
            "jwk-remote-missing",
        ),
        (|| Reply::bytes(500, "oops"), "jwk-remote-failed-to-load"),
        (|| Reply::bytes(302, ""), "jwk-remote-failed-to-load"),
        (|| Reply::bytes(401, "{}"), "secret-key-invalid"),
    ] as [(fn() -> Reply, &str); 8]
    {
        let instance = Instance::new();
        instance.replies(reply);
        let error = instance.verifier().verify(&token).await.unwrap_err();
        assert_eq!(error.reason().as_str(), expected);
        assert_eq!(error.status(), 503, "{expected}");
        assert!(error.retry_after().is_some());
    }
}

#[tokio::test]
async fn clerk_may_ask_for_a_longer_pause() {
    let instance = Instance::new();
    instance.replies(|| Reply::bytes(429, "{}").header("retry-after", "30"));
    let verifier = instance.verifier();
    let token = token(&Signer::first());
    let error = verifier.verify(&token).await.unwrap_err();
    assert_eq!(
        (error.status().as_u16(), error.retry_after()),
        (503, Some(SECOND * 30))
    );
    instance.replies(|| key_set(&[&Signer::first()]));
    instance.clock().sleep(SECOND * 29).await;
    assert!(!is_ok(&verifier, &token).await);
    instance.clock().sleep(SECOND).await;
    assert!(is_ok(&verifier, &token).await);
}

#[tokio::test]
async fn the_policy_is_settable_and_refresh_fetches_now() {
    let instance = Instance::new();
    instance.replies(|| key_set(&[&Signer::first()]));
    let policy = KeyPolicy::new()
        .fresh_for(MINUTE)
        .stale_for(MINUTE)
        .at_most_every(SECOND);
    let verifier = Verifier::builder(&instance.clerk())
        .keys(policy)
        .build()
        .unwrap();
    verifier.refresh().await.unwrap();
    verifier.refresh().await.unwrap();
    assert_eq!(instance.count(), 2);
    let token = token(&Signer::first());
    instance.clock().sleep(SECOND * 59).await;
    assert!(is_ok(&verifier, &token).await);
    assert_eq!(instance.count(), 2);
    instance.replies(|| Reply::bytes(500, ""));
    instance.clock().sleep(SECOND * 60).await;
    assert!(is_ok(&verifier, &token).await);
    assert_eq!(instance.count(), 3);
    instance.clock().sleep(SECOND * 2).await;
    assert!(!is_ok(&verifier, &token).await);
    assert_eq!(verifier.refresh().await.unwrap_err().status(), 503);
}

/// A wrong clock is the most frequent reason for tokens that seem expired or not yet valid.
#[tokio::test]
async fn a_wrong_clock_is_named() {
    let instance = Instance::new();
    // The virtual clock starts at 00:00:00, a minute before the time in the header.
    instance
        .replies(|| key_set(&[&Signer::first()]).header("date", "Thu, 01 Jan 2026 00:01:00 GMT"));
    let verifier = instance.verifier();
    let late = Signer::first().token(&claims_with(json!({ "iat": NOW + 60, "nbf": NOW + 50 })));
    let error = verifier.verify(&late).await.unwrap_err().to_string();
    assert_eq!(
        error,
        "token-not-active-yet: the token becomes valid in 50 s; the clock of this machine is 60 s behind Clerk's"
    );
}

#[tokio::test]
async fn keys_of_the_frontend_api_need_no_secret_key() {
    let instance = Instance::new();
    let key = PublishableKey::new("pk_test_Y2xlcmsuZXhhbXBsZS5jb20k").unwrap();
    let verifier = Verifier::from_publishable_key(Arc::clone(&instance.transport), &key);
    let verifier = verifier.build().unwrap();
    let good = token(&Signer::first());
    let verified = join_all((0..100).map(|_| verifier.verify(&good))).await;
    assert!(verified.iter().all(Result::is_ok));
    let other = claims_with(json!({ "iss": "https://clerk.evil.example" }));
    let refused = verifier.verify(&Signer::first().token(&other)).await;
    assert_eq!(reason(&refused), "token-invalid-issuer");
    let requests = instance.requests.lock().unwrap();
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].path(), "/.well-known/jwks.json");
    assert_eq!(requests[0].header("authorization"), None);
}

/// A fetch is retried after a lost response and after a 503. Without any response, the fetch fails
/// after three attempts of 5 seconds.
#[tokio::test]
async fn the_frontend_api_is_asked_three_times() {
    let instance = Instance::new();
    let mut attempts = 0;
    instance.replies(move || {
        attempts += 1;
        match attempts {
            1 => Reply::fail(TransportErrorKind::Io, "reset"),
            2 => Reply::bytes(503, ""),
            _ => key_set(&[&Signer::first()]),
        }
    });
    let key = PublishableKey::new("pk_test_Y2xlcmsuZXhhbXBsZS5jb20k").unwrap();
    let build = || Verifier::from_publishable_key(Arc::clone(&instance.transport), &key).build();
    assert!(is_ok(&build().unwrap(), &token(&Signer::first())).await);
    assert_eq!(instance.count(), 3);
    instance.replies(|| Reply::bytes(200, "").delayed_by(MINUTE * 60));
    let refused = build().unwrap().verify(&token(&Signer::first())).await;
    assert_eq!(reason(&refused), "jwk-remote-failed-to-load");
    assert_eq!((instance.count(), instance.clock().now()), (6, SECOND * 15));
}

#[tokio::test]
async fn an_error_of_the_frontend_api_names_its_cause() {
    let instance = Instance::new();
    instance.replies(|| Reply::fail(TransportErrorKind::Tls, "the certificate\nhas expired"));
    let key = PublishableKey::new("pk_test_Y2xlcmsuZXhhbXBsZS5jb20k").unwrap();
    let verifier = Verifier::from_publishable_key(Arc::clone(&instance.transport), &key);
    let verifier = verifier.build().unwrap();
    let error = verifier.verify(&token(&Signer::first())).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "jwk-remote-failed-to-load: the keys could not be fetched: the TLS handshake failed: the certificate has expired"
    );
}

#[tokio::test]
async fn a_key_set_that_takes_too_much_memory_is_invalid() {
    let instance = Instance::new();
    let keys = format!(r#"{{"keys":[{}{{}}]}}"#, "{},".repeat(200_000));
    instance.replies(move || Reply::bytes(200, keys.clone()));
    let key = PublishableKey::new("pk_test_Y2xlcmsuZXhhbXBsZS5jb20k").unwrap();
    let frontend = Verifier::from_publishable_key(Arc::clone(&instance.transport), &key);
    for verifier in [instance.verifier(), frontend.build().unwrap()] {
        let refused = verifier.verify(&token(&Signer::first())).await;
        assert_eq!(reason(&refused), "jwk-remote-invalid");
    }
}

/// The Frontend API may ask for a longer pause with `Retry-After`. A pause takes at least 10
/// seconds, and at most 5 minutes or `stale_for`, whichever is shorter.
#[tokio::test]
async fn the_frontend_api_may_ask_for_a_longer_pause() {
    let key = PublishableKey::new("pk_test_Y2xlcmsuZXhhbXBsZS5jb20k").unwrap();
    for (status, asked, stale_for, waits) in [
        (429, "30", 3_600, 30),
        (503, "30", 3_600, 30),
        (429, "3", 3_600, 10),
        (429, "7200", 3_600, 300),
        (429, "7200", 60, 60),
        (429, "soon", 3_600, 10),
    ] {
        let instance = Instance::new();
        instance.replies(move || Reply::bytes(status, "{}").header("retry-after", asked));
        let policy = KeyPolicy::new().stale_for(SECOND * stale_for);
        let verifier = Verifier::from_publishable_key(Arc::clone(&instance.transport), &key);
        let verifier = verifier.keys(policy).build().unwrap();
        let token = token(&Signer::first());
        let error = verifier.verify(&token).await.unwrap_err();
        let case = format!("{status}, {asked}, {stale_for}");
        assert_eq!(
            error.reason().as_str(),
            "jwk-remote-failed-to-load",
            "{case}"
        );
        assert_eq!(error.retry_after(), Some(SECOND * waits), "{case}");
        assert_eq!(instance.count(), 1, "{case}");
        instance.replies(|| key_set(&[&Signer::first()]));
        instance.clock().sleep(SECOND * waits - SECOND).await;
        assert!(!is_ok(&verifier, &token).await, "{case}");
        assert_eq!(instance.count(), 1, "{case}");
        instance.clock().sleep(SECOND).await;
        assert!(is_ok(&verifier, &token).await, "{case}");
    }
}

/// Keys change and requests are dropped while threads verify tokens. No request hangs, and only the
/// expected results occur.
#[test]
fn rotations_and_drops_on_several_threads_lose_no_wake() {
    let signers: [fn() -> Signer; 2] = [Signer::first, Signer::second];
    let current = Arc::new(Mutex::new(0_usize));
    let instance = Instance::new();
    let which = Arc::clone(&current);
    instance.replies(move || key_set(&[&signers[*which.lock().unwrap()]().named("ins_1")]));
    let policy = KeyPolicy::new().at_most_every(Duration::ZERO);
    let verifier = Verifier::builder(&instance.clerk())
        .keys(policy)
        .build()
        .unwrap();
    let tokens = [0, 1].map(|n| token(&signers[n]().named("ins_1")));
    let forged = token(&Signer::second().named("ins_9"));
    let work = |seed: u64| {
        let (verifier, tokens, forged) = (verifier.clone(), &tokens, &forged);
        let current = Arc::clone(&current);
        move || {
            let mut random = fastrand::Rng::with_seed(seed);
            for _ in 0..200 {
                match random.u32(..10) {
                    0 => *current.lock().unwrap() = random.usize(..2),
                    1 | 2 => drop(verifier.verify(forged).now_or_never()),
                    3 => assert!(block_on(verifier.verify(forged)).is_err()),
                    n => {
                        let result = block_on(verifier.verify(&tokens[n as usize % 2]));
                        let accepted = ["accepted", "token-invalid-signature"];
                        assert!(accepted.contains(&reason(&result)), "{}", reason(&result));
                    }
                }
            }
        }
    };
    std::thread::scope(|scope| {
        for seed in 0..4 {
            scope.spawn(work(seed));
        }
    });
}

fn block_on(
    future: impl Future<Output = Result<SessionClaims, AuthError>>,
) -> Result<SessionClaims, AuthError> {
    smol::block_on(future)
}

#[tokio::test]
async fn verifiers_print_no_token_and_no_key() {
    let instance = Instance::new();
    let verifier = instance.verifier();
    let good = token(&Signer::first());
    let claims = verifier.verify(&good).await.unwrap();
    let forged = token(&Signer::second());
    let error = verifier.verify(&forged).await.unwrap_err();
    let printed = format!("{verifier:?} {verifier:#?} {claims:?} {error:?} {error}");
    for secret in [
        &good,
        &forged,
        &crate::support::KEY["sk_test_".len()..].to_owned(),
    ] {
        for part in secret.split('.') {
            assert!(!printed.contains(part), "{printed}");
        }
    }
    assert!(instance.transport.time_of_day().is_some());
}

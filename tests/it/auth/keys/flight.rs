//! Requests that wait for one fetch of the keys.

use std::future::Future;
use std::pin::pin;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use clerk_client::auth::{AuthError, KeyPolicy, SessionClaims, Verifier};
use clerk_client::mock::{MockTransport, Reply};
use clerk_client::transport::{
    HttpRequest, HttpResponse, HttpTransport, TransportError, TransportErrorKind, async_trait,
};
use clerk_client::{Clerk, RetryPolicy, Timestamp};
use futures_util::future::{Either, join, join_all, select};
use futures_util::{FutureExt, poll};

use super::{Instance, MINUTE, SECOND, is_ok, key_set, token};
use crate::auth::signer::Signer;
use crate::auth::{NOW, reason};
use crate::support::key;

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
async fn a_fetch_is_dropped_with_the_last_request_that_waits_for_it() {
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

/// Keys change and requests are dropped while threads verify tokens. No request hangs, and only the
/// expected results occur.
#[test]
fn no_request_hangs_while_keys_rotate_and_other_requests_are_dropped() {
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

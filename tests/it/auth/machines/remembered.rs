//! The number of requests that verify opaque tokens, and the cache of the results.

use std::sync::atomic::Ordering;

use clerk_client::auth::Verifier;
use clerk_client::mock::Reply;
use clerk_client::{Clerk, RetryPolicy};
use futures_util::future::{Either, join_all, select};
use futures_util::{FutureExt, poll};
use serde_json::json;

use super::super::Stalling;
use super::{Instance, SECOND, TOKENS, all, answer, name_of, verify};
use crate::support::key;

/// Without `remember_machine_tokens`, each use of a token sends a request. Concurrent uses share a
/// request.
#[tokio::test]
async fn a_token_costs_one_request_for_each_use() {
    let instance = Instance::new(|| Reply::json(200, &answer(TOKENS[0])).delayed_by(SECOND));
    let verifier = instance.verifier();
    let verified = join_all((0..100).map(|_| verify(&verifier, TOKENS[0]))).await;
    assert!(verified.iter().all(Result::is_ok));
    assert_eq!((instance.count(), instance.clock().now()), (1, SECOND));
    for _ in 0..3 {
        assert!(verify(&verifier, TOKENS[0]).await.is_ok());
    }
    assert_eq!(instance.count(), 4);
    let others = (0..100).map(|n| format!("ak_{n:08}")).collect::<Vec<_>>();
    join_all(others.iter().map(|token| verify(&verifier, token))).await;
    assert_eq!(instance.count(), 104);
}

/// A request uses the sockets and timers of the runtime on which it started. If this runtime stands
/// still, uses of the token on other runtimes send another request.
#[tokio::test]
async fn a_request_of_a_runtime_that_stands_still_is_replaced() {
    let instance = Instance::new(|| Reply::json(200, &answer(TOKENS[0])));
    let (transport, stands_still) = Stalling::new(&instance.transport);
    let clerk = Clerk::builder(transport, key()).retry(RetryPolicy::none());
    let verifier = Verifier::builder(&clerk.build().unwrap()).accept(all());
    let verifier = verifier.build().unwrap();
    stands_still.store(true, Ordering::SeqCst);
    let mut first = Box::pin(verify(&verifier, TOKENS[0]));
    assert!(poll!(first.as_mut()).is_pending());
    stands_still.store(false, Ordering::SeqCst);
    let second = Box::pin(verify(&verifier, TOKENS[0]));
    let limit = Box::pin(instance.clock().sleep(SECOND * 59));
    let Either::Left((second, _)) = select(second, limit).await else {
        panic!("the request waits for a runtime that stands still");
    };
    assert!(second.is_ok());
    assert_eq!((instance.count(), instance.clock().now()), (1, SECOND * 16));
}

#[tokio::test]
async fn a_thousand_uses_of_a_remembered_token_cost_one_request() {
    for (reply, expected) in [
        (|| Reply::json(200, &answer(TOKENS[0])), "accepted"),
        (|| Reply::bytes(404, "{}"), "token-invalid"),
        (
            || Reply::json(200, &json!({ "active": false })),
            "token-invalid",
        ),
    ] as [(fn() -> Reply, &str); 3]
    {
        let instance = Instance::new(reply);
        let builder = instance.builder().remember_machine_tokens(SECOND * 30);
        let verifier = builder.build().unwrap();
        for _ in 0..1_000 {
            assert_eq!(name_of(&verify(&verifier, TOKENS[0]).await), expected);
        }
        assert_eq!(instance.count(), 1);
        instance.clock().sleep(SECOND * 29).await;
        assert_eq!(
            name_of(&verify(&verifier.clone(), TOKENS[0]).await),
            expected
        );
        assert_eq!(instance.count(), 1);
        instance.clock().sleep(SECOND).await;
        assert_eq!(name_of(&verify(&verifier, TOKENS[0]).await), expected);
        assert_eq!(instance.count(), 2);
    }
}

#[tokio::test]
async fn a_remembered_token_expires_and_an_outage_is_not_remembered() {
    let instance = Instance::new(|| Reply::bytes(500, ""));
    let builder = instance.builder().remember_machine_tokens(SECOND * 3_600);
    let verifier = builder.build().unwrap();
    assert_eq!(
        name_of(&verify(&verifier, TOKENS[0]).await),
        "unexpected-error"
    );
    instance.replies(|| Reply::bytes(401, "{}"));
    assert_eq!(
        name_of(&verify(&verifier, TOKENS[0]).await),
        "secret-key-invalid"
    );
    instance.replies(|| Reply::json(200, &answer(TOKENS[0])));
    assert!(verify(&verifier, TOKENS[0]).await.is_ok());
    instance.clock().sleep(SECOND * 59).await;
    assert!(verify(&verifier, TOKENS[0]).await.is_ok());
    instance.clock().sleep(SECOND).await;
    assert_eq!(
        name_of(&verify(&verifier, TOKENS[0]).await),
        "token-expired"
    );
    assert_eq!(instance.count(), 3);
}

#[tokio::test]
async fn a_limited_number_of_tokens_is_remembered() {
    let instance = Instance::new(|| Reply::bytes(404, "{}"));
    let builder = instance.builder().remember_machine_tokens(SECOND * 3_600);
    let verifier = builder.build().unwrap();
    // One token is used again and again, so it is not forgotten.
    for n in 0..3_000 {
        let _ = verify(&verifier, &format!("ak_{n:08}")).await;
        let _ = verify(&verifier, TOKENS[0]).await;
    }
    assert_eq!(instance.count(), 3_001);
    let _ = verify(&verifier, "ak_00002999").await;
    assert_eq!(instance.count(), 3_001);
    let _ = verify(&verifier, "ak_00000000").await;
    assert_eq!(instance.count(), 3_002);
}

#[tokio::test]
async fn clients_that_hang_up_leave_nothing_behind() {
    let instance = Instance::new(|| Reply::json(200, &answer(TOKENS[0])).delayed_by(SECOND));
    let verifier = instance.verifier();
    for _ in 0..3 {
        assert!(verify(&verifier, TOKENS[0]).now_or_never().is_none());
    }
    let start = instance.clock().now();
    instance.clock().sleep(SECOND * 30).await;
    assert_eq!(instance.clock().now(), start + SECOND * 30);
    assert!(verify(&verifier, TOKENS[0]).await.is_ok());
    assert_eq!(instance.count(), 4);
}

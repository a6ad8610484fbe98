//! Virtual time, `MockTransport`, and requests recorded by the fake.

use std::future::{Future, poll_fn};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use clerk_client::mock::{FakeClerk, MockTransport, Reply, VirtualClock};
use clerk_client::models::ExternalAccount;
use clerk_client::requests::{UserFilter, UserListParams};
use clerk_client::transport::HttpTransport;
use clerk_client::{Clerk, Timestamp, User};
use futures_util::FutureExt;
use serde_json::{Value, json};

use crate::support::key;

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);

#[tokio::test]
async fn time_jumps_to_the_next_timer_when_everything_waits() {
    let clock = VirtualClock::new();
    let order = Arc::new(Mutex::new(Vec::new()));
    let sleeper = |name: &'static str, hours: u32| {
        let (clock, order) = (clock.clone(), order.clone());
        async move {
            clock.sleep(HOUR * hours).await;
            order.lock().unwrap().push((name, clock.now()));
        }
    };
    let worker = async {
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
        order.lock().unwrap().push(("worker", clock.now()));
    };
    tokio::join!(
        sleeper("late", 3),
        sleeper("early", 1),
        sleeper("middle", 2),
        worker
    );
    let order = order.lock().unwrap();
    assert_eq!(
        *order,
        [
            ("worker", Duration::ZERO),
            ("early", HOUR),
            ("middle", HOUR * 2),
            ("late", HOUR * 3)
        ]
    );
}

#[tokio::test]
async fn a_dropped_timer_does_not_block_the_others() {
    let clock = VirtualClock::new();
    let (first, second) = (clock.sleep(HOUR), clock.sleep(HOUR * 2));
    let mut first = Box::pin(first);
    let second = tokio::spawn(second);
    assert!(first.as_mut().now_or_never().is_none());
    tokio::task::yield_now().await;
    // From here on, the second timer advances the clock.
    drop(first);
    second.await.unwrap();
    assert_eq!(clock.now(), HOUR * 2);
}

#[tokio::test]
async fn timers_that_are_not_polled_do_not_stop_the_clock() {
    let clock = VirtualClock::new();
    // The test polls each of these timers once, and not again when the timer fires.
    let unpolled = |hours: u32| {
        let mut timer = Box::pin(clock.sleep(HOUR * hours));
        assert!(timer.as_mut().now_or_never().is_none());
        timer
    };
    let first = tokio::spawn(clock.sleep(HOUR));
    let early = unpolled(2);
    let third = tokio::spawn(clock.sleep(HOUR * 3));
    let late = [unpolled(4), unpolled(5)];
    first.await.unwrap();
    assert_eq!(clock.now(), HOUR);
    third.await.unwrap();
    assert_eq!(clock.now(), HOUR * 3);
    // The clock has passed the early timer. It stops before the late timers until the test waits
    // for another timer.
    assert!(early.now_or_never().is_some());
    clock.sleep(HOUR).await;
    let [fourth, fifth] = late;
    assert!(fourth.now_or_never().is_some());
    assert!(fifth.now_or_never().is_none());
}

#[tokio::test]
async fn many_timers_are_polled_a_few_times_each() {
    let clock = VirtualClock::new();
    let polls = Arc::new(AtomicUsize::new(0));
    let timers = (0..10_000_u32).map(|number| {
        let (mut timer, polls) = (Box::pin(clock.sleep(HOUR * (number / 100))), polls.clone());
        poll_fn(move |context| {
            polls.fetch_add(1, Ordering::Relaxed);
            timer.as_mut().poll(context)
        })
    });
    futures_util::future::join_all(timers).await;
    assert_eq!(clock.now(), HOUR * 99);
    let polls = polls.load(Ordering::Relaxed);
    // The timer that advances the clock is polled 200 times before each of the 99 advances.
    assert!(polls < 80_000, "{polls} polls");
}

#[tokio::test]
async fn an_infinite_timer_never_fires() {
    let clock = VirtualClock::new();
    let infinite = tokio::spawn(clock.sleep(Duration::MAX));
    for _ in 0..1_000 {
        tokio::task::yield_now().await;
    }
    assert!(!infinite.is_finished());
    assert_eq!(clock.now(), Duration::ZERO);
    clock.sleep(HOUR).await;
    assert_eq!(clock.now(), HOUR);
}

#[tokio::test]
async fn a_manual_clock_moves_only_by_advance() {
    let clock = VirtualClock::new();
    clock.pause();
    let sleep = tokio::spawn(clock.sleep(HOUR));
    for _ in 0..1_000 {
        tokio::task::yield_now().await;
    }
    clock.advance(HOUR - Duration::from_nanos(1));
    tokio::task::yield_now().await;
    assert!(!sleep.is_finished());
    clock.advance(Duration::from_nanos(1));
    sleep.await.unwrap();
}

#[tokio::test]
async fn delayed_replies_take_virtual_time() {
    let mut transport = MockTransport::new();
    transport
        .expect_send()
        .returning(|_| Reply::json(200, &User::new("u")).delayed_by(MINUTE / 3));
    let transport = Arc::new(transport);
    let clerk = Clerk::new(transport.clone(), key());
    assert_eq!(clerk.users().get_user("u").await.unwrap().id, "u");
    assert_eq!(transport.clock().now(), MINUTE / 3);
    transport.verify();
}

#[test]
#[should_panic(expected = "called 0 time(s) which is fewer than expected 1")]
fn verify_fails_for_unmet_expectations() {
    let mut transport = MockTransport::new();
    transport
        .expect_send()
        .times(1)
        .returning(|_| Reply::bytes(200, ""));
    transport.verify();
}

#[tokio::test]
async fn invalid_replies_are_errors() {
    for reply in [
        || Reply::bytes(99, ""),
        || Reply::bytes(1000, ""),
        || Reply::bytes(200, "").header("a b", "c"),
        || Reply::bytes(200, "").header("a", "b\nc"),
    ] {
        let mut transport = MockTransport::new();
        transport.expect_send().returning(move |_| reply());
        let error = Clerk::new(transport, key())
            .users()
            .get_user("u")
            .await
            .unwrap_err();
        assert!(error.to_string().contains("invalid reply"), "{error}");
    }
}

#[tokio::test]
async fn fakes_are_deterministic_in_virtual_time() {
    let run = || async {
        let fake = FakeClerk::new();
        fake.sleep(HOUR).await;
        let request = clerk_client::requests::CreateUserRequest::new().username("ada_l");
        (
            fake.client().users().create_user(request).await.unwrap(),
            fake.time(),
        )
    };
    let (first, second) = (run().await, run().await);
    assert_eq!(first, second);
    let (user, time) = first;
    assert_eq!(user.created_at, time);
    assert_eq!(time.to_string(), "2026-01-01T01:00:00.000Z");
}

#[tokio::test]
async fn recorded_requests_can_be_inspected() {
    let fake = FakeClerk::new();
    fake.add(User::new("user_1"));
    let users = fake.client().users();
    let params = clerk_client::requests::UserListParams::new()
        .query("a+b c")
        .user_id(["x", "y"]);
    users.get_user_list(params).await.unwrap();
    users.verify_password("user_1", "p").await.unwrap_err();
    let requests = fake.requests();
    assert_eq!(requests[0].query_values("user_id"), ["x", "y"]);
    assert_eq!(requests[0].query_values("query"), ["a+b c"]);
    assert_eq!(requests[1].method(), "POST");
    assert_eq!(requests[1].path(), "/v1/users/user_1/verify_password");
    assert_eq!(requests[1].json(), json!({ "password": "p" }));
    assert_eq!(
        requests[1].operation().unwrap().operation_id(),
        "VerifyPassword"
    );
}

#[tokio::test]
async fn wrong_keys_and_unknown_routes_are_rejected() {
    let fake = FakeClerk::new();
    fake.require_key("sk_test_another");
    let error = fake
        .client()
        .users()
        .get_user_list(UserListParams::new())
        .await
        .unwrap_err();
    assert!(
        error.is_unauthorized() && error.code() == Some("clerk_key_invalid"),
        "{error}"
    );
    fake.require_key(FakeClerk::SECRET_KEY);
    let unknown = fake
        .client()
        .request::<Value>(clerk_client::http::Method::GET, ["planets"]);
    assert!(unknown.await.unwrap_err().is_not_found());
    let unknown = fake
        .client()
        .request::<Value>(clerk_client::http::Method::POST, ["users"]);
    let error = unknown
        .json(&json!({ "fist_name": "Ada" }))
        .await
        .unwrap_err();
    assert_eq!(error.for_param("fist_name")[0].code, "form_param_unknown");
}

#[tokio::test]
async fn users_are_filtered_by_time_and_provider() {
    let fake = FakeClerk::new();
    for (name, at) in [("early", 1_000), ("late", 2_000)] {
        let mut user = User::new(name);
        let time = Timestamp::from_millis(at);
        user.created_at = time;
        user.last_active_at = Some(time);
        user.last_sign_in_at = Some(time);
        let mut account = ExternalAccount::default();
        account.provider = "oauth_google".into();
        account.provider_user_id = name.into();
        user.external_accounts.push(account);
        fake.add(user);
    }
    fake.add(User::new("never"));
    let users = fake.client().users();
    let time = Timestamp::from_millis(2_000);
    let new = UserFilter::new;
    for (filter, expected) in [
        (new().created_at_before(time), &["early"][..]),
        (
            new().created_at_after(Timestamp::from_millis(1_000)),
            &["never", "late"],
        ),
        (new().last_active_at_before(time), &["early"]),
        (new().last_active_at_after(time), &[]),
        (new().last_active_at_since(time), &["late"]),
        (new().last_sign_in_at_before(time), &["early"]),
        (
            new().last_sign_in_at_after(Timestamp::from_millis(1_000)),
            &["late"],
        ),
        (
            new()
                .provider("oauth_google")
                .provider_user_id(["late", "x"]),
            &["late"],
        ),
        (
            new().provider("oauth_github").provider_user_id(["late"]),
            &[],
        ),
    ] {
        let found = users.get_user_list(filter.clone()).await.unwrap();
        let found: Vec<_> = found.iter().map(|user| user.id.as_str()).collect();
        assert_eq!(found, expected, "{filter:?}");
        let count = users.get_users_count(filter).await.unwrap().total_count;
        assert_eq!(usize::try_from(count).unwrap(), expected.len());
    }
}

#[tokio::test]
async fn the_time_of_day_of_the_doubles_is_virtual() {
    let start = Timestamp::parse_rfc3339("2026-01-01T00:00:00Z");
    let mock = MockTransport::new();
    assert_eq!(mock.time_of_day(), start);
    mock.clock().sleep(HOUR).await;
    assert_eq!(mock.time_of_day(), start.map(|start| start + HOUR));

    let fake = FakeClerk::new();
    fake.clock().sleep(HOUR).await;
    assert_eq!(fake.time_of_day(), start.map(|start| start + HOUR));
    let noon = Timestamp::from_millis(1_700_000_000_000);
    fake.set_time(noon);
    let boxed: Box<dyn HttpTransport> = Box::new(fake.transport());
    assert_eq!(boxed.time_of_day(), Some(noon));
}

#[tokio::test]
async fn the_fake_publishes_an_rsa_key_of_2048_bits() {
    let keys = FakeClerk::new().client().jwks().get_jwks().await.unwrap();
    let key = &keys.keys[0];
    assert_eq!(
        (key.kid.as_str(), key.kty.as_str(), key.alg.as_deref()),
        ("ins_fake", "RSA", Some("RS256"))
    );
    // The modulus is 256 bytes, in base64url without padding.
    assert_eq!(key.n.as_ref().map(String::len), Some(342));
}

//! The client's rate limit, in virtual time. In some tests, the fake enforces Clerk's limit.

use std::sync::Arc;
use std::time::Duration;

use clerk_client::mock::{FakeClerk, Fault};
use clerk_client::requests::CreateUserRequest;
use clerk_client::transport::HttpTransport;
use clerk_client::{
    Clerk, ClerkBuilder, Error, ErrorKind, RateLimit, RateLimiter, RetryPolicy, SecretKey,
};
use futures_util::future::join_all;

use crate::support::key;

const SECOND: Duration = Duration::from_secs(1);
const STRETCH: Duration = Duration::from_secs(10);

fn limited(fake: &FakeClerk, limit: RateLimit) -> ClerkBuilder<Arc<dyn HttpTransport>> {
    ClerkBuilder::with_transport(fake.transport(), key()).rate_limit(limit)
}

async fn create(clerk: &Clerk, number: usize) -> Result<Duration, Error> {
    let request = CreateUserRequest::new().external_id(format!("customer-{number}"));
    clerk.users().create_user(request).await?;
    Ok(HttpTransport::now(clerk.transport()))
}

/// Starts `count` calls concurrently. Returns the time at which each call completed.
async fn burst(clerk: &Clerk, count: usize) -> Vec<Result<Duration, Error>> {
    join_all((0..count).map(|number| create(clerk, number))).await
}

#[tokio::test]
async fn a_burst_is_spread_over_windows_without_a_429() {
    let fake = FakeClerk::new();
    fake.set_rate_limit(100, STRETCH);
    let clerk = limited(&fake, RateLimit::TEST)
        .timeout(SECOND * 300)
        .build()
        .unwrap();
    let times = burst(&clerk, 1_000).await;
    let times: Vec<Duration> = times.into_iter().map(Result::unwrap).collect();
    assert_eq!(fake.requests().len(), 1_000, "no response is a 429");
    assert!(times.is_sorted(), "calls complete in order");
    // The limit allows a hundred calls in each window. So this is the minimum sum of all waits.
    let necessary: Duration = (0..1_000).map(|number| STRETCH * (number / 100)).sum();
    let waited: Duration = times.iter().sum();
    assert!(
        waited >= necessary && waited < necessary + necessary / 10,
        "{waited:?}"
    );
    let last = *times.last().unwrap();
    assert!(last >= SECOND * 90 && last < SECOND * 99, "{last:?}");
}

#[tokio::test]
async fn clients_with_one_limiter_stay_below_the_limit_together() {
    let fake = FakeClerk::new();
    fake.set_rate_limit(100, STRETCH);
    let limiter = RateLimiter::new(RateLimit::TEST).unwrap();
    let client = || {
        let builder = ClerkBuilder::with_transport(fake.transport(), key());
        let builder = builder.rate_limiter(&limiter).timeout(SECOND * 300);
        builder.build().unwrap()
    };
    let clients = [client(), client(), client()];
    let times = join_all((0..300).map(|number| create(&clients[number % 3], number))).await;
    let times: Vec<Duration> = times.into_iter().map(Result::unwrap).collect();
    assert_eq!(fake.requests().len(), 300, "no response is a 429");
    assert!(times.is_sorted(), "calls complete in order");
    assert!(times[299] >= STRETCH * 2 && times[299] < SECOND * 21);
}

#[tokio::test]
async fn a_429_pauses_all_clients_with_the_limiter() {
    let fake = FakeClerk::new();
    let limiter = RateLimiter::new(RateLimit::LIVE).unwrap();
    let client = || {
        let builder = ClerkBuilder::with_transport(fake.transport(), key());
        let builder = builder.retry(RetryPolicy::none()).rate_limiter(&limiter);
        builder.build().unwrap()
    };
    let (first, second) = (client(), client());
    fake.inject_fault("CreateUser", 1, Fault::too_many_requests(7));
    create(&first, 1).await.unwrap_err();
    assert_eq!(create(&second, 2).await.unwrap(), SECOND * 7);
}

#[test]
fn a_limiter_without_requests_is_a_configuration_error() {
    let error = RateLimiter::new(RateLimit::new(0, SECOND)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.to_string().contains("invalid rate limit"), "{error}");
}

#[tokio::test]
async fn without_a_limit_a_burst_exhausts_its_retries() {
    let fake = FakeClerk::new();
    fake.set_rate_limit(100, STRETCH);
    let builder = ClerkBuilder::with_transport(fake.transport(), key()).timeout(SECOND * 300);
    let clerk = builder.build().unwrap();
    let results = burst(&clerk, 1_000).await;
    let (done, refused): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
    // A call has an attempt in each of three windows. In each window, a hundred calls succeed.
    assert_eq!(done.len(), 300);
    for error in refused {
        let error = error.unwrap_err();
        assert!(error.is_rate_limited() && error.attempts() == 3, "{error}");
        assert!(error.retry_after().unwrap() <= STRETCH);
    }
}

#[tokio::test]
async fn no_window_exceeds_the_limit() {
    for seed in 0..20 {
        let fake = FakeClerk::new();
        let clerk = limited(&fake, RateLimit::new(7, STRETCH))
            .timeout(SECOND * 900)
            .build()
            .unwrap();
        let random = |number: u64| (number * 2_654_435_761 + seed * 40_503) % 9_973;
        let calls = (0..80).map(|number| {
            let (clerk, fake) = (clerk.clone(), fake.clock().clone());
            async move {
                fake.sleep(Duration::from_millis(random(number) * 6)).await;
                create(&clerk, usize::try_from(number).unwrap())
                    .await
                    .unwrap()
            }
        });
        let mut times = join_all(calls).await;
        times.sort();
        for stretch in times.windows(8) {
            assert!(
                stretch[7] - stretch[0] >= STRETCH,
                "seed {seed}: {stretch:?}"
            );
        }
    }
}

#[tokio::test]
async fn clones_and_bulk_helpers_share_the_limit() {
    let fake = FakeClerk::new();
    for number in 0..300 {
        fake.add(clerk_client::User::new(format!("user_{number}")));
    }
    let clerk = limited(&fake, RateLimit::new(2, STRETCH)).build().unwrap();
    create(&clerk.clone(), 0).await.unwrap();
    let ids = (0..300).map(|number| format!("user_{number}"));
    clerk.clone().users().get_many(ids).await.unwrap();
    // `create` sends one request, and `get_many` three. Two of the four are sent immediately, and
    // two after a window.
    let now = HttpTransport::now(clerk.transport());
    assert!(now >= STRETCH && now < STRETCH * 2, "{now:?}");
}

#[tokio::test]
async fn a_429_pauses_all_calls_of_the_client() {
    let fake = FakeClerk::new();
    fake.inject_fault("CreateUser", 1, Fault::too_many_requests(30));
    let clerk = limited(&fake, RateLimit::LIVE)
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    let error = create(&clerk, 0).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 429);
    let times = burst(&clerk, 5).await;
    for time in times {
        assert_eq!(time.unwrap(), SECOND * 30);
    }
    // If the pause exceeds a call's timeout, the call fails immediately.
    fake.inject_fault("CreateUser", 1, Fault::too_many_requests(100));
    create(&clerk, 10).await.unwrap_err();
    let before = fake.requests().len();
    let error = create(&clerk, 11).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::RateLimit, 0));
    assert!(error.is_rate_limited() && error.is_not_sent() && error.is_retryable());
    assert_eq!(error.retry_after(), Some(SECOND * 100));
    assert_eq!(error.status(), None);
    assert_eq!(
        error.to_string(),
        "CreateUser: not sent: rate limited by the client: would wait 100.0s, but the call's timeout leaves 60.0s"
    );
    assert_eq!(fake.requests().len(), before);
    assert_eq!(
        HttpTransport::now(clerk.transport()),
        SECOND * 30,
        "the error is immediate"
    );
}

#[tokio::test]
async fn a_pause_lasts_at_most_five_minutes() {
    let fake = FakeClerk::new();
    fake.inject_fault("CreateUser", 1, Fault::too_many_requests(u64::MAX));
    let clerk = limited(&fake, RateLimit::LIVE)
        .timeout(SECOND * 1_000)
        .build()
        .unwrap();
    create(&clerk, 0).await.unwrap_err();
    assert_eq!(create(&clerk, 1).await.unwrap(), SECOND * 300);
}

#[tokio::test]
async fn every_attempt_counts_against_the_limit() {
    let fake = FakeClerk::new();
    fake.inject_fault("GetUser", 1, Fault::status(503));
    fake.inject_fault("GetUser", 2, Fault::status(503));
    fake.add(clerk_client::User::new("user_1"));
    let clerk = limited(&fake, RateLimit::new(1, STRETCH)).build().unwrap();
    let got = clerk
        .users()
        .get_user("user_1")
        .send_with_response()
        .await
        .unwrap();
    assert_eq!(got.attempts(), 3);
    assert!(HttpTransport::now(clerk.transport()) >= STRETCH * 2);
    // If no time is left for another attempt, the last error is returned.
    fake.inject_fault("GetUser", 1, Fault::status(503));
    let clerk = limited(&fake, RateLimit::new(1, STRETCH))
        .timeout(SECOND * 5)
        .build()
        .unwrap();
    let error = clerk.users().get_user("user_1").await.unwrap_err();
    assert_eq!(
        (error.status().unwrap().as_u16(), error.attempts()),
        (503, 1)
    );
}

#[test]
fn limits_depend_on_the_key_and_are_validated() {
    let of = |key: &str| RateLimit::of(&SecretKey::new(key).unwrap());
    assert_eq!(of("sk_live_x"), RateLimit::LIVE);
    assert_eq!(of("sk_test_x"), RateLimit::TEST);
    assert_ne!(RateLimit::LIVE, RateLimit::TEST);
    for requests in [0, 100_001] {
        let builder = Clerk::builder(FakeClerk::new(), key());
        let built = builder
            .rate_limit(RateLimit::new(requests, STRETCH))
            .build();
        let error = built.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(
            error
                .to_string()
                .contains(&format!("limit: {requests} requests")),
            "{error}"
        );
    }
}

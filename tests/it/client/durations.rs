//! The durations of the client, from zero to the maximum.

use std::time::Duration;

use clerk_client::mock::{FakeClerk, Fault};
use clerk_client::requests::CreateUserRequest;
use clerk_client::{Clerk, ClerkBuilder, RateLimit, RetryPolicy};

use crate::support::key;

const YEAR: Duration = Duration::from_secs(365 * 24 * 3600);
const EXTREMES: [Duration; 4] = [
    Duration::ZERO,
    Duration::from_nanos(1),
    YEAR.saturating_mul(100),
    Duration::MAX,
];

/// A function that sets one duration of a client.
type Set = fn(ClerkBuilder, Duration) -> ClerkBuilder;

const SETTINGS: [(&str, Set); 5] = [
    ("timeout", |builder, value| builder.timeout(value)),
    ("attempt timeout", |builder, value| {
        builder.attempt_timeout(value)
    }),
    ("base delay", |builder, value| {
        builder.retry(RetryPolicy::new().base_delay(value))
    }),
    ("max delay", |builder, value| {
        builder.retry(RetryPolicy::new().max_delay(value))
    }),
    ("window", |builder, value| {
        builder.rate_limit(RateLimit::new(10, value))
    }),
];

#[tokio::test]
async fn every_duration_of_the_client_takes_every_value() {
    for (name, set) in SETTINGS {
        for value in EXTREMES {
            let what = format!("{name} of {value:?}");
            let fake = FakeClerk::new();
            let builder = Clerk::builder(fake.transport(), key()).timeout(Duration::MAX);
            let clerk = set(builder, value).build().expect(&what);
            let create = || {
                clerk
                    .users()
                    .create_user(CreateUserRequest::new().first_name("Ada"))
            };
            let user = create().await.expect(&what);
            clerk.users().get_user(&user.id).await.expect(&what);
            // The wait before a retry is random. If the timeout is shorter, the call fails.
            fake.inject_fault("GetUser", 1, Fault::status(503));
            fake.inject_fault("CreateUser", 1, Fault::not_sent());
            let results = [
                clerk.users().get_user(&user.id).await.map(|_| ()),
                create().await.map(|_| ()),
            ];
            let is_short = name == "timeout" && value < YEAR;
            for result in results {
                assert_eq!(result.is_err(), is_short, "{what}: {result:?}");
            }
        }
    }
}

#[tokio::test]
async fn an_endless_window_lets_through_its_requests_and_no_more() {
    let fake = FakeClerk::new();
    let clerk = Clerk::builder(fake.transport(), key())
        .rate_limit(RateLimit::new(2, Duration::MAX))
        .build()
        .unwrap();
    let create = || {
        clerk
            .users()
            .create_user(CreateUserRequest::new().first_name("Ada"))
    };
    create().await.unwrap();
    create().await.unwrap();
    assert!(create().await.unwrap_err().is_rate_limited());
    fake.clock().advance(YEAR * 100);
    assert!(create().await.unwrap_err().is_rate_limited());
}

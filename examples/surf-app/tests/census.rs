//! Tests the application over HTTP with surf. The served `FakeClerk` runs on a tokio runtime.

#![allow(
    clippy::unwrap_used,
    reason = "a test that meets the unexpected should stop there"
)]

use std::time::{Duration, SystemTime};

use clerk_client::mock::{FakeClerk, FakeServer, FakeUser};
use clerk_client::{Clerk, SecretKey, SurfTransport, User};
use surf_app::{Census, census};

#[test]
fn users_are_counted_by_kind() {
    let now = SystemTime::now();
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada"));
    fake.add(FakeUser::new("user_alan").banned());
    for (id, days_ago) in [("user_grace", 29), ("user_mary", 31)] {
        let mut user = User::new(id);
        let last = now - Duration::from_secs(days_ago * 24 * 60 * 60);
        user.last_active_at = Some(last.into());
        fake.add(user);
    }
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(FakeServer::start(fake)).unwrap();

    let key = SecretKey::new(FakeClerk::SECRET_KEY).unwrap();
    let builder = Clerk::builder(SurfTransport::new().unwrap(), key).base_url(server.url());
    let users = builder.build().unwrap().users();
    let counted = async_std::task::block_on(census(&users, now)).unwrap();
    let expected = Census {
        users: 4,
        banned: 1,
        active: 1,
    };
    assert_eq!(counted, expected);
}

//! The cost of `FakeClerk`: `cargo bench -p clerk-benches --bench fake`.

#![allow(
    clippy::expect_used,
    reason = "a benchmark stops at the first unexpected result"
)]

use std::hint::black_box;
use std::time::Duration;

use clerk_client::mock::{FakeClerk, FakeUser};
use clerk_client::requests::{UserFilter, UserListParams};
use criterion::{Criterion, criterion_group, criterion_main};
use futures_util::FutureExt;

/// Runs a call to its end. The fake responds immediately, so no runtime is needed.
fn complete<T>(call: impl Future<Output = Result<T, clerk_client::Error>>) -> T {
    let result = call.now_or_never().expect("the fake does not wait");
    result.expect("the fake accepts the request")
}

fn user(number: usize) -> FakeUser {
    FakeUser::new(format!("user_{number}"))
        .name("Ada", "Lovelace")
        .email_address(&format!("user{number}@example.com"))
        .password("correct horse battery staple")
        .member_of(&format!("org_{}", number / 500), "org:member")
}

fn create(criterion: &mut Criterion) {
    criterion.bench_function("create a fake with one user", |bencher| {
        bencher.iter(|| {
            let fake = FakeClerk::new();
            fake.add(user(1));
            fake
        });
    });
    let seed = r#"{ "users": [{ "id": "user_ada", "email_address": ["ada@example.com"] }] }"#;
    criterion.bench_function("create a fake from JSON", |bencher| {
        bencher.iter(|| FakeClerk::from_json(black_box(seed)));
    });
}

fn one_user(criterion: &mut Criterion) {
    let fake = FakeClerk::new();
    fake.add(user(1));
    fake.keep_last_requests(0);
    let users = fake.client().users();
    criterion.bench_function("get_user through the client", |bencher| {
        bencher.iter(|| complete(users.get_user("user_1")));
    });
}

fn many_users(criterion: &mut Criterion) {
    let fake = FakeClerk::new();
    for number in 0..100_000 {
        fake.add(user(number));
    }
    fake.keep_last_requests(0);
    let users = fake.client().users();
    let filter = UserFilter::new().organization_id(["org_77"]);
    criterion.bench_function(
        "count 500 of 100,000 users by an indexed filter",
        |bencher| {
            bencher.iter(|| complete(users.get_users_count(filter.clone())));
        },
    );
    let page = UserListParams::from(filter).limit(500);
    criterion.bench_function("list 500 of 100,000 users", |bencher| {
        bencher.iter(|| complete(users.get_user_list(page.clone())));
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20).measurement_time(Duration::from_secs(3));
    targets = create, one_user, many_users
}
criterion_main!(benches);

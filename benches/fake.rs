//! What a Clerk in memory costs: `cargo bench --bench fake`.

#![allow(
    clippy::expect_used,
    reason = "a benchmark that meets the unexpected should stop there"
)]

use std::hint::black_box;
use std::time::Duration;

use clerk_client::mock::{FakeClerk, FakeUser};
use clerk_client::{UserFilter, UserListParams};
use criterion::{Criterion, criterion_group, criterion_main};
use futures_util::FutureExt;

/// The fake answers at once: no runtime is needed.
fn now<T>(call: impl Future<Output = Result<T, clerk_client::Error>>) -> T {
    let answer = call.now_or_never().expect("the fake does not wait");
    answer.expect("the fake does not refuse")
}

fn somebody(number: usize) -> FakeUser {
    FakeUser::new(format!("user_{number}"))
        .name("Ada", "Lovelace")
        .email_address(&format!("user{number}@example.com"))
        .password("correct horse battery staple")
        .member_of(&format!("org_{}", number / 500), "org:member")
}

fn fresh(criterion: &mut Criterion) {
    criterion.bench_function("a fresh fake with one user", |bencher| {
        bencher.iter(|| {
            let fake = FakeClerk::new();
            fake.add(somebody(1));
            fake
        });
    });
    let seed = r#"{ "users": [{ "id": "user_ada", "email_address": ["ada@example.com"] }] }"#;
    criterion.bench_function("a fresh fake from JSON", |bencher| {
        bencher.iter(|| FakeClerk::from_json(black_box(seed)));
    });
}

fn one(criterion: &mut Criterion) {
    let fake = FakeClerk::new();
    fake.add(somebody(1));
    fake.keep_last_requests(0);
    let users = fake.client().users();
    criterion.bench_function("get_user through the whole client", |bencher| {
        bencher.iter(|| now(users.get_user("user_1")));
    });
}

fn many(criterion: &mut Criterion) {
    let fake = FakeClerk::new();
    for number in 0..100_000 {
        fake.add(somebody(number));
    }
    fake.keep_last_requests(0);
    let users = fake.client().users();
    let filter = UserFilter::new().organization_id(["org_77"]);
    criterion.bench_function("count of 500 of 100,000 by an indexed filter", |bencher| {
        bencher.iter(|| now(users.get_users_count(filter.clone())));
    });
    let page = UserListParams::from(filter).limit(500);
    criterion.bench_function("page of 500 of 100,000, JSON and all", |bencher| {
        bencher.iter(|| now(users.get_user_list(page.clone())));
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20).measurement_time(Duration::from_secs(3));
    targets = fresh, one, many
}
criterion_main!(benches);

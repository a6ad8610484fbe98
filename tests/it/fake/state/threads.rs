//! Fakes that several threads use.

use std::collections::BTreeSet;
use std::time::Duration;

use clerk_client::mock::{FakeClerk, FakeUser};

#[test]
fn with_a_step_threads_create_objects_at_distinct_times() {
    let fake = FakeClerk::new();
    fake.set_step(Duration::from_millis(1));
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let fake = &fake;
            scope.spawn(move || {
                for number in 0..100 {
                    fake.add(FakeUser::new(format!("user_{thread}_{number}")));
                }
            });
        }
    });
    let state = fake.to_json();
    let users = state["users"].as_array().unwrap().iter();
    let times: BTreeSet<_> = users
        .map(|user| user["user"]["created_at"].as_i64().unwrap())
        .collect();
    assert_eq!(times.len(), 800);
    let before = fake.time();
    fake.add_api_key("user_0_0");
    assert_eq!(fake.time().as_millis() - before.as_millis(), 1);
}

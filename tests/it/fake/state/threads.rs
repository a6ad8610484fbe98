//! Fakes that several threads use.

use std::collections::BTreeSet;
use std::thread;
use std::time::Duration;

use clerk_client::mock::{FakeClerk, FakeUser};
use clerk_client::requests::CreateUserRequest;

use crate::support::run;

/// A thousand fakes on four threads share no state.
#[test]
fn fakes_are_independent() {
    let threads: Vec<_> = (0..4)
        .map(|of| {
            thread::spawn(move || {
                for number in 0..250 {
                    let fake = FakeClerk::new();
                    let name = format!("world{of}-{number}");
                    fake.add(FakeUser::new("user_ada").username(&name));
                    let users = fake.client().users();
                    let created = run(users.create_user(CreateUserRequest::new().username("same")));
                    assert_eq!(created.unwrap().id.as_str().len(), 32);
                    let ada = run(users.get_user("user_ada")).unwrap();
                    assert_eq!(ada.username.as_deref(), Some(&*name));
                    assert_eq!(fake.requests().len(), 2);
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
}

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

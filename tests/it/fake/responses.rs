//! Responses that a test sets for operations of the fake.

use std::sync::Arc;
use std::time::Duration;

use clerk_client::mock::{FakeClerk, FakeUser, Fault, Reply};
use clerk_client::requests::UserFilter;
use clerk_client::{Clerk, RetryPolicy, UsersApi};
use serde_json::json;

use crate::support::{key, run};

#[test]
fn a_test_sets_the_response_to_an_operation() {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_1"));
    let mut requests = 0;
    fake.respond_to("GetUser", move |_| {
        requests += 1;
        Reply::json(
            200,
            &json!({ "id": format!("user_{requests}"), "first_name": "Ada" }),
        )
    });
    let users = fake.client().users();
    run(async {
        for id in ["user_1", "user_2"] {
            let user = users.get_user("user_1").await.unwrap();
            assert_eq!(user.id, id);
            assert_eq!(user.first_name.as_deref(), Some("Ada"));
        }
        // Other operations are unchanged, and a fault still applies.
        users.ban_user("user_1").await.unwrap();
        fake.inject_fault("GetUser", 1, Fault::status(403));
        let error = users.get_user("user_1").await.unwrap_err();
        assert_eq!(error.status().map(|status| status.as_u16()), Some(403));
    });
    assert_eq!(fake.requests().len(), 4);
}

#[test]
fn a_response_may_read_the_fake_and_set_the_next_one() {
    let fake = Arc::new(FakeClerk::new());
    let within = Arc::downgrade(&fake);
    fake.respond_to("GetUser", move |_| {
        let fake = within.upgrade().unwrap();
        let count = fake.requests().len();
        fake.respond_to("GetUsersCount", move |_| {
            Reply::json(200, &json!({ "total_count": count }))
        });
        Reply::bytes(404, "")
    });
    let users = fake.client().users();
    run(async {
        users.ban_user("user_1").await.unwrap_err();
        users.get_user("user_1").await.unwrap_err();
        let count = users.get_users_count(UserFilter::new()).await.unwrap();
        assert_eq!(count.total_count, 1);
    });
}

/// Sets responses with the ids `user_1`, `user_2` and so on, each delayed by a second. Returns the
/// operations on users of a client that does not retry.
fn numbered(fake: &FakeClerk, operation: &'static str) -> UsersApi {
    let mut requests = 0;
    fake.respond_to(operation, move |_| {
        requests += 1;
        let reply = Reply::json(200, &json!({ "id": format!("user_{requests}") }));
        reply.delayed_by(Duration::from_secs(1))
    });
    let builder = Clerk::builder(fake.transport(), key());
    builder.retry(RetryPolicy::none()).build().unwrap().users()
}

#[test]
fn a_request_that_is_refused_uses_up_no_response() {
    for fault in [Some(Fault::status(403)), Some(Fault::not_sent()), None] {
        let fake = FakeClerk::new();
        let users = numbered(&fake, "GetUser");
        let is_fault = fault.is_some();
        match fault {
            Some(fault) => drop(fake.inject_fault("GetUser", 1, fault)),
            None => fake.set_rate_limit(0, Duration::from_secs(60)),
        }
        run(users.get_user("user_ada")).unwrap_err();
        // The refusal does not have the delay of the response that the test set.
        assert_eq!(fake.clock().now(), Duration::ZERO, "fault: {is_fault}");
        fake.set_rate_limit(1, Duration::from_secs(60));
        let user = run(users.get_user("user_ada")).unwrap();
        assert_eq!(user.id, "user_1", "fault: {is_fault}");
    }
}

#[test]
fn a_request_whose_response_is_lost_uses_up_a_response() {
    let fake = FakeClerk::new();
    let users = numbered(&fake, "BanUser");
    fake.inject_fault("BanUser", 1, Fault::response_lost());
    run(users.ban_user("user_ada")).unwrap_err();
    assert_eq!(run(users.ban_user("user_ada")).unwrap().id, "user_2");
}

//! The orders of users.

use std::time::Duration;

use clerk_client::mock::{FakeClerk, FakeUser};
use clerk_client::requests::{
    CreateUserRequest, UpdateUserMetadataRequest, UserListParams, UserOrderBy,
};
use clerk_client::{Timestamp, User};
use serde_json::json;

use super::users;
use crate::support::run;

/// Returns a property as a text that sorts like the property. Returns `None` for `CreatedAt`,
/// because the users are already in this order. A missing property is `None`, which sorts first.
fn key(user: &User, by: &UserOrderBy) -> Option<String> {
    let time = |time: Timestamp| format!("{:020}", time.as_millis());
    match by {
        UserOrderBy::UpdatedAt => Some(time(user.updated_at)),
        UserOrderBy::LastActiveAt => user.last_active_at.map(time),
        UserOrderBy::LastSignInAt => user.last_sign_in_at.map(time),
        UserOrderBy::FirstName => user.first_name.clone(),
        UserOrderBy::LastName => user.last_name.clone(),
        UserOrderBy::Username => user.username.clone(),
        UserOrderBy::EmailAddress => Some(user.primary_email_address()?.email_address.clone()),
        UserOrderBy::PhoneNumber => Some(user.primary_phone_number()?.phone_number.clone()),
        UserOrderBy::Web3Wallet => Some(user.primary_web3_wallet()?.web3_wallet.clone()),
        _ => None,
    }
}

fn listed(fake: &FakeClerk, params: UserListParams) -> Vec<User> {
    let users = fake.client().users().get_user_list(params);
    run(users).unwrap().into_iter().collect()
}

/// Compares the pages of every order with a sort of all users.
fn assert_sorted(fake: &FakeClerk) {
    let created = UserListParams::new().order_by(UserOrderBy::CreatedAt.ascending());
    let all = listed(fake, created.limit(500));
    for by in [
        UserOrderBy::CreatedAt,
        UserOrderBy::UpdatedAt,
        UserOrderBy::LastActiveAt,
        UserOrderBy::LastSignInAt,
        UserOrderBy::FirstName,
        UserOrderBy::LastName,
        UserOrderBy::Username,
        UserOrderBy::EmailAddress,
        UserOrderBy::PhoneNumber,
        UserOrderBy::Web3Wallet,
    ] {
        let mut sorted = all.clone();
        sorted.sort_by_key(|user| key(user, &by));
        for order in [by.ascending(), by.descending()] {
            let params = UserListParams::new().order_by(order).limit(7);
            let pages = (0..sorted.len()).step_by(7);
            let pages = pages.map(|first| listed(fake, params.clone().offset(first as u64)));
            let ids: Vec<_> = pages.flatten().map(|user| user.id).collect();
            let expected: Vec<_> = sorted.iter().map(|user| user.id.clone()).collect();
            assert_eq!(ids, expected, "{order:?}");
            sorted.reverse();
        }
    }
}

#[test]
fn every_order_equals_a_sort_while_users_change() {
    let fake = FakeClerk::new();
    users().into_iter().for_each(|user| fake.add(user));
    assert_sorted(&fake);
    let snapshot = fake.clone();
    let users = fake.client().users();
    fake.clock().advance(Duration::from_secs(100_000));
    fake.sign_in("user_7");
    run(users.ban_user("user_8")).unwrap();
    run(users.delete_user("user_9")).unwrap();
    run(users.create_user(CreateUserRequest::new().username("name3"))).unwrap();
    let plan = UpdateUserMetadataRequest::new().public_metadata(json!({ "plan": "pro" }));
    run(users.update_user_metadata("user_11", plan)).unwrap();
    fake.add(FakeUser::new("user_12").name("Zoe", "Abel"));
    assert_sorted(&fake);
    assert_sorted(&snapshot);
    fake.restore(&snapshot);
    assert_sorted(&fake);
}

//! Lists and lookups of a fake with many users.

use clerk_client::mock::{FakeClerk, FakeUser};
use clerk_client::requests::{UserListParams, UserOrderBy};
use clerk_client::{Timestamp, UsersApi};

use crate::support::run;

/// The number of users before some are deleted.
const COUNT: i64 = 3_000;

/// Returns the number of the user that is added in a step. Users are deleted in the same order.
///
/// 1,777 and [`COUNT`] have no common factor, so each number occurs once.
fn added(step: i64) -> i64 {
    step * 1_777 % COUNT
}

fn is_deleted(number: i64) -> bool {
    number % 3 == 0 || (600..1_400).contains(&number)
}

fn last_name(number: i64) -> String {
    format!("{:04}", number * 7 % COUNT)
}

/// Adds users in an order that differs from the order of their creation times, and deletes some of
/// them. Returns the fake, and the numbers of the users that remain.
fn fake() -> (FakeClerk, Vec<i64>) {
    let fake = FakeClerk::new();
    for number in (0..COUNT).map(added) {
        let created = Timestamp::from_millis(1_000_000 + number);
        let user = FakeUser::new(format!("user_{number}")).created_at(created);
        fake.add(
            user.name("Ada", &last_name(number))
                .external_id(&format!("group {}", number % 400)),
        );
    }
    let users = fake.client().users();
    // The first list by name creates the fake's order by name. The deletions below must then update
    // this order.
    assert_eq!(list(&users, by_name(), 0, 1).len(), 1);
    for number in (0..COUNT).map(added).filter(|number| is_deleted(*number)) {
        run(users.delete_user(format!("user_{number}"))).unwrap();
    }
    let kept = (0..COUNT).filter(|number| !is_deleted(*number));
    (fake, kept.collect())
}

fn by_name() -> UserListParams {
    UserListParams::new().order_by(UserOrderBy::LastName.ascending())
}

fn list(users: &UsersApi, params: UserListParams, offset: usize, limit: u32) -> Vec<String> {
    let params = params.offset(u64::try_from(offset).unwrap()).limit(limit);
    let page = run(users.get_user_list(params)).unwrap();
    page.into_iter().map(|user| user.id.to_string()).collect()
}

fn ids(numbers: &[i64]) -> Vec<String> {
    let ids = numbers.iter().map(|number| format!("user_{number}"));
    ids.collect()
}

#[test]
fn pages_at_each_offset_have_the_users_of_their_order() {
    let (fake, mut numbers) = fake();
    let users = fake.client().users();
    let oldest = || UserListParams::new().order_by(UserOrderBy::CreatedAt.ascending());
    let newest = || UserListParams::new().order_by(UserOrderBy::CreatedAt.descending());
    let last_names = || UserListParams::new().order_by(UserOrderBy::LastName.descending());
    let pages = |numbers: &[i64], params: &dyn Fn() -> UserListParams| {
        for offset in (0..=numbers.len()).step_by(97) {
            let end = numbers.len().min(offset + 10);
            let expected = ids(&numbers[offset..end]);
            assert_eq!(list(&users, params(), offset, 10), expected, "{offset}");
        }
        assert!(list(&users, params(), numbers.len() + 1, 10).is_empty());
    };
    pages(&numbers, &oldest);
    numbers.reverse();
    pages(&numbers, &newest);
    numbers.sort_by_key(|number| last_name(*number));
    pages(&numbers, &by_name);
    numbers.reverse();
    pages(&numbers, &last_names);
}

#[test]
fn pages_after_each_cursor_start_with_the_next_user() {
    let (fake, numbers) = fake();
    let users = fake.client().users();
    for at in (0..numbers.len()).step_by(83) {
        let after = |order| {
            let id = format!("user_{}", numbers[at]);
            UserListParams::new().order_by(order).starting_after(id)
        };
        let older: Vec<i64> = numbers[..at].iter().rev().take(5).copied().collect();
        let newer: Vec<i64> = numbers[at + 1..].iter().take(5).copied().collect();
        let page = list(&users, after(UserOrderBy::CreatedAt.ascending()), 0, 5);
        assert_eq!(page, ids(&newer));
        let page = list(&users, after(UserOrderBy::CreatedAt.descending()), 0, 5);
        assert_eq!(page, ids(&older));
    }
}

#[test]
fn a_filter_finds_every_user_with_a_shared_value_until_it_changes() {
    let (fake, numbers) = fake();
    let users = fake.client().users();
    for group in [0, 1, 399] {
        let params = || {
            UserListParams::new()
                .external_id([format!("group {group}")])
                .order_by(UserOrderBy::CreatedAt.ascending())
        };
        let mut members: Vec<i64> = numbers.clone();
        members.retain(|number| number % 400 == group);
        while let Some(member) = members.pop() {
            let mut all = members.clone();
            all.push(member);
            assert_eq!(list(&users, params(), 0, 100), ids(&all));
            fake.edit(format!("user_{member}"), |user| user.external_id = None);
        }
        assert!(list(&users, params(), 0, 100).is_empty());
    }
}

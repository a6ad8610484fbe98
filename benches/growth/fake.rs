//! Operations on a fake with a given number of users.

use clerk_client::UsersApi;
use clerk_client::mock::{FakeClerk, FakeUser};
use clerk_client::requests::{UpdateUserRequest, UserFilter, UserListParams, UserOrderBy};

use crate::{complete, kept, quickest};

const ROUNDS: usize = 100;

fn fake(count: usize) -> FakeClerk {
    let fake = FakeClerk::new();
    fake.keep_last_requests(0);
    for number in 0..count {
        fake.add(
            FakeUser::new(format!("user_{number}"))
                .name("Ada", "Lovelace")
                .email_address(&format!("user{number}@example.com")),
        );
    }
    fake
}

fn on_fake(count: usize, mut operation: impl FnMut(&UsersApi)) -> f64 {
    let fake = fake(count);
    let users = fake.client().users();
    quickest(ROUNDS, || operation(&users))
}

pub(crate) fn add(count: usize) -> f64 {
    kept(count, || fake(count))
}

pub(crate) fn get_user(count: usize) -> f64 {
    on_fake(count, |users| drop(complete(users.get_user("user_500"))))
}

pub(crate) fn find(count: usize) -> f64 {
    let params = UserListParams::new().email_address(["user500@example.com"]);
    on_fake(count, |users| {
        assert_eq!(complete(users.get_user_list(params.clone())).len(), 1);
    })
}

pub(crate) fn list_newest(count: usize) -> f64 {
    let params = UserListParams::new().limit(10);
    on_fake(count, |users| {
        assert_eq!(complete(users.get_user_list(params.clone())).len(), 10);
    })
}

/// Lists the ten oldest users. They are at the end of the list, which starts with the newest user.
pub(crate) fn list_oldest(count: usize) -> f64 {
    let last = u64::try_from(count).expect("a count") - 10;
    let params = UserListParams::new().limit(10).offset(last);
    on_fake(count, |users| {
        assert_eq!(complete(users.get_user_list(params.clone())).len(), 10);
    })
}

pub(crate) fn walk(count: usize) -> f64 {
    let fake = fake(count);
    let users = fake.client().users();
    let time = quickest(1, || {
        let mut pager = users.list_all_users(UserListParams::new());
        let mut read = 0;
        while let Some(page) = complete(pager.next_page()) {
            read += page.len();
        }
        assert_eq!(read, count);
    });
    time / count as f64
}

pub(crate) fn list_updated(count: usize) -> f64 {
    let order = UserOrderBy::UpdatedAt.descending();
    let params = UserListParams::new().limit(10).order_by(order);
    on_fake(count, |users| {
        assert_eq!(complete(users.get_user_list(params.clone())).len(), 10);
    })
}

pub(crate) fn count(count: usize) -> f64 {
    on_fake(count, |users| {
        let counted = complete(users.get_users_count(UserFilter::new()));
        assert_eq!(counted.total_count, count as i64);
    })
}

pub(crate) fn update(count: usize) -> f64 {
    let request = UpdateUserRequest::new().first_name("Augusta");
    on_fake(count, |users| {
        drop(complete(users.update_user("user_500", request.clone())));
    })
}

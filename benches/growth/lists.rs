//! Lists of users, read by the client over a transport that generates the users.

use std::sync::Arc;

use clerk_benches::{ManyUsers, PAGE, key};
use clerk_client::requests::{UserListParams, UserOrderBy};
use clerk_client::{Clerk, UsersApi};

use crate::{complete, kept, quickest};

fn users(count: usize) -> UsersApi {
    let clerk = Clerk::builder(Arc::new(ManyUsers::new(count)), key()).build();
    clerk.expect("a client").users()
}

pub(crate) fn list_all(count: usize) -> f64 {
    let users = users(count);
    let order = UserOrderBy::CreatedAt.ascending();
    let time = quickest(1, || {
        let mut pager = users.list_all_users(UserListParams::new().order_by(order));
        for _ in 0..count / PAGE {
            let page = complete(pager.next_page()).expect("a page");
            assert_eq!(page.len(), PAGE);
        }
    });
    time / count as f64
}

pub(crate) fn get_many(count: usize) -> f64 {
    let users = users(count);
    let ids: Vec<String> = (0..count)
        .map(|number| format!("user_{number:09}"))
        .collect();
    kept(count, || {
        let found = complete(users.get_many(ids.iter().map(String::as_str)).into_future());
        assert_eq!(found.users.len(), count);
        found
    })
}

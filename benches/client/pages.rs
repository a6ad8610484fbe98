//! Listing of 100,000 users.
//!
//! The baseline parses the same pages without keeping anything. The times of the client and of the
//! baseline include the generation of the pages.

use std::sync::Arc;

use clerk_benches::{ManyUsers, PAGE, key};
use clerk_client::Clerk;
use clerk_client::requests::{UserListParams, UserOrderBy};
use futures_util::FutureExt;
use serde::de::IgnoredAny;

use crate::ratios::Ratios;

const USERS: usize = 100_000;

/// Compares the client with the baseline. Both read all users, page by page.
pub(crate) fn compare(ratios: &mut Ratios) {
    let many = Arc::new(ManyUsers::new(USERS));
    let users = Clerk::builder(Arc::clone(&many), key())
        .build()
        .expect("a client")
        .users();
    let baseline = || {
        for first in (0..USERS).step_by(PAGE) {
            serde_json::from_slice::<IgnoredAny>(&many.page(first)).expect("JSON");
        }
    };
    let client = || {
        let order = UserOrderBy::CreatedAt.ascending();
        let mut pager = users.list_all_users(UserListParams::new().order_by(order));
        let mut seen = 0;
        while let Some(page) = pager
            .next_page()
            .now_or_never()
            .expect("it does not wait")
            .expect("a page")
        {
            seen += page.len();
        }
        assert_eq!(seen, USERS);
    };
    ratios.compare(
        "list 100,000 users",
        (USERS / PAGE) as u64,
        vec![
            ("IgnoredAny", Box::new(|bencher| bencher.iter(baseline))),
            ("clerk-client", Box::new(|bencher| bencher.iter(client))),
        ],
    );
}

//! A walk through 100,000 users. The least is to make the same pages, and to read over them.

use std::sync::Arc;

use clerk_client::{Clerk, UserListParams, UserOrderBy};
use futures_util::FutureExt;
use serde::de::IgnoredAny;

use crate::many::{Many, PAGE};
use crate::ratios::Ratios;
use crate::support::key;

const USERS: usize = 100_000;

pub(crate) fn compare(ratios: &mut Ratios) {
    let many = Arc::new(Many::new(USERS));
    let users = Clerk::builder(Arc::clone(&many), key())
        .build()
        .expect("a client")
        .users();
    let least = || {
        for first in (0..USERS).step_by(PAGE) {
            serde_json::from_slice::<IgnoredAny>(&many.page(first)).expect("JSON");
        }
    };
    let ours = || {
        let order = UserOrderBy::CreatedAt.ascending();
        let mut pager = users.list_all(UserListParams::new().order_by(order));
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
        "walk through 100,000 users",
        (USERS / PAGE) as u64,
        vec![
            ("IgnoredAny", Box::new(|bencher| bencher.iter(least))),
            ("this", Box::new(|bencher| bencher.iter(ours))),
        ],
    );
}
